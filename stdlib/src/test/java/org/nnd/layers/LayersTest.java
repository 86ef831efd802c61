package org.nnd.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.adaptiveAvgPool;
import static org.nnd.layers.Layers.attention;
import static org.nnd.layers.Layers.avgPool;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.conv1d;
import static org.nnd.layers.Layers.conv3d;
import static org.nnd.layers.Layers.convTranspose;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.downsample;
import static org.nnd.layers.Layers.dropPath;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.embedding;
import static org.nnd.layers.Layers.flatten;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.globalMaxPool;
import static org.nnd.layers.Layers.groupNorm;
import static org.nnd.layers.Layers.instanceNorm;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.maxPool;
import static org.nnd.layers.Layers.mlp;
import static org.nnd.layers.Layers.permute;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.reshape;
import static org.nnd.layers.Layers.rmsNorm;
import static org.nnd.layers.Layers.squeezeExcite;
import static org.nnd.layers.Layers.tokens;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;

/** What the layers compute, beyond the reference vectors. */
class LayersTest {
  private static Literal random(long seed, int... shape) {
    Random random = new Random(seed);
    float[] values = new float[Literal.zeros(DType.F32, shape).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Literal.of(values, shape);
  }

  private static InputSpec spec(String name, Literal value) {
    long[] sizes = Arrays.stream(value.shape()).skip(1).asLongStream().toArray();
    return new InputSpec(name, value.dtype(), sizes);
  }

  private static Evaluation run(
      Layer layer, Mode mode, Map<String, Literal> inputs, Map<String, Literal> variables) {
    List<InputSpec> specs =
        inputs.entrySet().stream().map(e -> spec(e.getKey(), e.getValue())).toList();
    Lowered lowered = Lower.lower(layer, specs, mode);
    Map<String, Literal> values = new LinkedHashMap<>(lowered.initial(0));
    values.putAll(variables);
    int batch = inputs.values().iterator().next().shape()[0];
    return ReferenceEvaluator.evaluate(lowered.graph(), batch, inputs, values);
  }

  private static Literal output(Layer layer, Literal x) {
    return run(layer, Mode.INFERENCE, Map.of("x", x), Map.of()).outputs().get("y");
  }

  private static String shape(Layer layer, long... example) {
    return Lower.lower(layer, List.of(InputSpec.of(example)), Mode.INFERENCE)
        .graph()
        .output()
        .shape()
        .toString();
  }

  @Test
  void sizesFollowKernelStrideAndPadding() {
    assertEquals("[N, 8, 28, 28]", shape(conv(8), 3, 28, 28));
    assertEquals("[N, 8, 14, 14]", shape(conv(8).kernel(3).stride(2), 3, 28, 28));
    assertEquals("[N, 8, 28, 28]", shape(conv(8).kernel(31), 3, 28, 28));
    assertEquals("[N, 8, 28, 28]", shape(conv(8).kernel(5).dilation(3).padding("same"), 3, 28, 28));
    assertEquals("[N, 8, 7, 7]", shape(conv(8).kernel(4).stride(4), 3, 28, 28));
    assertEquals("[N, 8, 26, 24]", shape(conv(8).kernel(3, 5).padding(0), 3, 28, 28));
    assertEquals("[N, 6, 28, 28]", shape(conv(6).groups(3), 3, 28, 28));
    assertEquals("[N, 4, 20]", shape(conv1d(4), 2, 20));
    assertEquals("[N, 4, 6, 7, 8]", shape(conv3d(4), 2, 6, 7, 8));
    assertEquals("[N, 8, 56, 56]", shape(convTranspose(8), 3, 28, 28));
    assertEquals("[N, 64, 14, 14]", shape(downsample(64), 3, 28, 28));
    assertEquals("[N, 3, 14, 14]", shape(maxPool(2), 3, 28, 28));
    assertEquals("[N, 3, 14, 14]", shape(maxPool(3).stride(2).padding(1), 3, 28, 28));
    assertEquals("[N, 3]", shape(globalAvgPool(), 3, 28, 28));
    assertEquals("[N, 3, 5, 4]", shape(adaptiveAvgPool(5, 4), 3, 28, 28));
    assertEquals("[N, 2352]", shape(flatten(), 3, 28, 28));
    assertEquals("[N, 784, 3]", shape(tokens(), 3, 28, 28));
    assertEquals("[N, 3, 4, 196]", shape(reshape(3, 4, -1), 3, 28, 28));
    assertEquals("[N, 28, 28, 3]", shape(permute(0, 2, 3, 1), 3, 28, 28));
    assertEquals("[N, 49, 10]", shape(dense(10), 49, 32));
    assertEquals("[N, 49, 32]", shape(mlp(4), 49, 32));
    assertEquals("[N, 32, 7, 7]", shape(squeezeExcite(), 32, 7, 7));
  }

  @Test
  void transposedConvolutionIsTheGradientOfTheConvolution() {
    record Case(int kernel, int stride, int padding, int dilation, int groups, int extra) {}
    for (Case c :
        List.of(
            new Case(2, 2, 0, 1, 1, 0),
            new Case(3, 1, 1, 1, 1, 0),
            new Case(3, 2, 1, 1, 2, 1),
            new Case(4, 3, 1, 2, 1, 2))) {
      int in = 4;
      int out = 6;
      Literal y = random(1, 2, in, 5, 5);
      Literal weight = random(2, in, out / c.groups(), c.kernel(), c.kernel());
      Layer transposed =
          convTranspose(out)
              .kernel(c.kernel())
              .stride(c.stride())
              .padding(c.padding())
              .dilation(c.dilation())
              .groups(c.groups())
              .outputPadding(c.extra())
              .bias(false);
      Literal got =
          run(transposed, Mode.INFERENCE, Map.of("x", y), Map.of("weight", weight))
              .outputs()
              .get("y");
      int size = got.shape()[2];
      // The convolution whose weight is [in, out / groups, …] maps out channels to in channels.
      Layer forward =
          conv(in)
              .kernel(c.kernel())
              .stride(c.stride())
              .padding(c.padding())
              .dilation(c.dilation())
              .groups(c.groups())
              .bias(false);
      Lowered lowered =
          Lower.lower(forward, List.of(InputSpec.of(out, size, size)), Mode.INFERENCE);
      Node result = lowered.graph().output();
      Node cotangent = Operations.input("r", result.type());
      Node x = lowered.graph().inputs().get(0);
      Node gradient = Gradient.pullback(List.of(result), List.of(cotangent), List.of(x)).get(0);
      double[] expected =
          ReferenceEvaluator.evaluate(
                  Graph.of(List.of(x, cotangent), Map.of("g", gradient)),
                  2,
                  Map.of("x", random(3, 2, out, size, size), "r", y),
                  Map.of("weight", weight))
              .outputs()
              .get("g")
              .toDoubles();
      assertArrayEquals(expected, got.toDoubles(), 1e-9, c.toString());
    }
  }

  @Test
  void attentionIsSoftmaxOfScaledProductsPerHead() {
    int length = 3;
    int context = 4;
    int width = 6;
    int heads = 2;
    Literal x = random(1, 2, length, width);
    Literal y = random(2, 2, context, width);
    byte[] keep = {1, 0, 1, 1, 1, 1, 0, 1};
    Literal mask = new Literal(DType.BOOL, new int[] {2, context}, keep);
    Map<String, Literal> inputs = new LinkedHashMap<>();
    inputs.put("x", x);
    inputs.put("context", y);
    inputs.put("mask", mask);
    Map<String, Literal> weights =
        Map.of(
            "in_proj_weight", random(3, 3 * width, width),
            "in_proj_bias", random(4, 3 * width),
            "out_proj.weight", random(5, width, width),
            "out_proj.bias", random(6, width));
    double[] got =
        run(attention(heads), Mode.INFERENCE, inputs, weights).outputs().get("y").toDoubles();

    double[] expected = new double[got.length];
    int each = width / heads;
    for (int n = 0; n < 2; n++) {
      for (int i = 0; i < length; i++) {
        double[] seen = new double[width];
        for (int h = 0; h < heads; h++) {
          double[] score = new double[context];
          double sum = 0;
          for (int j = 0; j < context; j++) {
            double product = 0;
            for (int d = h * each; d < (h + 1) * each; d++) {
              product +=
                  projected(weights, x, n * length + i, d)
                      * projected(weights, y, n * context + j, width + d);
            }
            score[j] = keep[n * context + j] * Math.exp(product / Math.sqrt(each));
            sum += score[j];
          }
          for (int d = h * each; d < (h + 1) * each; d++) {
            for (int j = 0; j < context; j++) {
              seen[d] += score[j] / sum * projected(weights, y, n * context + j, 2 * width + d);
            }
          }
        }
        for (int o = 0; o < width; o++) {
          double value = weights.get("out_proj.bias").get(o);
          for (int d = 0; d < width; d++) {
            value += weights.get("out_proj.weight").get(o * width + d) * seen[d];
          }
          expected[(n * length + i) * width + o] = value;
        }
      }
    }
    assertArrayEquals(expected, got, 1e-6);
  }

  private static double projected(Map<String, Literal> weights, Literal x, int row, int output) {
    int width = x.shape()[2];
    double value = weights.get("in_proj_bias").get(output);
    for (int i = 0; i < width; i++) {
      value += weights.get("in_proj_weight").get(output * width + i) * x.get(row * width + i);
    }
    return value;
  }

  @Test
  void causalAttentionDoesNotSeeWhatComesLater() {
    Literal x = random(1, 1, 5, 8);
    float[] changed = x.toFloats().clone();
    changed[3 * 8] += 1;
    double[] before = output(attention(2).causal(), x).toDoubles();
    double[] after = output(attention(2).causal(), Literal.of(changed, 1, 5, 8)).toDoubles();
    assertArrayEquals(Arrays.copyOf(before, 24), Arrays.copyOf(after, 24));
    assertNotEquals(before[24], after[24]);
  }

  @Test
  void batchNormUsesTheBatchInTrainingAndRunningStatisticsInInference() {
    Literal x = Literal.of(new float[] {1, 2, 3, 4, 5, 9}, 3, 2);
    Evaluation training = run(batchNorm().momentum(0.5), Mode.TRAINING, Map.of("x", x), Map.of());
    // Channel 0 holds 1, 3, 5, channel 1 holds 2, 4, 9; the running variance is unbiased.
    assertArrayEquals(
        new double[] {1.5, 2.5}, training.updates().get("running_mean").toDoubles(), 1e-9);
    assertArrayEquals(
        new double[] {2.5, 7}, training.updates().get("running_var").toDoubles(), 1e-6);
    assertEquals((1 - 3) / Math.sqrt(8 / 3.0 + 1e-5), training.outputs().get("y").get(0), 1e-6);
    Evaluation inference =
        run(
            batchNorm(),
            Mode.INFERENCE,
            Map.of("x", x),
            Map.of(
                "running_mean", Literal.of(new float[] {1, 2}, 2),
                "running_var", Literal.of(new float[] {4, 16}, 2)));
    assertEquals(Map.of(), inference.updates());
    assertArrayEquals(
        new double[] {0, 0, 1, 0.5, 2, 1.75}, inference.outputs().get("y").toDoubles(), 1e-5);
  }

  @Test
  void normsStandardiseTheirGroupOfAxes() {
    Literal x = random(1, 2, 6, 4, 5);
    standardised(output(layerNorm(), x), 5, 1);
    standardised(output(layerNorm().channelsFirst(), x), 6, 20);
    standardised(output(groupNorm(3), x), 2 * 20, 1);
    standardised(output(instanceNorm(), x), 20, 1);
    double[] y = output(rmsNorm(), x).toDoubles();
    assertEquals(5, Arrays.stream(y).limit(5).map(v -> v * v).sum(), 1e-4);
  }

  /** The first {@code count} elements at a step apart have mean 0 and variance 1. */
  private static void standardised(Literal y, int count, int step) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double v = y.get(i * step);
      sum += v;
      squares += v * v;
    }
    assertEquals(0, sum / count, 1e-6);
    assertEquals(1, squares / count, 1e-3);
  }

  @Test
  void poolingTakesTheLargestOrTheMean() {
    Literal x = Literal.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
    assertArrayEquals(new double[] {5, 6, 8, 9}, output(maxPool(2).stride(1), x).toDoubles());
    assertArrayEquals(new double[] {3, 4, 6, 7}, output(avgPool(2).stride(1), x).toDoubles());
    Layer padded = avgPool(3).stride(2).padding(1);
    assertEquals(12 / 9.0, output(padded, x).get(0), 1e-9);
    assertEquals(
        12 / 4.0, output(avgPool(3).stride(2).padding(1).countPadding(false), x).get(0), 1e-9);
    assertArrayEquals(
        new double[] {3, 4, 6, 7}, output(adaptiveAvgPool(2, 2), x).toDoubles(), 1e-9);
    assertEquals(9, output(globalMaxPool(), x).get(0));
    assertEquals(5, output(globalAvgPool(), x).get(0), 1e-9);
  }

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    Literal ones = Literal.of(filled(100 * 100), 100, 100);
    double[] y =
        run(dropout(0.3), Mode.TRAINING, Map.of("x", ones), Map.of())
            .outputs()
            .get("y")
            .toDoubles();
    assertEquals(0.3, Arrays.stream(y).filter(v -> v == 0).count() / 10_000.0, 0.02);
    assertTrue(Arrays.stream(y).allMatch(v -> v == 0 || Math.abs(v - 1 / 0.7) < 1e-6));
    double[] path =
        run(dropPath(0.5), Mode.TRAINING, Map.of("x", ones), Map.of())
            .outputs()
            .get("y")
            .toDoubles();
    for (int n = 0; n < 100; n++) {
      assertEquals(1, Arrays.stream(path, n * 100, (n + 1) * 100).distinct().count());
    }
    assertEquals(2, Arrays.stream(path).distinct().count());
    assertEquals(ones.get(0), output(dropout(0.3), ones).get(0));
  }

  private static float[] filled(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void embeddingLooksRowsUpAndReadsZerosOutside() {
    Literal table = Literal.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Evaluation result =
        run(
            embedding(3, 2),
            Mode.INFERENCE,
            Map.of("x", Literal.of(new int[] {2, 0, 3, -1}, 2, 2)),
            Map.of("weight", table));
    assertArrayEquals(new double[] {5, 6, 1, 2, 0, 0, 0, 0}, result.outputs().get("y").toDoubles());
  }

  @Test
  void initialValuesArePyTorchs() {
    Lowered lowered =
        Lower.lower(
            sequential(conv(64).groups(2), batchNorm()),
            List.of(InputSpec.of(32, 8, 8)),
            Mode.INFERENCE);
    double bound = 1 / Math.sqrt(16 * 9);
    for (Variable variable : lowered.variables()) {
      double[] values = variable.initial(0).toDoubles();
      double greatest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      switch (variable.path()) {
        case "0.weight" -> assertTrue(greatest <= bound && greatest > 0.99 * bound);
        case "0.bias" -> assertTrue(greatest <= bound && greatest > 0.9 * bound);
        case "1.weight", "1.running_var" -> assertTrue(Arrays.stream(values).allMatch(v -> v == 1));
        default -> assertEquals(0, greatest);
      }
    }
  }

  @Test
  void layersPrintAsTheyAreDeclared() {
    assertEquals("conv(32).kernel(3).stride(2)", conv(32).stride(2).toString());
    assertEquals(
        "conv(32).kernel(3, 5).groups(4).padding(1, 2).bias(false)",
        conv(32).kernel(3, 5).groups(4).padding(1, 2).bias(false).toString());
    assertEquals("depthwise(13).dilation(2)", depthwise(13).dilation(2).toString());
    assertEquals("batchNorm().eps(0.001)", batchNorm().eps(1e-3).toString());
    assertEquals("maxPool(3).stride(2).padding(1)", maxPool(3).stride(2).padding(1).toString());
    assertEquals("layerNorm().channelsFirst()", layerNorm().channelsFirst().toString());
    assertEquals("repLKBlock(13).small(5).dropPath(0.1)", repLKBlock(13).dropPath(0.1).toString());
    assertEquals(
        "mlp(4.0).activation(\"relu\").dropout(0.1)",
        mlp(4).activation("relu").dropout(0.1).toString());
    assertEquals("attention(8).causal()", attention(8).causal().toString());
  }

  @Test
  void layersAreEqualWhereverTheyWereDeclared() {
    Layer first = conv(8).kernel(5);
    Layer second = conv(8).kernel(5);
    assertEquals(first, second);
    assertEquals(first.hashCode(), second.hashCode());
    assertNotEquals(first, conv(8));
    assertNotEquals(first.site().text(), second.site().text());
  }
}
