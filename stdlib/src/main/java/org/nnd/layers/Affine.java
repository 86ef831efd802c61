package org.nnd.layers;

import java.util.Arrays;

/** {@code scale x + shift} per channel, what batch norm and layer scale are in inference. */
record Affine(double[] scale, double[] shift) {

  /** {@return the map of a batch norm by its running statistics, and forgets its variables} */
  static Affine take(BatchNorm norm, String path, Weights weights) {
    double[] mean = weights.vector(path, "running_mean");
    double[] variance = weights.vector(path, "running_var");
    double[] weight = new double[mean.length];
    double[] bias = new double[mean.length];
    Arrays.fill(weight, 1);
    if (norm.affine()) {
      weight = weights.vector(path, "weight");
      bias = weights.vector(path, "bias");
    }
    double[] scale = new double[mean.length];
    double[] shift = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      scale[c] = weight[c] / Math.sqrt(variance[c] + norm.eps());
      shift[c] = bias[c] - mean[c] * scale[c];
    }
    weights.remove(path, "running_mean", "running_var", "weight", "bias", "num_batches_tracked");
    return new Affine(scale, shift);
  }

  static Affine take(LayerScale layerScale, String path, Weights weights) {
    double[] gamma = weights.vector(path, layerScale.variable());
    weights.remove(path, layerScale.variable());
    return new Affine(gamma, new double[gamma.length]);
  }
}
