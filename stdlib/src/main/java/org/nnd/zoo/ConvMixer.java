package org.nnd.zoo;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.globalAvgPool;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Layers;

/**
 * ConvMixer (Trockman and Kolter 2022): patches, then blocks of a depthwise convolution with skip
 * and a 1x1 convolution, each followed by the activation and batch norm; average, dense head. With
 * {@code shared}, all blocks have the convolutions of the first one and norms of their own
 * (Azadbakht et al. 2022, drastically reducing the number of parameters by kernel sharing).
 */
public record ConvMixer(
    int width,
    int depth,
    int kernel,
    int patch,
    String function,
    boolean shared,
    int classes,
    Site site)
    implements Recipe {
  /** Where the blocks begin among the numbered layers: patches, function and norm come first. */
  private static final int FIRST = 3;

  public ConvMixer {
    Check.positive("convMixer", "the width", width);
    Check.positive("convMixer", "the depth", depth);
    Check.positive("convMixer", "the kernel", kernel);
    Check.positive("convMixer", "the patch size", patch);
    Check.positive("convMixer", "the number of classes", classes);
    Check.odd("convMixer", "the kernel", kernel);
  }

  /** {@return this with depthwise kernels of {@code size x size}} */
  public ConvMixer kernel(int size) {
    return new ConvMixer(width, depth, size, patch, function, shared, classes, site);
  }

  /** {@return this with patches of {@code size x size} pixels} */
  public ConvMixer patch(int size) {
    return new ConvMixer(width, depth, kernel, size, function, shared, classes, site);
  }

  /** {@return this with the function of the given name instead of GELU} */
  public ConvMixer activation(String name) {
    return new ConvMixer(width, depth, kernel, patch, name, shared, classes, site);
  }

  /** {@return this with one set of convolutions for all blocks, or with one for each} */
  public ConvMixer shared(boolean wanted) {
    return new ConvMixer(width, depth, kernel, patch, function, wanted, classes, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Layer act = Layers.activation(function);
    List<Layer> net = new ArrayList<>();
    net.add(conv(width).kernel(patch).stride(patch).padding(0));
    net.add(act);
    net.add(batchNorm());
    for (int block = 0; block < depth; block++) {
      Layer spatial = once(at, "0.fn.0", depthwise(kernel));
      Layer mixed = once(at, "1", conv(width).kernel(1));
      net.add(
          sequential(
              residual(named("fn", sequential(spatial, act, batchNorm()))),
              mixed,
              act,
              batchNorm()));
    }
    net.add(globalAvgPool());
    net.add(named(String.valueOf(FIRST + depth + 2), dense(classes)));
    return sequential(net);
  }

  /** The convolution at a place in every block, under the first block's name if it is shared. */
  private Layer once(Lowering at, String place, Layer layer) {
    return shared ? share(Paths.join(at.path(), FIRST + "." + place), layer) : layer;
  }

  @Override
  public String toString() {
    return "convMixer("
        + width
        + ", "
        + depth
        + ", "
        + classes
        + ").kernel("
        + kernel
        + ").patch("
        + patch
        + ")"
        + (shared ? ".shared(true)" : "");
  }
}
