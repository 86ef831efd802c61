package org.nnd.layers.kernels;

import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;

/**
 * Terminator (Zhang 2024): blocks of {@link HyperZzw} branches with full and local context beside
 * the features themselves, concatenated along channels and compressed by a bottleneck (norm, linear
 * layer, gelu) instead of residual connections; at the end the mean over positions and a linear
 * layer. With local errors each block has a classifier of its own, output {@code local.i}, whose
 * loss trains that block: its features reach the next block without gradient.
 *
 * @param kernels sizes of the local branches
 */
public record Terminator(
    int classes,
    int blocks,
    int width,
    List<Integer> kernels,
    HyperZzw operator,
    boolean hasLocalErrors,
    Site site)
    implements Block {
  public Terminator {
    kernels = List.copyOf(kernels);
    Check.positive("terminator", "the number of classes", classes);
    Check.positive("terminator", "blocks", blocks);
    Check.positive("terminator", "width", width);
    kernels.forEach(k -> Check.odd("terminator", "a local kernel", k));
  }

  /** {@return this with local branches of the given sizes} */
  public Terminator kernels(int... sizes) {
    List<Integer> list = IntStream.of(sizes).boxed().toList();
    return new Terminator(classes, blocks, width, list, operator, hasLocalErrors, site);
  }

  /** {@return this with so many units in the slow networks} */
  public Terminator hidden(int units) {
    return new Terminator(
        classes, blocks, width, kernels, operator.hidden(units), hasLocalErrors, site);
  }

  /** {@return this with an output {@code local.i} of each block, and no gradient between blocks} */
  public Terminator localErrors() {
    return new Terminator(classes, blocks, width, kernels, operator, true, site);
  }

  /** {@return this with its convolutions computed in the given way} */
  public Terminator method(LongConvolution.Method method) {
    return new Terminator(
        classes, blocks, width, kernels, operator.method(method), hasLocalErrors, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Inputs.axes(at, "terminator", x, 1, 2);
    x = at.call("stem_norm", batchNorm(), mixed(at, "stem", x));
    Tensors locals = Tensors.of(java.util.Map.of());
    for (int block = 0; block < blocks; block++) {
      String name = "blocks." + block + ".";
      List<Tensor> branches = new ArrayList<>(List.of(x, at.call(name + "global", operator, x)));
      for (int i = 0; i < kernels.size(); i++) {
        branches.add(at.call(name + "local." + i, operator.size(kernels.get(i)), x));
      }
      Tensor all = at.call(name + "norm", batchNorm(), Tensor.concat(1, branches));
      x = at.call(name + "out_norm", batchNorm(), mixed(at, name + "bottleneck", all).gelu());
      if (hasLocalErrors) {
        locals = locals.with("local." + block, at.call(name + "head", dense(classes), mean(x)));
        x = block == blocks - 1 ? x : x.stopGradient();
      }
    }
    return Tensors.of("y", at.call("head", dense(classes), mean(x))).with(locals);
  }

  private static Tensor mean(Tensor x) {
    return x.mean(IntStream.range(2, x.rank()).toArray());
  }

  private Tensor mixed(Lowering at, String name, Tensor x) {
    int in = x.size(1);
    Initializer start = Initializer.kaimingUniform(Math.sqrt(5));
    Tensor weight =
        at.parameter(name + ".weight", start, Magnet.pointwise(width, in, x.rank() - 2));
    Tensor bias = at.parameter(name + ".bias", Initializer.kaimingUniform(Math.sqrt(5), in), width);
    return Inputs.pointwise(weight.reshape(width, in), x).add(Inputs.perChannel(bias, x.rank()));
  }

  @Override
  public String toString() {
    return "terminator(%d, %d blocks, %d channels).kernels(%s)"
        .formatted(classes, blocks, width, kernels);
  }
}
