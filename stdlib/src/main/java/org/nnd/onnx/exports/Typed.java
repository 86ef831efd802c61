package org.nnd.onnx.exports;

import org.nnd.ir.TensorType;

/**
 * The name and the type of an input or output. Inside loops and branches the element type alone
 * counts: runtimes find the shapes there themselves.
 */
public record Typed(String name, TensorType type) {}
