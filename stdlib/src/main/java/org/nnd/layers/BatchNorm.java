package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Node;
import org.nnd.ir.composite.Normalizations;

/**
 * Batch normalisation over axis 1 of {@code [N, C, …]} (Ioffe and Szegedy 2015). Training
 * normalises by the mean and biased variance of the batch and moves the running statistics by
 * {@code momentum} towards its mean and unbiased variance; inference uses the running statistics.
 * Variables: {@code weight}, {@code bias}, {@code running_mean}, {@code running_var}, all {@code
 * [C]}.
 */
public record BatchNorm(double eps, double momentum, boolean affine, Site site)
    implements UnaryLayer {

  /** {@return this with another number above 0 in the denominator, against division by zero} */
  public BatchNorm eps(double value) {
    Check.positive("batchNorm", "eps", value);
    return new BatchNorm(value, momentum, affine, site);
  }

  /** {@return this with the share of the new batch in the running statistics} */
  public BatchNorm momentum(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw Check.error("batchNorm: momentum must lie between 0 and 1, got %s", value);
    }
    return new BatchNorm(eps, value, affine, site);
  }

  /** {@return this with or without weight and bias} */
  public BatchNorm affine(boolean wanted) {
    return new BatchNorm(eps, momentum, wanted, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, "batchNorm", x, 2, "[N, C, …]");
    Expect.floats(at, "batchNorm", x);
    int channels = Expect.fixed(at, "batchNorm", x, 1, "channels");
    Tensor runningMean = at.buffer("running_mean", Initializer.zeros(), channels);
    Tensor runningVar = at.buffer("running_var", Initializer.ones(), channels);
    Norms.Affine affine = Norms.affine(at, this.affine, channels);
    if (!at.training()) {
      return Tensor.of(
          Normalizations.batchNormInference(
              x.node(),
              affine.scale(),
              affine.shift(),
              runningMean.node(),
              runningVar.node(),
              eps));
    }
    Normalizations.BatchStatistics batch =
        Normalizations.batchNorm(x.node(), affine.scale(), affine.shift(), eps);
    at.update("running_mean", average(runningMean, batch.mean()));
    at.update("running_var", average(runningVar, batch.unbiasedVariance()));
    return Tensor.of(batch.output());
  }

  private Tensor average(Tensor old, Node batch) {
    return old.mul(1 - momentum).add(Tensor.of(batch).mul(momentum));
  }

  @Override
  public String toString() {
    return Norms.text("batchNorm()", List.of(), eps, 1e-5, affine)
        + (momentum == 0.1 ? "" : ".momentum(" + momentum + ")");
  }
}
