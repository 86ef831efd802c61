/**
 * Holds layers to vectors that their official implementations made: outputs, gradients, running
 * statistics and merged weights, in float64 by the reference evaluator and in float32 on a device.
 *
 * <p>A folder of vectors has a {@code manifest.json} and one safetensors file per case. A case
 * names the module it was made with and that module's hyper-parameters; {@link
 * org.nnd.conformance.Modules} has a function for each known module that turns the case into a
 * {@link org.nnd.conformance.Subject}, NND's own form of it. Nothing is chosen by the name of a
 * case, and a hyper-parameter that no one reads fails the case: folders may hold sizes and options
 * that nobody has seen before.
 *
 * <p>Tensors are named by kind: {@code in.*} inputs, {@code p.*} parameters, {@code b.*} buffers,
 * {@code c.*} constants; {@code out.*} outputs, {@code grad.*} gradients of the sum over the
 * outputs of {@code out.k * loss.R.k} ({@code loss.R} for {@code out.y}; an output without a factor
 * takes no part), {@code after.b.*} buffers after the call, {@code merged.*} weights of the merged
 * form, {@code ref.*} further values.
 */
package org.nnd.conformance;
