/**
 * The tensor graph written as ONNX operators: one file per family of operations, {@link
 * org.nnd.onnx.exports.Operators} holds the switch. What is written are records of names and
 * attributes, {@link org.nnd.onnx.exports.Program}; the file format is not met here.
 *
 * <p>Values of f16, bf16 and f64 are computed in f32, those of i8 and u8 in i32, where ONNX
 * runtimes lack the operator for them. Extents that depend on the batch size are computed from the
 * shape of an input, at the beginning of the main graph, where all constants lie as well: the
 * bodies of loops and branches see them by name.
 */
package org.nnd.onnx.exports;
