/**
 * Random features: scalable neural network kernels (SNNK), positive random features, and features
 * of graphs. {@link org.nnd.layers.snnk.Snnk} has the factories.
 *
 * <ul>
 *   <li>A {@link org.nnd.layers.snnk.FeaturePair} is a pair of maps {@code Phi} of inputs and
 *       {@code Psi} of weights with {@code f = E[Phi . Psi]}; which function {@code f} is, its
 *       class says.
 *   <li>Random numbers are buffers: part of a saved model, not trained, and the same for equal
 *       seeds on every machine.
 *   <li>Weights that become {@code Psi(W, b)}, and those that are solved for, are computed in
 *       float64 on the host; layers run on the device alone.
 * </ul>
 */
package org.nnd.layers.snnk;
