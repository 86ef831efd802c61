package org.nnd.train;

import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * The contrastive loss of two views of the same examples (van den Oord et al. 2018, equation 4,
 * with cosines over a temperature as in Chen et al. 2020): the network gives two outputs {@code [N,
 * D]}; row i of the one is to find row i of the other among all rows of the batch, and the other
 * way round. The mean of both directions. Targets take no part.
 */
public record InfoNce(double temperature) implements Loss {
  public InfoNce {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new NndException(
          "infoNce: the temperature must be a positive number, got " + temperature);
    }
  }

  @Override
  public Tensor of(Tensors outputs, Tensors targets) {
    Tensors views = outputs.main();
    if (views.size() != 2) {
      throw new NndException(
          "infoNce: two outputs [N, features] are expected, one for each view; the network gives "
              + views.names());
    }
    Tensor a = views.get(0);
    Tensor b = views.get(1);
    if (a.rank() != 2 || !a.type().equals(b.type())) {
      throw new NndException(
          "infoNce: the two views must be [N, features] alike, got %s and %s"
              .formatted(a.type(), b.type()));
    }
    Tensor similarity = unit(a).matmul(unit(b).transpose()).div(temperature);
    return direction(similarity).add(direction(similarity.transpose())).mul(0.5);
  }

  /** Cross-entropy of each row with its own number. */
  private static Tensor direction(Tensor similarity) {
    Shape shape = similarity.shape();
    Tensor rows = Tensor.of(Operations.iota(DType.I32, shape, 0));
    Tensor columns = Tensor.of(Operations.iota(DType.I32, shape, 1));
    Tensor own = rows.eq(columns).cast(similarity.dtype());
    return similarity.logSoftmax(-1).mul(own).sum(-1).mean().neg();
  }

  private static Tensor unit(Tensor x) {
    return x.div(x.square().keepDims(Tensor::sum, -1).maximum(1e-24).sqrt());
  }

  @Override
  public String toString() {
    return "infoNce(" + temperature + ")";
  }
}
