package org.nnd.layers.convnets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.inceptionNeXtBlock;
import static org.nnd.layers.convnets.ConvNets.lsConv;
import static org.nnd.layers.convnets.ConvNets.lsNetBlock;
import static org.nnd.layers.convnets.ConvNets.lskBlock;
import static org.nnd.layers.convnets.ConvNets.lskNetBlock;
import static org.nnd.layers.convnets.ConvNets.recConv;
import static org.nnd.layers.convnets.ConvNets.selectiveKernel;
import static org.nnd.layers.convnets.ConvNets.shiftwiseConv;
import static org.nnd.layers.convnets.ConvNets.skUnit;
import static org.nnd.layers.convnets.ConvNets.slakBlock;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Site;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.layers.Sparse;

/** What the papers say of each layer. */
class ConvNetsTest {
  private static double[] run(Layer layer, Map<String, Literal> weights, Literal x) {
    int[] shape = x.shape();
    long[] example = Arrays.stream(shape).skip(1).asLongStream().toArray();
    Lowered lowered =
        Lower.lower(layer, List.of(new InputSpec("x", DType.F64, example)), Mode.INFERENCE);
    return ReferenceEvaluator.evaluate(lowered.graph(), shape[0], Map.of("x", x), weights)
        .outputs()
        .get("y")
        .toDoubles();
  }

  private static Map<String, Literal> weights(Layer layer, long... example) {
    Lowered lowered =
        Lower.lower(layer, List.of(new InputSpec("x", DType.F64, example)), Mode.INFERENCE);
    Map<String, Literal> values = new HashMap<>();
    MergedPair.trained(lowered, 7)
        .forEach((path, v) -> values.put(path, Literal.of(v.toDoubles(), v.shape())));
    return values;
  }

  private static Literal random(int... shape) {
    Literal value = MergedPair.random(new Random(11), -1, 1, shape);
    return Literal.of(value.toDoubles(), shape);
  }

