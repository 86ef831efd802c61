package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.input;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.flatten;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.model.Models.merge;
import static org.nnd.model.Models.model;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nnd.data.DataSet;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Shape;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Faults;

class ModelTest {
  private static final InputSpec FIVE = InputSpec.of(5);

  private static Layer mlp() {
    return sequential(named("stem", dense(7)), relu(), named("head", dense(3)));
  }

  @Test
  void layersThatDoNotFitAreRefusedAtOnce() {
    assertRefused("head: ", () -> model(sequential(named("head", conv(3))), FIVE));
  }

  @Test
  void predictsWhatTheReferenceEvaluatorComputesForAnyNumberOfExamples() {
    Model m = Examples.scrambled(model(mlp(), FIVE), 1);
    for (int n : new int[] {0, 1, 3, 255, 256, 257, 600}) {
      Literal x = Examples.normal(n, n, 5);
      Literal expected =
          ReferenceEvaluator.evaluate(
                  m.lowered(Mode.INFERENCE).graph(), n, Map.of("x", x), m.values())
              .output();
      Literal actual = m.predict(Map.of("x", x)).get("y");
      assertArrayEquals(expected.shape(), actual.shape());
      assertTrue(Examples.distance(expected, actual) < 1e-6, n + " examples");
    }
  }

  @Test
  void anotherNumberOfExamplesCompilesNothing() {
    Model m = model(mlp(), FIVE);
    m.predict(Tensor.of(Examples.normal(1, 4, 5)));
    // Any kernel that is asked for would be refused.
    Faults.during(
        Faults.Operation.BUILD,
        1,
        -11,
        () -> {
          for (int n : new int[] {1, 7, 33, 300}) {
            assertEquals(n, m.predict(Tensor.of(Examples.normal(n, n, 5))).value().shape()[0]);
          }
        });
  }

  @Test
  void whatDoesNotFitTheInputIsRefused() {
    Model m = model(mlp(), FIVE);
    assertRefused(
        "the input 'x' takes f32[N, 5], N examples; got f32[2, 4]",
        () -> m.predict(Tensor.of(Examples.normal(1, 2, 4))));
    assertRefused(
        "the input 'x' takes f32[N, 5], N examples; got i32[1, 5]",
        () -> m.predict(new int[][] {{1, 2, 3, 4, 5}}));
    assertRefused(
        "the input 'x' (f32[N, 5]) is missing; got [z]",
        () -> m.predict(Map.of("z", Examples.normal(1, 2, 5))));
    assertRefused(
        "not pictures", () -> m.predict(new BufferedImage(5, 5, BufferedImage.TYPE_INT_RGB)));
  }

  @Test
  void severalNamedInputsAndOutputs() {
    Layer net =
        parallel(sequential(input("a"), dense(2)), layer("sum", (a, b) -> a.add(b)))
            .outputs("projected", "sum");
    Model m = model(net, new InputSpec("a", DType.F32, 3), new InputSpec("b", DType.F32, 3));
    Tensors y =
        m.predict(
            Tensors.of("a", Tensor.of(new float[] {1, 2, 3}, 1, 3))
                .with("b", Tensor.of(new float[] {10, 20, 30}, 1, 3)));
    assertEquals(List.of("projected", "sum"), y.names());
    assertArrayEquals(new float[] {11, 22, 33}, y.get("sum").toFloats());
    assertRefused("has the inputs [a, b]", () -> m.predict(new float[][] {{1, 2, 3}}));
    assertRefused(
        "differ in their number of examples: 1 and 2",
        () -> m.predict(Map.of("a", Examples.normal(0, 1, 3), "b", Examples.normal(0, 2, 3))));
  }

  @Test
  void initialValuesDependOnTheSeed() {
    Literal first = model(mlp(), FIVE).parameter("stem.weight");
    assertEquals(first, model(mlp(), FIVE).parameter("stem.weight"));
    assertNotEquals(first, model(mlp(), FIVE).seed(1).parameter("stem.weight"));
  }

  @Test
  void variablesAreReadAndSetByPath() {
    Model m = model(mlp(), FIVE);
    m.setParameter("head.bias", Literal.of(new double[] {1, 2, 3}, 3));
    assertArrayEquals(new float[] {1, 2, 3}, m.parameter("head.bias").toFloats());
    assertRefused(
        "head.bias is f32[3] and cannot be set to a f32[2]",
        () -> m.setParameter("head.bias", Literal.of(new float[2], 2)));
    assertRefused("no variable 'head.bias2'", () -> m.parameter("head.bias2"));
  }

  @Test
  void aCopyOnADeviceIsIndependent() {
    Model m = Examples.scrambled(model(mlp(), FIVE), 2);
    Model copy = m.freeze("stem").on(m.device());
    assertEquals(m.values(), copy.values());
    assertEquals(m.frozen(), copy.frozen());
    copy.setParameter("head.bias", Literal.of(new float[] {9, 9, 9}, 3));
    assertNotEquals(m.values(), copy.values());
  }

