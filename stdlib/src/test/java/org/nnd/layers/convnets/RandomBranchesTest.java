package org.nnd.layers.convnets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.dropPath;
import static org.nnd.layers.Layers.layerScale;
import static org.nnd.layers.Layers.relu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.layers.Conv;

/**
 * Sums of convolutions, dilated ones, norms, scales and identities in any nesting, drawn at random:
 * merged they compute the same, and where all branches are linear no norm is left.
 */
class RandomBranchesTest {
  private static final int CHANNELS = 4;

  @TestFactory
  Stream<DynamicTest> mergingChangesNothing() {
    return Stream.iterate(1, seed -> seed + 1)
        .limit(60)
        .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> check(seed)));
  }

  private static void check(int seed) {
    Random random = new Random(seed);
    int axes = random.nextInt(4) == 0 ? 1 : 2;
    Supplier<Layer> first = kernels(random, axes);
    Supplier<Layer> second = kernels(random, axes);
    Layer net =
        sequential(
            sum(random, first, 0),
            relu(),
            named("second", sum(random, second, 0)),
            conv(axes, 3).kernel(1));
    InputSpec input = axes == 1 ? InputSpec.of(CHANNELS, 11) : InputSpec.of(CHANNELS, 8, 7);
    MergedPair pair = MergedPair.of(net, input, seed);
    assertTrue(pair.error() <= 1e-4, () -> pair.error() + "\n" + pair.merged().layer().describe());
    assertEquals(0, pair.count("batchNorm"), pair.merged().layer().describe());
    assertEquals(3, pair.count("conv") + pair.count("depthwise"), "two sums and the head");
  }

  /** A sum of linear branches that keep the shape; one of them at least is a convolution. */
  private static Layer sum(Random random, Supplier<Layer> conv, int depth) {
    List<Layer> branches = new ArrayList<>(List.of(conv.get()));
    for (int i = random.nextInt(4); i >= 0; i--) {
      branches.add(branch(random, conv, depth));
    }
    Collections.shuffle(branches, random);
    return random.nextInt(3) == 0
        ? residual(sequential(parallel(branches), batchNorm(), dropPath(0.3)))
        : parallel(branches);
  }

  private static Layer branch(Random random, Supplier<Layer> conv, int depth) {
    return switch (random.nextInt(depth < 2 ? 7 : 5)) {
      case 0 -> identity();
      case 1 -> sequential(identity(), batchNorm(), layerScale(0.5));
      case 2 -> layerScale(0.7);
      case 3 -> sequential(conv.get(), batchNorm());
      case 4 -> sequential(conv.get(), batchNorm(), layerScale(0.3), dropPath(0.1));
      case 5 -> sequential(sum(random, conv, depth + 1), batchNorm());
      default -> named("inner" + random.nextInt(1 << 30), sum(random, conv, depth + 1));
    };
  }

  /** Convolutions of one kind, so that their sum is one: of any odd size and dilation. */
  private static Supplier<Layer> kernels(Random random, int axes) {
    int kind = random.nextInt(3);
    return () -> {
      int kernel = 1 + 2 * random.nextInt(3);
      int dilation = kernel == 1 ? 1 : 1 + random.nextInt(2);
      Conv conv =
          switch (kind) {
            case 0 -> depthwise(axes, kernel);
            case 1 -> conv(axes, CHANNELS).kernel(kernel).groups(2);
            default -> conv(axes, CHANNELS).kernel(kernel);
          };
      return conv.dilation(dilation).padding("same").bias(random.nextBoolean());
    };
  }
}
