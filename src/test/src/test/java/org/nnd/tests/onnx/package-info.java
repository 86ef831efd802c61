/** ONNX's own test data through the import. */
package org.nnd.tests.onnx;
