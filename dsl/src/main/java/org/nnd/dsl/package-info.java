/**
 * Level 1: the description. A {@link org.nnd.dsl.Layer} is an immutable value that says how tensors
 * become tensors; it never holds weights. A network is a layer, put together by {@link
 * org.nnd.dsl.Combinators}.
 *
 * <ul>
 *   <li>{@link org.nnd.dsl.Lower#lower} turns a description, the types of its inputs and a {@link
 *       org.nnd.dsl.Mode} into a tensor graph, its variables and a report per layer.
 *   <li>Every layer has a <em>path</em>: the names of the layers around it, joined by dots, as in a
 *       PyTorch state dict. The parts of a sequence are called {@code 0}, {@code 1}, … or what
 *       {@code named} calls them; {@code residual} and {@code checkpoint} add no name; {@code
 *       share("name", …)} starts again from {@code name}.
 *   <li>A variable's path is its layer's path and its own name: {@code stages.2.0.dw.weight}.
 *   <li>A {@link org.nnd.dsl.Tensor} is a handle on a node of the graph. With data at its leaves it
 *       is a value, computed by the {@link org.nnd.dsl.Evaluator} when looked at.
 *   <li>Axis 0 of every input is the batch, of size {@code N}; pictures are {@code [N, C, H, W]},
 *       tokens {@code [N, length, features]}.
 *   <li>A tensor whose name is {@code mask} or ends in {@code _mask} accompanies the others: layers
 *       of one tensor hand it on.
 *   <li>A mistake in a declaration is reported as {@code path: what was met and expected; declared
 *       at FILE:LINE}.
 * </ul>
 */
package org.nnd.dsl;
