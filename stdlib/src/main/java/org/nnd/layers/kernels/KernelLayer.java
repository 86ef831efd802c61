package org.nnd.layers.kernels;

import org.nnd.dsl.Layer;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;

/** A convolution whose kernel is a function of fewer parameters. */
public interface KernelLayer extends Layer {
  /** {@return whether the kernel is an output beside {@code y}} */
  boolean showsKernel();

  /** {@return this with the kernel as a second output, called {@code kernel}} */
  KernelLayer showKernel();

  /** {@return this with its convolution computed in the given way} */
  KernelLayer method(LongConvolution.Method method);

  /** {@return what the layer gives: {@code y}, the kernel if wanted, and the inputs' masks} */
  default Tensors outputs(Tensor y, Tensor kernel, Tensors inputs) {
    Tensors main = Tensors.of("y", y);
    return (showsKernel() ? main.with("kernel", kernel) : main).with(inputs.masks());
  }
}
