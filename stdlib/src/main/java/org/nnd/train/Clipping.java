package org.nnd.train;

import java.util.List;
import org.nnd.dsl.Tensor;

/** Limits on gradients. */
public sealed interface Clipping {
  /** {@return the gradients within the limit} */
  List<Tensor> clip(List<Tensor> gradients);

  /** No limit. */
  record None() implements Clipping {
    @Override
    public List<Tensor> clip(List<Tensor> gradients) {
      return gradients;
    }
  }

  /** Scales all gradients together so that their Euclidean norm is at most {@code most}. */
  record Norm(double most) implements Clipping {
    @Override
    public List<Tensor> clip(List<Tensor> gradients) {
      Tensor norm =
          gradients.stream().map(g -> g.square().sum()).reduce(Tensor::add).orElseThrow().sqrt();
      // The small number is PyTorch's, against a division by zero.
      Tensor scale = Tensor.full(norm.dtype(), norm.shape(), most).div(norm.add(1e-6)).minimum(1);
      return gradients.stream().map(g -> g.mul(scale)).toList();
    }
  }

  /** Every element between {@code -most} and {@code most}. */
  record Value(double most) implements Clipping {
    @Override
    public List<Tensor> clip(List<Tensor> gradients) {
      return gradients.stream().map(g -> g.clamp(-most, most)).toList();
    }
  }
}
