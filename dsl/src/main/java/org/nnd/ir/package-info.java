/**
 * Level 2: the tensor graph, a typed SSA graph of tensor operations.
 *
 * <p>A {@link org.nnd.ir.Node} is one operation applied to earlier nodes. Nodes are created freely,
 * by {@link org.nnd.ir.Operations}; a {@link org.nnd.ir.Graph} closes over a set of results,
 * interns equal nodes (same operation, same operands) and numbers them in topological order. Passes
 * are functions {@code Graph -> Graph}.
 *
 * <p>Semantics that every concern (type rule, gradient, evaluation, lowering) shares:
 *
 * <ul>
 *   <li>Sizes are {@link org.nnd.ir.Dim}s: polynomials in the batch size {@code N}, which is bound
 *       only when a graph runs. Everything else is static.
 *   <li>Operations are pure. Updates of parameters and buffers are named results of the graph.
 *   <li>Floating-point operations follow IEEE 754 without a promise on the order of sums; integer
 *       arithmetic wraps; integer division truncates, quotient and remainder by zero are zero;
 *       shifts use the amount modulo the width; {@code max} and {@code min} return NaN if an
 *       operand is NaN.
 *   <li>An index outside its axis reads zero ({@code gather}) and writes nothing ({@code
 *       scatter-add}).
 *   <li>The binary elementwise operations want operands of equal type; broadcasting is explicit.
 *   <li>A {@link org.nnd.ir.Op.Custom} means what its code does on a device, and its reference
 *       elsewhere; equal code on equal operands gives equal results.
 *   <li>Random bits depend on (seed, step, stream, use) alone, never on a node's number.
 * </ul>
 *
 * <p>A node's {@link org.nnd.ir.Origin} says which part of the description it came from; it takes
 * no part in equality.
 */
package org.nnd.ir;