  @Test
  void freezingIsByPattern() {
    Model m = model(sequential(named("stem", sequential(dense(4), batchNorm())), dense(2)), FIVE);
    m.freeze("stem.*").unfreeze("*.bias");
    assertEquals(
        List.of("stem.0.weight", "stem.1.running_mean", "stem.1.running_var", "stem.1.weight"),
        m.frozen().stream().sorted().toList());
    assertEquals(m.frozen(), m.seed(5).frozen());
    assertEquals(m.frozen(), m.with(m.values()).frozen());
    assertRefused("no variable fits 'steam'", () -> m.freeze("steam"));
  }

  /** Counts its calls, and adds the count to its input. */
  private record Counter() implements UnaryLayer {
    @Override
    public Tensor lower(Lowering at, Tensor x) {
      Tensor calls = at.state("calls", Initializer.zeros(), DType.F32, Shape.SCALAR);
      at.update("calls", calls.add(1));
      return x.add(calls);
    }
  }

  @Test
  void stateIsCarriedFromCallToCall() {
    Model m = model(sequential(new Counter()), InputSpec.of(1));
    float[][] x = {{10}};
    assertEquals(10, m.predict(x).item());
    assertEquals(11, m.predict(x).item());
    assertEquals(12, m.predict(x).item());
    m.resetState();
    assertEquals(10, m.predict(x).item());
  }

  @Test
  void aMergedModelGivesTheSameAnswers() {
    Layer net =
        sequential(
            conv(4).stride(2),
            batchNorm(),
            gelu(),
            repLKBlock(7).small(3),
            globalAvgPool(),
            dense(3));
    Model m = Examples.scrambled(model(net, InputSpec.of(1, 12, 12)), 3);
    m.labels(List.of("a", "b", "c"));
    Model merged = merge(m);
    Literal x = Examples.normal(5, 6, 1, 12, 12);
    assertTrue(merged.parameterCount() < m.parameterCount());
    assertEquals(m.labels(), merged.labels());
    assertTrue(
        Examples.distance(
                m.predict(Map.of("x", x)).get("y"), merged.predict(Map.of("x", x)).get("y"))
            < 1e-5);
  }

  @Test
  void picturesAreBroughtToTheInputsSize() {
    Model m = model(sequential(flatten()), InputSpec.of(1, 2, 2));
    BufferedImage white = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 3; x++) {
        white.setRGB(x, y, Color.WHITE.getRGB());
      }
    }
    float[] pixels = m.predict(white, white).toFloats();
    assertEquals(8, pixels.length);
    assertTrue(pixels[0] > 0.8 && pixels[1] < 0.2, Arrays.toString(pixels));
    assertArrayEquals(Arrays.copyOf(pixels, 4), Arrays.copyOfRange(pixels, 4, 8));
    assertRefused(
        "the picture is null; ImageIO.read gives that for a file",
        () -> m.predict((BufferedImage) null));
  }

  @Test
  void rowsOfADataSetArePredicted() {
    DataSet data = DataSet.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {0, 1, 0});
    Model m = model(layer("twice", x -> x.mul(2)), data.input());
    assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, m.predict(data).toFloats());
    Model other = model(m.network(), InputSpec.of(2));
    assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, other.predict(data).toFloats());
  }

  @Test
  void severalThreadsPredictAtOnce() throws Exception {
    Model m = Examples.scrambled(model(mlp(), FIVE), 4);
    List<Literal> inputs = new ArrayList<>();
    List<Literal> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      inputs.add(Examples.normal(i, 1 + 3 * i, 5));
      expected.add(m.predict(Map.of("x", inputs.get(i))).get("y"));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int which = i % inputs.size();
        calls.add(
            () -> {
              assertEquals(expected.get(which), m.predict(Map.of("x", inputs.get(which))).get("y"));
              return null;
            });
      }
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    }
  }

  @Test
  void theSummaryCountsParametersAndOperations() {
    Model m = model(sequential(named("stem", dense(7)), dropout(0.5), dense(3)), FIVE);
    String summary = m.summary();
    // 5 * 7 + 7 and 7 * 3 + 3 parameters; two operations per weight and one per bias.
    assertTrue(summary.matches("(?s).*\\nstem +dense\\(7\\) +\\[N, 7\\] +42 +77\\n.*"), summary);
    assertTrue(
        summary.endsWith("66 parameters, 0 numbers in buffers, 122 FLOPs per example in inference"),
        summary);
    m.freeze("stem");
    assertTrue(m.summary().contains("66 parameters (42 frozen)"), m.summary());
  }
}
