package org.nnd.layers;

import java.util.List;
import java.util.stream.IntStream;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.Operations;

/**
 * Batch normalisation over axis 1 of {@code [N, C, …]} (Ioffe and Szegedy 2015). Training
 * normalises by the mean and biased variance of the batch and moves the running statistics by
 * {@code momentum} towards its mean and unbiased variance; inference uses the running statistics.
 * Variables: {@code weight}, {@code bias}, {@code running_mean}, {@code running_var}, all {@code
 * [C]}.
 */
public record BatchNorm(double eps, double momentum, boolean affine, Site site)
    implements UnaryLayer {

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
    Tensor mean = runningMean;
    Tensor variance = runningVar;
    if (at.training()) {
      int[] axes = IntStream.range(0, x.rank()).filter(axis -> axis != 1).toArray();
      mean = x.mean(axes);
      variance = x.sub(Conv.perChannel(mean, x.rank())).square().mean(axes);
      at.update("running_mean", average(runningMean, mean));
      at.update("running_var", average(runningVar, variance.mul(unbiased(x, axes))));
    }
    Tensor y =
        x.sub(Conv.perChannel(mean, x.rank()))
            .mul(Conv.perChannel(variance.add(eps).rsqrt(), x.rank()));
    if (!affine) {
      return y;
    }
    Tensor weight = at.parameter("weight", Initializer.ones(), channels);
    Tensor bias = at.parameter("bias", Initializer.zeros(), channels);
    return y.mul(Conv.perChannel(weight, x.rank())).add(Conv.perChannel(bias, x.rank()));
  }

  private Tensor average(Tensor old, Tensor batch) {
    return old.mul(1 - momentum).add(batch.stopGradient().mul(momentum));
  }

  /** {@return {@code n / (n - 1)} for the number of elements per channel; 1 for a single one} */
  private static Tensor unbiased(Tensor x, int... axes) {
    Dim count =
        IntStream.of(axes).mapToObj(axis -> x.shape().dim(axis)).reduce(Dim.ONE, Dim::times);
    Tensor n = Tensor.of(Operations.size(x.dtype(), count));
    return n.div(n.sub(1).maximum(1));
  }

  @Override
  public String toString() {
    return Norms.text("batchNorm()", List.of(), eps, 1e-5, affine)
        + (momentum == 0.1 ? "" : ".momentum(" + momentum + ")");
  }
}
