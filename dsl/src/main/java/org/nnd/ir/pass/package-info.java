/**
 * Passes: functions from graphs to graphs of the same meaning. {@link org.nnd.ir.pass.Passes} tells
 * their order; most are a rule for one node, driven by {@link org.nnd.ir.pass.Rewriter}. Dead code
 * and common subexpressions need no pass: a {@link org.nnd.ir.Graph} holds what its results need,
 * each computation once.
 *
 * <p>Passes keep results up to rounding, NaN and infinities included, but for the sign of zeros.
 * They keep the order of inputs, and the names of inputs, variables and results.
 */
package org.nnd.ir.pass;
