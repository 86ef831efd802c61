/**
 * Convolutional layers with large, selected and re-parameterised kernels: selective kernels (SKNet,
 * LSKNet), large-small convolution (LSNet), decomposed kernels (SLaK), kernels made of shifted
 * small ones (ShiftwiseConv) and recursive multi-scale convolution (RecConv). Inputs are {@code [N,
 * C, H, W]}; variables have the names of the official implementations. {@link
 * org.nnd.layers.convnets.ConvNets} has a factory for each.
 */
package org.nnd.layers.convnets;
