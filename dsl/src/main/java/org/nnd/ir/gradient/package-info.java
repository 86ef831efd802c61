/**
 * Reverse-mode gradients, in terms of the tensor graph itself, so that they can be differentiated
 * again.
 *
 * <p>{@link org.nnd.ir.gradient.Gradient} is the door, {@code Sweep} the walk from results to
 * operands, {@code Pullback} the exhaustive switch, and one file per family of operations holds the
 * rules. In the comments {@code g} is the cotangent of a result: the derivative of the scalar with
 * respect to it. Conventions where a function has no derivative: equal operands of max and min, and
 * equal elements of a max or min reduction, share equally; of equal elements of a window or of a
 * running max or min the first takes all; steps (sign, floor, comparisons, …) have derivative zero.
 */
package org.nnd.ir.gradient;
