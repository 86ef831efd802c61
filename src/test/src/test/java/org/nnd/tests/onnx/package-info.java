/** ONNX's own test data through the import; exported files under ONNX Runtime and the checker. */
package org.nnd.tests.onnx;
