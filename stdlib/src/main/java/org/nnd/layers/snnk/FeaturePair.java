package org.nnd.layers.snnk;

/**
 * A pair of random feature maps whose inner product estimates a function of input and weights,
 * {@code f(w, x) = E[Phi(x) . Psi(w, b)]} (Sehanobish et al. 2024, "Scalable neural network
 * kernels"). The error falls as {@code 1 / sqrt(m)} with the number {@code m} of projections.
 */
public sealed interface FeaturePair
    permits ArcCosine, Fourier, Exponential, Polynomial, SampledExponential {

  /**
   * {@return the two maps for these random numbers}
   *
   * @param in the number of inputs
   * @param m the number of projections
   * @param bias whether the weights come with a bias
   */
  Features draw(Source source, int in, int m, boolean bias);

  /** {@return the number of features that {@code m} projections give} */
  int width(int m);

  /** {@return the activation that the map stands for, such as {@code cos}} */
  String activation();

  /** {@return why these maps cannot have a bias; empty if they can} */
  default String withoutBias() {
    return "";
  }

  /** {@return the number of projections wanted, at least 1} */
  default int fewest() {
    return 1;
  }
}
