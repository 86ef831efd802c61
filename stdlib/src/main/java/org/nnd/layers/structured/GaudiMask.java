package org.nnd.layers.structured;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.layers.Expect;

/**
 * The Gaussian-Dirichlet mask of Gaudi-GBLR (Lee and Kim 2024): a window on a circle of {@code n}
 * places whose width and place can be learnt, because it is made from its spectrum. Multiplies
 * {@code [..., blocks, n]}; variables {@code width [blocks]} and {@code loc [blocks]}, both as
 * shares of {@code n}.
 *
 * @param sigma the deviation of the Gaussian over the frequencies; 0 for none, a sharp window
 */
public record GaudiMask(double sigma, Site site) implements UnaryLayer {
  public GaudiMask {
    if (!(sigma >= 0)) {
      throw Check.error("gaudiMask: sigma must not be negative, got %s", sigma);
    }
  }

  /** {@return this with another smoothing, stronger for smaller sigma; none for 0} */
  public GaudiMask sigma(double value) {
    return new GaudiMask(value, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.floats(at, "gaudiMask", x);
    Expect.rankAtLeast(at, "gaudiMask", x, 2, "[..., blocks, n]");
    int blocks = Expect.fixed(at, "gaudiMask", x, -2, "blocks");
    int n = Expect.fixed(at, "gaudiMask", x, -1, "places");
    Tensor width = at.parameter("width", Initializer.uniform(0, 1), blocks);
    Tensor loc = at.parameter("loc", Initializer.uniform(0, 1), blocks);
    return x.mul(mask(width, loc, n, sigma));
  }

  /**
   * {@return the masks {@code [blocks, n]}} The inverse real Fourier transform of
   *
   * <pre>{@code
   * w sinc(w k) exp(-iπ k w) exp(iπ (k/n - 2 k l) - k^2 / (2 sigma^2)) / sinc(k/n)
   * }</pre>
   *
   * over {@code k = 0 … n/2}; frequencies above, mirror images, are added to those below.
   *
   * @param width {@code w [blocks]}
   * @param loc {@code l [blocks]}
   */
  public static Tensor mask(Tensor width, Tensor loc, int n, double sigma) {
    double[] k = new double[n];
    double[] gain = new double[n];
    for (int i = 0; i <= n / 2; i++) {
      double smoothing = sigma == 0 ? 1 : StrictMath.exp(-0.5 * i * i / (sigma * sigma));
      boolean mirrored = i > 0 && 2 * i < n;
      k[i] = i;
      gain[i] = (mirrored ? 2 : 1) * smoothing / sinc((double) i / n);
    }
    DType dtype = width.dtype();
    Tensor w = width.unsqueeze(1);
    Tensor frequency = row(k, dtype);
    Tensor phase =
        frequency.mul(1.0 / n).sub(frequency.mul(loc.unsqueeze(1).mul(2).add(w))).mul(Math.PI);
    Tensor amplitude = window(w, k, dtype).mul(row(gain, dtype));
    Tensor real = amplitude.mul(phase.cos()).unsqueeze(-1);
    Tensor imaginary = amplitude.mul(phase.sin()).unsqueeze(-1);
    Tensor spectrum = Tensor.concat(-1, List.of(real, imaginary));
    return Tensor.of(Operations.fft(spectrum.node(), true)).select(-1, 0);
  }

  /** {@code w sinc(w k) = sin(π w k) / (π k)}, and w at k = 0. */
  private static Tensor window(Tensor w, double[] k, DType dtype) {
    double[] zero = new double[k.length];
    double[] over = new double[k.length];
    zero[0] = 1;
    for (int i = 1; i < k.length; i++) {
      over[i] = k[i] == 0 ? 0 : 1 / (Math.PI * k[i]);
    }
    Tensor waves = w.mul(row(k, dtype)).mul(Math.PI).sin().mul(row(over, dtype));
    return waves.add(w.mul(row(zero, dtype)));
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
  }

  private static Tensor row(double[] values, DType dtype) {
    return Tensor.of(Operations.constant(Literal.ofDoubles(dtype, values, 1, values.length)));
  }

  @Override
  public String toString() {
    return "gaudiMask().sigma(" + sigma + ")";
  }
}
