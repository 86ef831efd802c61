package org.nnd.layers;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/**
 * Global response normalisation of {@code [N, …, C]} (Woo et al. 2023, ConvNeXt V2, eq. 1 to 3):
 * {@code G} is the norm of each channel over all positions, {@code N = G / (mean over channels of G
 * + eps)}, the result {@code (gamma N + 1) x + beta}. Variables: {@code gamma}, {@code beta}, both
 * {@code [1, …, 1, C]}, starting at 0.
 *
 * @param shift whether there is a {@code beta}
 */
public record Grn(double eps, boolean shift, Site site) implements UnaryLayer {
  /** {@return this with another number above 0 in the denominator, against division by zero} */
  public Grn eps(double value) {
    Check.positive("grn", "eps", value);
    return new Grn(value, shift, site);
  }

  /** {@return this with or without beta} */
  public Grn shift(boolean wanted) {
    return new Grn(eps, wanted, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, "grn", x, 3, "[N, …, C]");
    Expect.floats(at, "grn", x);
    int channels = Expect.fixed(at, "grn", x, -1, "channels");
    int[] positions = IntStream.range(1, x.rank() - 1).toArray();
    long[] shape = LongStream.generate(() -> 1).limit(x.rank()).toArray();
    shape[x.rank() - 1] = channels;
    Tensor norm = norm(x, positions);
    Tensor relative = norm.div(norm.keepDims(Tensor::mean, -1).add(eps));
    Tensor gamma = at.parameter("gamma", Initializer.zeros(), shape);
    Tensor y = x.mul(gamma.mul(relative).add(1));
    return shift ? y.add(at.parameter("beta", Initializer.zeros(), shape)) : y;
  }

  /** The norm of every channel; its derivative where all of it is zero is zero, not 0 / 0. */
  private static Tensor norm(Tensor x, int... positions) {
    Tensor sum = x.square().keepDims(Tensor::sum, positions);
    Tensor positive = sum.gt(0);
    return positive.where(positive.where(sum, 1).sqrt(), 0);
  }

  @Override
  public String toString() {
    return "grn()" + (eps == 1e-6 ? "" : ".eps(" + eps + ")") + (shift ? "" : ".shift(false)");
  }
}
