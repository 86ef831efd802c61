package org.nnd.layers.kernels;

import java.util.List;
import org.nnd.dsl.Tensor;

/**
 * What a convolution costs tap by tap and by transforms, in units of multiplications of a tap. The
 * one place where the choice is made, from sizes alone, as if for a batch of {@link #BATCH}.
 *
 * <p>Fitted to depthwise causal convolutions of 16 examples of 16 channels on PoCL 3.1 with two
 * busy cores (November 2026): 1024 samples with 256 taps take 3.4 ms tap by tap and 3.2 ms by
 * transforms, with 1024 taps 18.7 and 9.2 ms, 256 samples with 256 taps 0.7 and 1.2 ms.
 *
 * @param direct multiplications tap by tap
 * @param transform the same time spent on transforms and products of spectra
 */
record ConvolutionCost(double direct, double transform) {
  private static final int BATCH = 16;

  /** Time of a sample in one of the log2 n stages of a transform. */
  private static final double STAGE = 11;

  /** Time of a bin outside transforms: packing, unpacking and cutting. */
  private static final double BIN = 75;

  static ConvolutionCost of(LongConvolution convolution, Tensor x, Tensor kernel) {
    List<Integer> in = LongConvolution.sizes(x, 2);
    List<Integer> taps = LongConvolution.sizes(kernel, 2);
    List<Integer> outputs = convolution.outputs(in, taps);
    boolean perSample = !x.dim(1).isFixed();
    double batch = perSample ? 1 : BATCH;
    double channels = x.dim(1).at(BATCH);
    double features = kernel.dim(0).at(BATCH);
    double filters = features * kernel.size(1);
    double points = 1;
    double direct = batch * filters;
    for (int axis = 0; axis < in.size(); axis++) {
      int start = taps.get(axis) - 1 - convolution.low().get(axis);
      points *= FourierConvolution.length(in.get(axis), taps.get(axis), start, outputs.get(axis));
      direct *= (double) outputs.get(axis) * taps.get(axis);
    }
    double lines = batch * channels + filters + batch * features;
    double stages = STAGE * Math.log(points) / Math.log(2) + BIN;
    double products = kernel.size(1) == 1 ? 0 : 4 * batch * filters;
    return new ConvolutionCost(direct, points / 2 * (lines * stages + products));
  }

  boolean transformIsCheaper() {
    return transform < direct;
  }
}
