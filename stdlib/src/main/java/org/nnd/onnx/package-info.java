/**
 * ONNX files. {@link org.nnd.onnx.OnnxFile} is a file as immutable records, read with every name,
 * size and reference checked; {@link org.nnd.onnx.OnnxImport} makes a tensor graph of it. Protobuf
 * is met in this package alone.
 *
 * <p>While a file is imported every value is either known on the host or a node of the graph
 * ({@link org.nnd.onnx.imports.Value}). What is computed from known values alone is computed at
 * once, by the reference evaluator, so that the shape arithmetic of exporters leaves nothing in the
 * graph. An operator that must know a value which depends on inputs of the graph (the target of a
 * reshape, the number of elements that are not zero) says so ({@link
 * org.nnd.onnx.imports.NeedsValue}); the import is then repeated with these inputs bound to their
 * present values.
 */
package org.nnd.onnx;