  /** The layer's definition in loops: shifted small results, added up. */
  @Test
  void shiftwiseConvIsASumOfShiftedSmallResults() {
    for (int[] sizes : new int[][] {{9, 3, 6, 7, 5}, {7, 3, 4, 9, 11}, {11, 5, 5, 3, 8}}) {
      ShiftwiseConv layer = shiftwiseConv(sizes[0]).small(sizes[1]).repetitions(2);
      int channels = sizes[2];
      int height = sizes[3];
      int width = sizes[4];
      Map<String, Literal> weights = weights(layer, channels, height, width);
      Literal x = random(2, channels, height, width);
      double[] got = run(layer, weights, x);
      int convolved = (int) (channels * 0.77) / 2 * 2;
      double[] expected = x.toDoubles();
      for (int n = 0; n < 2; n++) {
        for (int c = 0; c < convolved; c++) {
          for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
              int at = ((n * channels + c) * height + i) * width + j;
              expected[at] += shifted(layer, weights, x, n, c, i, j);
            }
          }
        }
      }
      assertArrayEquals(expected, got, 1e-9);
    }
  }

  private static double shifted(
      ShiftwiseConv layer, Map<String, Literal> weights, Literal x, int n, int c, int i, int j) {
    double[] sums = new double[3];
    int s = layer.small();
    for (int repetition = 0; repetition < layer.repetitions(); repetition++) {
      List<Integer> across = layer.places(c, repetition, 0);
      List<Integer> down = layer.places(c, repetition, 1);
      for (int place = 0; place < layer.pieces(); place++) {
        int offset = place * s + s / 2 - layer.kernel() / 2;
        sums[0] += small(layer, weights, x, n, c, across.get(place), i, j + offset);
        sums[1] += small(layer, weights, x, n, c, down.get(place), i + offset, j);
      }
      sums[2] += small(layer, weights, x, n, c, layer.centre(c, repetition), i, j);
    }
    String[] norms = {"bn_lora1", "bn_lora2", "bn_small"};
    double sum = 0;
    for (int b = 0; b < 3; b++) {
      double scale =
          weights.get(norms[b] + ".weight").get(c)
              / Math.sqrt(weights.get(norms[b] + ".running_var").get(c) + 1e-5);
      double mean = weights.get(norms[b] + ".running_mean").get(c);
      sum += (sums[b] - mean) * scale + weights.get(norms[b] + ".bias").get(c);
    }
    return sum;
  }

  /** The small kernel {@code piece} of a channel around a position, which may lie outside. */
  private static double small(
      ShiftwiseConv layer,
      Map<String, Literal> weights,
      Literal x,
      int n,
      int c,
      int piece,
      int row,
      int column) {
    int s = layer.small();
    int[] shape = x.shape();
    double sum = 0;
    for (int path = 0; path < layer.paths(); path++) {
      Literal weight = weights.get("LoRAs." + path + ".weight");
      for (int k = 0; k < s; k++) {
        for (int l = 0; l < s; l++) {
          int i = row + k - s / 2;
          int j = column + l - s / 2;
          if (i >= 0 && i < shape[2] && j >= 0 && j < shape[3]) {
            double w = weight.get(((c * layer.pieces() + piece) * s + k) * s + l);
            sum += w * x.get(((n * shape[1] + c) * shape[2] + i) * shape[3] + j);
          }
        }
      }
    }
    return sum;
  }

  @Test
  void prunedPathsOfShiftwiseConvCountNothing() {
    Layer sparse = new Sparse(shiftwiseConv(9), 0.5, Site.UNKNOWN);
    Map<String, Literal> weights = weights(sparse, 4, 8, 8);
    Literal x = random(1, 4, 8, 8);
    double[] masked = run(sparse, weights, x);
    Map<String, Literal> cut = new HashMap<>(weights);
    for (String path : List.of("LoRAs.0.weight", "LoRAs.1.weight")) {
      double[] w = weights.get(path).toDoubles();
      double[] mask = weights.get(path + "_mask").toDoubles();
      for (int i = 0; i < w.length; i++) {
        w[i] *= mask[i];
      }
      cut.put(path, Literal.of(w, weights.get(path).shape()));
    }
    assertArrayEquals(run(shiftwiseConv(9), cut, x), masked, 1e-12);
  }

  @Test
  void recConvWithoutLevelsIsADepthwiseConvolution() {
    Literal x = random(2, 3, 7, 5);
    Map<String, Literal> weights = weights(recConv().levels(0).bias(true), 3, 7, 5);
    Map<String, Literal> plain =
        Map.of("weight", weights.get("convs.0.weight"), "bias", weights.get("convs.0.bias"));
    assertArrayEquals(
        run(depthwise(5), plain, x), run(recConv().levels(0).bias(true), weights, x), 1e-12);
  }

  /** The reach doubles with each level (RecConv, section 3.2: about {@code k 2^l}). */
  @Test
  void recConvReachesAboutTheKernelTimesTwoToTheLevels() {
    int size = 129;
    double[] impulse = new double[size * size];
    impulse[size * (size / 2) + size / 2] = 1;
    for (int levels = 0; levels <= 3; levels++) {
      Layer layer = recConv().levels(levels);
      Map<String, Literal> weights = new HashMap<>();
      weights(layer, 1, size, size)
          .forEach((path, v) -> weights.put(path, Literal.of(ones(v.count()), v.shape())));
      double[] y = run(layer, weights, Literal.of(impulse, 1, 1, size, size));
      long support = 0;
      for (int j = 0; j < size; j++) {
        support += y[size * (size / 2) + j] != 0 ? 1 : 0;
      }
      double expected = 5 * Math.pow(2, levels);
      assertTrue(
          support >= expected && support <= 3.5 * expected,
          "levels " + levels + ": support " + support + ", kernel times 2^l " + expected);
    }
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** InceptionNeXt's mixer is four convolutions of their own parts (Yu et al. 2024, eq. 2 to 4). */
  @Test
  void inceptionMixerIsFourSeparateBranches() {
    Layer block = inceptionNeXtBlock().band(5).branchRatio(0.25);
    Map<String, Literal> weights = weights(block, 8, 6, 9);
    weights.put("gamma", Literal.of(ones(8), 8));
    Map<String, Literal> mixed = new HashMap<>(weights);
    // What comes out of the block equals what comes out with each branch convolved alone.
    Literal x = random(1, 8, 6, 9);
    double[] whole = run(block, mixed, x);
    Layer dense = depthwise(5).bias(true);
    double[] kernel = new double[8 * 25];
    double[] bias = new double[8];
    place(kernel, bias, weights, "dwconv_hw", 2, 3, 3);
    place(kernel, bias, weights, "dwconv_w", 4, 1, 5);
    place(kernel, bias, weights, "dwconv_h", 6, 5, 1);
    kernel[12] = 1;
    kernel[25 + 12] = 1;
    Layer unmixed =
        residual(
            named("token_mixer", dense),
            named("norm", batchNorm()),
            named("mlp.fc1", conv(32).kernel(1)),
            gelu(),
            named("mlp.fc2", conv(8).kernel(1)));
    mixed.put("token_mixer.weight", Literal.of(kernel, 8, 1, 5, 5));
    mixed.put("token_mixer.bias", Literal.of(bias, 8));
    assertArrayEquals(run(unmixed, mixed, x), whole, 1e-9);
  }

  private static void place(
      double[] kernel,
      double[] bias,
      Map<String, Literal> weights,
      String name,
      int first,
      int rows,
      int columns) {
    Literal weight = weights.get("token_mixer." + name + ".weight");
    for (int c = 0; c < 2; c++) {
      bias[first + c] = weights.get("token_mixer." + name + ".bias").get(c);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          kernel[((first + c) * 5 + 2 - rows / 2 + i) * 5 + 2 - columns / 2 + j] =
              weight.get((c * rows + i) * columns + j);
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> mergedEqualsUnmerged() {
    return Stream.of(
            selectiveKernel(6).groups(2),
            skUnit(16).groups(4).least(4),
            lskBlock(),
            lskNetBlock(),
            lsConv().share(4),
            lsNetBlock(),
            lsNetBlock().attention(4, 2),
            slakBlock(9),
            shiftwiseConv(9),
            recConv(),
            new Sparse(slakBlock(7), 0.4, Site.UNKNOWN))
        .map(
            layer ->
                DynamicTest.dynamicTest(
                    layer.toString(),
                    () -> {
                      MergedPair pair = MergedPair.of(layer, InputSpec.of(8, 7, 5), 3);
                      assertTrue(pair.error() <= 1e-4, () -> "" + pair.error());
                    }));
  }

  @Test
  void slakStaysTwoBandsWhenMerged() {
    MergedPair pair = MergedPair.of(slakBlock(13), InputSpec.of(4, 9, 9), 3);
    assertEquals(2, pair.count("depthwise"), pair.merged().layer().describe());
    assertEquals(0, pair.count("batchNorm"));
  }
}
