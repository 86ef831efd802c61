/**
 * What ONNX's operators mean in the tensor graph: a table of {@link org.nnd.onnx.imports.Lowered}
 * for each family, put together in {@link org.nnd.onnx.imports.Registry}. An operator sees its
 * inputs, attributes and the version of the operators through {@link
 * org.nnd.onnx.imports.NodeScope}; it follows the specification of that version.
 */
package org.nnd.onnx.imports;
