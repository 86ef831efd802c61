package org.nnd.layers.kernels;

import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.dense;

import java.util.List;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/**
 * Temporal convolutional network for audio effects such as dynamic range compressors (Steinmetz and
 * Reiss 2022): causal convolutions of rapidly growing dilation on {@code [N, C, L]}, each followed
 * by a norm, by feature-wise scale and shift made from the device's controls (a second input {@code
 * [N, controls]}), and by PReLU, around a pointwise residual path; then a pointwise layer and tanh.
 * Variables as officially: {@code gen.0}, {@code .2}, {@code .4}; {@code blocks.i.conv1}, {@code
 * .film.bn}, {@code .film.adaptor} ({@code .bn} without controls), {@code .relu}, {@code .res};
 * {@code output}.
 *
 * <p>Streaming, the network remembers the last samples before each convolution from call to call
 * (states {@code blocks.i.history}, silence at first), so that blocks given one after the other
 * come out as the whole recording would. A stream is one recording: the batch size must be 1,
 * otherwise the output is NaN.
 *
 * @param growth dilation of block i is {@code growth^(i mod stack)}
 * @param controls the number of control values; 0 for none
 */
public record Tcn(
    int out,
    int blocks,
    int width,
    int kernel,
    int growth,
    int stack,
    int controls,
    boolean isStreaming,
    Site site)
    implements Block {
  private static final int CONDITION = 32;

  public Tcn {
    Check.positive("tcn", "the number of output channels", out);
    Check.positive("tcn", "blocks", blocks);
    Check.positive("tcn", "width", width);
    Check.positive("tcn", "kernel", kernel);
    Check.positive("tcn", "growth", growth);
    Check.positive("tcn", "stack", stack);
    Check.notNegative("tcn", "controls", controls);
  }

  /** {@return this with so many channels inside; 32 unless told} */
  public Tcn width(int channels) {
    return new Tcn(out, blocks, channels, kernel, growth, stack, controls, isStreaming, site);
  }

  /** {@return this with kernels of so many taps; 5 unless told} */
  public Tcn kernel(int taps) {
    return new Tcn(out, blocks, width, taps, growth, stack, controls, isStreaming, site);
  }

  /** {@return this where the dilation grows by this factor from block to block; 10 unless told} */
  public Tcn growth(int factor) {
    return new Tcn(out, blocks, width, kernel, factor, stack, controls, isStreaming, site);
  }

  /** {@return this with dilations that start again after so many blocks} */
  public Tcn stack(int number) {
    return new Tcn(out, blocks, width, kernel, growth, number, controls, isStreaming, site);
  }

  /**
   * {@return this with a second input {@code [N, number]}, the device's controls; none unless told}
   */
  public Tcn controls(int number) {
    return new Tcn(out, blocks, width, kernel, growth, stack, number, isStreaming, site);
  }

  /** {@return this for consecutive blocks of one recording} */
  public Tcn streaming() {
    return new Tcn(out, blocks, width, kernel, growth, stack, controls, true, site);
  }

  /** {@return how many samples, the present one included, an output depends on} */
  public long receptiveField() {
    long field = 1;
    for (int block = 0; block < blocks; block++) {
      field += (kernel - 1L) * dilation(block);
    }
    return field;
  }

  private int dilation(int block) {
    return (int) Math.round(Math.pow(growth, block % stack));
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    int wanted = controls == 0 ? 1 : 2;
    int highest = Math.min(blocks, stack) - 1;
    if (Math.pow(growth, highest) * (kernel - 1.0) > 1 << 28) {
      throw at.error(
          "tcn: growth %d to the power %d is too large a dilation; take a smaller growth or stack",
          growth, highest);
    }
    if (inputs.main().size() != wanted) {
      throw at.error(
          "tcn: expected %s, got %d inputs",
          controls == 0 ? "one input [N, C, L]" : "two inputs, [N, C, L] and [N, " + controls + "]",
          inputs.main().size());
    }
    Tensor x = inputs.main().get(0);
    Inputs.axes(at, "tcn", x, 1, 1);
    Tensor condition = controls == 0 ? x : condition(at, inputs.main().get(1));
    for (int block = 0; block < blocks; block++) {
      x = block(at, block, x, condition);
    }
    Tensor weight =
        at.parameter("output.weight", Initializer.kaimingUniform(Math.sqrt(5)), out, width, 1);
    Tensor bias = at.parameter("output.bias", Initializer.kaimingUniform(Math.sqrt(5), width), out);
    Tensor y = Inputs.pointwise(weight.reshape(out, width), x).add(bias.unsqueeze(-1)).tanh();
    return Tensors.of(isStreaming ? y.add(nanUnlessAlone(y)) : y);
  }

  private static Tensor nanUnlessAlone(Tensor y) {
    Tensor streams = Tensor.of(Operations.size(DType.F32, Dim.BATCH));
    Tensor nan = Tensor.full(y.dtype(), Shape.SCALAR, Double.NaN);
    return streams.eq(1).where(Tensor.full(y.dtype(), Shape.SCALAR, 0), nan);
  }

  private Tensor condition(Lowering at, Tensor given) {
    if (given.rank() != 2 || given.size(1) != controls) {
      throw at.error("tcn: expected controls [N, %d], got %s", controls, given.shape());
    }
    Tensor first = at.call("gen.0", dense(16), given).relu();
    Tensor second = at.call("gen.2", dense(CONDITION), first).relu();
    return at.call("gen.4", dense(CONDITION), second).relu();
  }

  private Tensor block(Lowering at, int block, Tensor x, Tensor condition) {
    String name = "blocks." + block + ".";
    int in = x.size(1);
    int dilation = dilation(block);
    Initializer start = Initializer.kaimingUniform(Math.sqrt(5));
    Tensor weight = at.parameter(name + "conv1.weight", start, width, in, kernel);
    Tensor y = convolution(at, name, x, weight, dilation);
    if (controls == 0) {
      y = at.call(name + "bn", batchNorm(), y);
    } else {
      Tensor normal = at.call(name + "film.bn", batchNorm().affine(false), y);
      Tensor film = at.call(name + "film.adaptor", dense(2 * width), condition).unsqueeze(-1);
      y = normal.mul(film.slice(1, 0, width)).add(film.slice(1, width, 2L * width));
    }
    Tensor slope = at.parameter(name + "relu.weight", Initializer.constant(0.25), width);
    y = y.relu().sub(y.neg().relu().mul(slope.unsqueeze(-1)));
    // The residual path keeps channels apart where there are as many on both sides.
    int groups = width % in == 0 ? in : 1;
    Tensor res = at.parameter(name + "res.weight", start, width, in / groups, 1);
    Window point = Window.of(List.of(1));
    return y.add(
        Tensor.of(Operations.convolution(x.node(), res.node(), point, Dim.of(groups), Dim.ONE)));
  }

  private Tensor convolution(Lowering at, String name, Tensor x, Tensor weight, int dilation) {
    int before = (kernel - 1) * dilation;
    Window window = Window.of(List.of(kernel)).dilation(List.of(dilation));
    Tensor longer = x;
    if (!isStreaming || before == 0) {
      window = window.padding(List.of(before), List.of(0));
    } else {
      Shape shape = Shape.of(1, x.size(1), before);
      Tensor history = at.state(name + "history", Initializer.zeros(), at.dtype(), shape);
      longer = history.broadcastTo(shape.with(0, x.dim(0))).concat(2, x);
      int samples = longer.size(2);
      at.update(name + "history", longer.slice(2, samples - before, samples).slice(0, 0, 1));
    }
    return Tensor.of(
        Operations.convolution(longer.node(), weight.node(), window, Dim.ONE, Dim.ONE));
  }

  @Override
  public String toString() {
    return "tcn(%d, %d blocks, %d channels).kernel(%d).growth(%d).stack(%d)%s%s"
        .formatted(
            out,
            blocks,
            width,
            kernel,
            growth,
            stack,
            controls == 0 ? "" : ".controls(" + controls + ")",
            isStreaming ? ".streaming()" : "");
  }
}
