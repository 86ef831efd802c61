package org.nnd.layers;

import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.sequential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * A large depthwise convolution with dilated small ones beside it, each with batch norm, summed
 * (Ding et al. 2024, UniRepLKNet, section 3.2). Keeps {@code [N, C, H, W]} or {@code [N, C, L]}.
 * Parts: {@code lk_origin}, {@code origin_bn}, {@code dil_conv_kK_R}, {@code dil_bn_kK_R}; merged
 * {@code lk_origin}.
 */
public record DilatedReparamBlock(int kernel, Site site) implements Reparameterised {
  /** Kernel and dilation of a branch. */
  private record Branch(int kernel, int dilation) {}

  private static final Map<Integer, List<Branch>> BRANCHES =
      Map.of(
          17, branches(5, 1, 9, 2, 3, 4, 3, 5, 3, 7),
          15, branches(5, 1, 7, 2, 3, 3, 3, 5, 3, 7),
          13, branches(5, 1, 7, 2, 3, 3, 3, 4, 3, 5),
          11, branches(5, 1, 5, 2, 3, 3, 3, 4, 3, 5),
          9, branches(5, 1, 5, 2, 3, 3, 3, 4),
          7, branches(5, 1, 3, 2, 3, 3),
          5, branches(3, 1, 3, 2));

  private static List<Branch> branches(int... kernelsAndDilations) {
    List<Branch> result = new ArrayList<>();
    for (int i = 0; i < kernelsAndDilations.length; i += 2) {
      result.add(new Branch(kernelsAndDilations[i], kernelsAndDilations[i + 1]));
    }
    return result;
  }

  public DilatedReparamBlock {
    if (!BRANCHES.containsKey(kernel)) {
      throw Check.error(
          "dilatedReparamBlock: the kernel must be one of %s, got %d",
          BRANCHES.keySet().stream().sorted().toList(), kernel);
    }
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    int axes = Expect.spatialAxes(at, "dilatedReparamBlock", inputs.one());
    List<Layer> sum = new ArrayList<>();
    sum.add(branch(axes, "lk_origin", "origin_bn", kernel, 1));
    for (Branch branch : BRANCHES.get(kernel)) {
      String name = "_k" + branch.kernel() + "_" + branch.dilation();
      sum.add(branch(axes, "dil_conv" + name, "dil_bn" + name, branch.kernel(), branch.dilation()));
    }
    return parallel(sum);
  }

  private static Layer branch(int axes, String conv, String bn, int kernel, int dilation) {
    return inline(
        sequential(
            named(
                conv,
                Layers.depthwise(axes, kernel).dilation(dilation).padding("same").bias(false)),
            named(bn, Layers.batchNorm())));
  }

  @Override
  public String mergedName() {
    return "lk_origin";
  }

  @Override
  public String toString() {
    return "dilatedReparamBlock(" + kernel + ")";
  }
}
