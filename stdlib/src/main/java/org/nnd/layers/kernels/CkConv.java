package org.nnd.layers.kernels;

import java.util.Arrays;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Shape;

/**
 * Continuous kernel convolution (Romero et al. 2022): a causal convolution of {@code [N, C, L]} as
 * long as its input, whose kernel is a {@link KernelMlp} of relative positions from -1 (the first
 * tap) to 1 (the present). Sampled at another rate than in training, the same function gives a
 * kernel of the same duration. Variables: {@code bias [out]}, {@code Kernel.kernel_net.*} and the
 * state {@code train_length}.
 *
 * <p>With a second input {@code times [L]} or {@code [N, L]}, increasing, the samples may lie at
 * any times: the kernel is evaluated at every pair, positions being scaled so that {@code span} is
 * the whole kernel. That costs {@code L^2} evaluations for every example.
 *
 * @param trainLength the input's length in training; 0 for the length met
 * @param positions where the kernel is evaluated; empty for as many as samples, from -1 to 1
 * @param span for irregular sampling: the time that the kernel lasts; 0 for regular sampling
 */
public record CkConv(
    int out,
    KernelMlp net,
    int trainLength,
    double span,
    List<Double> positions,
    boolean showsKernel,
    LongConvolution.Method method,
    Site site)
    implements KernelLayer {
  public CkConv {
    Check.positive("ckConv", "the number of output channels", out);
    positions = List.copyOf(positions);
  }

  static CkConv of(int out, Site site) {
    KernelMlp net = new KernelMlp(32, KernelMlp.SINE, "", 30, true, 0);
    return new CkConv(out, net, 0, 0, List.of(), false, LongConvolution.Method.AUTO, site);
  }

  /** {@return this with other units in the two hidden layers of the kernel's network} */
  public CkConv hidden(int units) {
    return with(
        new KernelMlp(units, net.activation(), net.norm(), net.omega(), net.bias(), net.dropout()));
  }

  /** {@return this with Sine, ReLU, LeakyReLU or Swish in the kernel's network} */
  public CkConv activation(String name) {
    return with(
        new KernelMlp(net.hidden(), name, net.norm(), net.omega(), net.bias(), net.dropout()));
  }

  /** {@return this with BatchNorm, LayerNorm or no norm ("") in the kernel's network} */
  public CkConv norm(String name) {
    return with(
        new KernelMlp(
            net.hidden(), net.activation(), name, net.omega(), net.bias(), net.dropout()));
  }

  /** {@return this with another factor before every sine} */
  public CkConv omega(double factor) {
    return with(
        new KernelMlp(
            net.hidden(), net.activation(), net.norm(), factor, net.bias(), net.dropout()));
  }

  /** {@return this with a bias added to the result, or without one} */
  public CkConv bias(boolean wanted) {
    return with(
        new KernelMlp(
            net.hidden(), net.activation(), net.norm(), net.omega(), wanted, net.dropout()));
  }

  /** {@return this with dropout of the kernel's taps in training} */
  public CkConv weightDropout(double rate) {
    return with(
        new KernelMlp(net.hidden(), net.activation(), net.norm(), net.omega(), net.bias(), rate));
  }

  /** {@return this trained at the given length: other lengths are other sampling rates} */
  public CkConv trainLength(int length) {
    Check.positive("ckConv", "trainLength", length);
    return new CkConv(out, net, length, span, positions, showsKernel, method, site);
  }

  /** {@return this for samples at times given by a second input} */
  public CkConv irregular(double duration) {
    Check.positive("ckConv", "the kernel's span", duration);
    return new CkConv(out, net, trainLength, duration, positions, showsKernel, method, site);
  }

  /** {@return this with the kernel's positions given, the first tap's first} */
  public CkConv positions(double... ofTaps) {
    List<Double> given = Arrays.stream(ofTaps).boxed().toList();
    return new CkConv(out, net, trainLength, span, given, showsKernel, method, site);
  }

  @Override
  public CkConv showKernel() {
    return new CkConv(out, net, trainLength, span, positions, true, method, site);
  }

  @Override
  public CkConv method(LongConvolution.Method other) {
    return new CkConv(out, net, trainLength, span, positions, showsKernel, other, site);
  }

  private CkConv with(KernelMlp changed) {
    return new CkConv(out, changed, trainLength, span, positions, showsKernel, method, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.main().get(0);
    Inputs.axes(at, "ckConv", x, 1, 1);
    int length = x.size(2);
    at.state(
        "train_length",
        Initializer.constant(trainLength == 0 ? length : trainLength),
        DType.I32,
        Shape.of(1));
    if (span > 0) {
      Tensor times = inputs.main().get(1);
      return outputs(biased(at, irregular(at, x, times)), x, inputs);
    }
    Sampling sampling = Sampling.of(trainLength == 0 ? length : trainLength, length);
    double[] places =
        positions.isEmpty()
            ? Inputs.linspace(-1, sampling.last(), length)
            : positions.stream().mapToDouble(p -> p).toArray();
    Tensor taps = Inputs.constant(x, places, 1, 1, places.length);
    Tensor values = net.values(at, taps, out * x.size(1));
    Tensor kernel = sampling.adapted(values.reshape(out, x.size(1), places.length));
    Tensor y = LongConvolution.causal(kernel, 1).method(method).apply(x, kernel);
    return outputs(biased(at, y), kernel, inputs);
  }

  private Tensor biased(Lowering at, Tensor y) {
    return net.bias()
        ? y.add(Inputs.perChannel(at.parameter("bias", Initializer.zeros(), out), 3))
        : y;
  }

  /**
   * {@code y[o, i] = sum over c, j with t_j <= t_i of K[o, c](1 - 2 (t_i - t_j) / span) x[c, j]}.
   */
  private Tensor irregular(Lowering at, Tensor x, Tensor times) {
    int length = x.size(2);
    if (times.rank() > 2 || times.size(-1) != length) {
      throw at.error(
          "ckConv: expected a time for each of the %d samples, [N, %d], got %s",
          length, length, times.shape());
    }
    if (showsKernel) {
      throw at.error("ckConv: with irregular sampling there is no single kernel to show");
    }
    Tensor t = times.rank() == 1 ? times.unsqueeze(0) : times;
    Tensor lag = t.unsqueeze(2).sub(t.unsqueeze(1));
    Tensor position = lag.mul(-2 / span).add(1);
    Shape pairs = position.shape();
    Tensor points = position.reshape(Shape.of(1, 1).concat(Shape.of(pairs.count())));
    Tensor values = net.values(at, points, out * x.size(1));
    // [1, out C, N' L L] to [N', L, L, out, C]
    Tensor kernel = values.reshape(Shape.of(out, x.size(1)).concat(pairs)).permute(2, 3, 4, 0, 1);
    Tensor met = lag.ge(0).and(position.ge(-1 - 1e-6)).cast(x.dtype());
    Tensor weighted = kernel.mul(met.unsqueeze(-1).unsqueeze(-1));
    // Sum over sample j and channel c.
    Tensor samples = x.transpose(1, 2).unsqueeze(1).unsqueeze(3);
    return weighted.mul(samples).sum(2, 4).transpose(1, 2);
  }

  @Override
  public String toString() {
    return "ckConv("
        + out
        + ").hidden("
        + net.hidden()
        + ").activation(\""
        + net.activation()
        + "\").omega("
        + net.omega()
        + ")"
        + (trainLength == 0 ? "" : ".trainLength(" + trainLength + ")")
        + (span == 0 ? "" : ".irregular(" + span + ")");
  }
}
