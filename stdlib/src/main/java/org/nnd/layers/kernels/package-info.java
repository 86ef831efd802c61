/**
 * Convolutions whose kernels are functions of few parameters, and convolutions as long as their
 * input. Sequences are {@code [N, C, L]}, pictures {@code [N, C, H, W]}. All of them go through
 * {@link org.nnd.layers.kernels.LongConvolution}, which computes them tap by tap or by Fourier
 * transforms, whichever is cheaper. Variables have the names of the official implementations.
 */
package org.nnd.layers.kernels;
