package org.nnd.dsl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.checkpoint;
import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.input;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.network;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.residualWith;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;
import static org.nnd.dsl.Combinators.tensor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Paths, variables and values of layers made of layers. */
class CombinatorsTest {
  /** {@code x weight + counter}: a parameter, and a buffer that counts the calls in training. */
  record Scale(double initial, Site site) implements UnaryLayer {
    @Override
    public Tensor lower(Lowering at, Tensor x) {
      Tensor counter = at.buffer("counter", Initializer.zeros());
      if (at.training()) {
        at.update("counter", counter.add(1));
      }
      Tensor weight = at.parameter("weight", Initializer.constant(initial), x.size(1));
      return x.mul(weight).add(counter);
    }

    @Override
    public String toString() {
      return "scale(" + initial + ")";
    }
  }

  private static Scale scale(double initial) {
    return new Scale(initial, Site.here());
  }

  private static final List<InputSpec> INPUTS = List.of(InputSpec.of(2));

  private static List<String> paths(Layer layer, InputSpec... inputs) {
    return Lower.lower(layer, inputs.length == 0 ? INPUTS : List.of(inputs), Mode.TRAINING)
        .variables()
        .stream()
        .filter(variable -> variable.kind() == Variable.Kind.PARAMETER)
        .map(Variable::path)
        .toList();
  }

  private static Evaluation run(Lowered lowered, Map<String, Literal> inputs) {
    return ReferenceEvaluator.evaluate(lowered.graph(), 1, inputs, lowered.initial(0));
  }

  private static double[] output(Layer layer) {
    Lowered lowered = Lower.lower(layer, INPUTS, Mode.INFERENCE);
    return run(lowered, Map.of("x", Literal.of(new float[] {1, 10}, 1, 2)))
        .outputs()
        .get("y")
        .toDoubles();
  }

  @Test
  void pathsFollowTheStructure() {
    Layer block = sequential(scale(2), named("norm", scale(3)));
    assertEquals(
        List.of(
            "stem.weight",
            "1.0.0.weight",
            "1.0.norm.weight",
            "1.1.0.weight",
            "1.1.norm.weight",
            "2.weight",
            "3.weight",
            "3.shortcut.weight",
            "4.0.weight",
            "4.right.weight"),
        paths(
            sequential(
                named("stem", scale(1)),
                repeat(2, residual(block)),
                checkpoint(inline(scale(1))),
                residualWith(scale(1), scale(1)),
                parallel(scale(1), named("right", scale(1))))));
  }

  @Test
  void combinatorsComputeWhatTheySay() {
    assertArrayEquals(new double[] {6, 60}, output(sequential(scale(2), scale(3))));
    assertArrayEquals(new double[] {3, 30}, output(residual(scale(2))));
    assertArrayEquals(new double[] {7, 70}, output(residualWith(scale(5), scale(2))));
    assertArrayEquals(new double[] {8, 80}, output(repeat(3, scale(2))));
    assertArrayEquals(new double[] {5, 50}, output(parallel(scale(2), scale(3)).sum()));
    assertArrayEquals(new double[] {6, 600}, output(parallel(scale(2), scale(3)).product()));
    assertArrayEquals(
        new double[] {2, 20, 1, 10}, output(parallel(scale(2), identity()).concat(1)));
    assertArrayEquals(new double[] {1, 10}, output(sequential()));
  }

  @Test
  void sharedWeightsAreOneSetAndTheirBuffersAreThreaded() {
    Layer tied = share("tied", scale(2));
    Lowered lowered = Lower.lower(sequential(tied, scale(1), tied), INPUTS, Mode.TRAINING);
    assertEquals(
        List.of("tied.counter", "tied.weight", "1.counter", "1.weight"),
        lowered.variables().stream().map(Variable::path).toList());
    Evaluation result = run(lowered, Map.of("x", Literal.of(new float[] {1, 10}, 1, 2)));
    assertEquals(2, result.updates().get("tied.counter").get(0));
    // The second use sees the count of the first: (1 * 2 + 0) * 2 + 1.
    assertArrayEquals(new double[] {5, 41}, result.outputs().get("y").toDoubles());
  }

  @Test
  void tracedLayersHaveTheLayersTheyCallAsChildren() {
    Layer net =
        layer(
            "net",
            x -> {
              Tensor y = named("first", scale(2)).apply(x);
              return scale(3).apply(y).add(scale(4).apply(x));
            });
    assertEquals(List.of("first.weight", "1.weight", "2.weight"), paths(net));
    assertArrayEquals(new double[] {10, 100}, output(net));
    Layer shown = Expand.expand(net, INPUTS, Mode.INFERENCE);
    assertEquals(
        List.of(scale(2), scale(3), scale(4)),
        shown.children().stream()
            .map(child -> child.layer() instanceof Named n ? n.layer() : child.layer())
            .toList());
    assertArrayEquals(output(net), output(shown));
  }

  @Test
  void layersMayBringValuesAlong() {
    Tensor table = Tensor.of(1, 2, 3);
    Layer shifted = layer("shifted", x -> x.add(table).mul(table.add(1)));
    Lowered lowered = Lower.lower(shifted, List.of(InputSpec.of(3)), Mode.INFERENCE);
    assertEquals(List.of(), lowered.variables());
    Literal x = Literal.of(new float[] {10, 20, 30}, 1, 3);
    Literal y =
        ReferenceEvaluator.evaluate(lowered.graph(), 1, Map.of("x", x), Map.of())
            .outputs()
            .get("y");
    assertArrayEquals(new double[] {22, 66, 132}, y.toDoubles());
  }

  @Test
  void rewritingReachesEveryLayer() {
    Layer net =
        sequential(
            scale(2),
            residual(repeat(2, scale(2))),
            layer(
                "traced", x -> sequential(scale(2), layer("in", y -> scale(2).apply(y))).apply(x)),
            share("s", checkpoint(scale(2))));
    Layer expected =
        sequential(
            scale(1),
            residual(repeat(2, scale(1))),
            layer(
                "traced", x -> sequential(scale(1), layer("in", y -> scale(1).apply(y))).apply(x)),
            share("s", checkpoint(scale(1))));
    Layer rewritten = net.rewrite(scale(0), old -> scale(old.initial() / 2));
    assertArrayEquals(output(expected), output(rewritten));
    assertEquals(paths(expected), paths(rewritten));
    // What is explicit gives the same as what is rewritten on the way.
    Layer shown = Expand.expand(net, INPUTS, Mode.INFERENCE);
    Layer after = shown.rewrite(Scale.class, old -> scale(old.initial() / 2));
    assertArrayEquals(output(expected), output(after));
    Layer chosen = net.rewriteWhere(l -> l.equals(scale(2)), l -> scale(1));
    assertArrayEquals(output(expected), output(chosen));
    // A replacement is not looked into, so that it may contain what it replaces.
    Layer wrapped = net.rewrite(scale(0), old -> residual(old));
    assertArrayEquals(new double[] {3 * 10 * 9 * 3, 8100}, output(wrapped));
  }

  @Test
  void rewritingTwiceAppliesBothInOrder() {
    Layer net = layer("net", x -> scale(2).apply(x));
    Layer twice =
        net.rewrite(scale(0), old -> scale(old.initial() + 1))
            .rewrite(scale(0), old -> scale(old.initial() * 10));
    assertArrayEquals(new double[] {30, 300}, output(twice));
  }

  @Test
  void severalInputsAndOutputsHaveNames() {
    Layer net =
        sequential(
            parallel(
                    sequential(input("left"), scale(2)),
                    sequential(input("right", "left"), layer("sum", (r, l) -> r.add(l))))
                .outputs("scaled", "sum"));
    Lowered lowered =
        Lower.lower(
            net,
            List.of(new InputSpec("left", DType.F32, 2), new InputSpec("right", DType.F32, 2)),
            Mode.INFERENCE);
    Map<String, Literal> outputs =
        run(
                lowered,
                Map.of(
                    "left", Literal.of(new float[] {1, 2}, 1, 2),
                    "right", Literal.of(new float[] {5, 6}, 1, 2)))
            .outputs();
    assertArrayEquals(new double[] {2, 4}, outputs.get("scaled").toDoubles());
    assertArrayEquals(new double[] {6, 8}, outputs.get("sum").toDoubles());
  }

  @Test
  void masksAccompanyTheOtherTensors() {
    Layer net =
        sequential(
            residual(scale(2)),
            network("masked", in -> Tensors.of(in.get("mask").where(in.one(), 0)).with(in.masks())),
            scale(1));
    Lowered lowered =
        Lower.lower(
            net, List.of(InputSpec.of(2), new InputSpec("mask", DType.BOOL, 2)), Mode.INFERENCE);
    assertEquals(List.of("y"), List.copyOf(lowered.graph().outputs().keySet()));
    Evaluation result =
        run(
            lowered,
            Map.of(
                "x",
                Literal.of(new float[] {1, 10}, 1, 2),
                "mask",
                new Literal(DType.BOOL, new int[] {1, 2}, new byte[] {0, 1})));
    assertArrayEquals(new double[] {0, 30}, result.outputs().get("y").toDoubles());
  }

  @Test
  void checkpointsAreOneCompositeWithTheSameValuesGradientsAndUpdates() {
    Layer inner = sequential(scale(2), residual(scale(3)), layer("tanh", Tensor::tanh));
    Lowered plain = Lower.lower(inner, INPUTS, Mode.TRAINING);
    Lowered kept = Lower.lower(checkpoint(inner), INPUTS, Mode.TRAINING);
    assertEquals(
        1,
        kept.graph().nodes().stream()
            .filter(node -> node.op() instanceof Op.Composite c && c.name().equals("checkpoint"))
            .count());
    assertEquals(plain.variables(), kept.variables());
    Map<String, Literal> inputs = Map.of("x", Literal.of(new float[] {0.1f, -0.2f}, 1, 2));
    assertEquals(results(plain, inputs), results(kept, inputs));
  }

  private static Map<String, List<Double>> results(Lowered lowered, Map<String, Literal> inputs) {
    Map<String, Node> outputs = new LinkedHashMap<>(lowered.graph().outputs());
    Node loss = Operations.sum(outputs.get("y"), Operations.axes(2));
    List<Node> parameters = lowered.graph().parameters();
    List<Node> gradients = Gradient.of(loss, parameters);
    for (int i = 0; i < gradients.size(); i++) {
      outputs.put("d " + ((Op.Parameter) parameters.get(i).op()).name(), gradients.get(i));
    }
    Evaluation result =
        ReferenceEvaluator.evaluate(
            Graph.of(lowered.graph().inputs(), outputs, lowered.graph().updates()),
            1,
            inputs,
            lowered.initial(0));
    Map<String, List<Double>> all = new LinkedHashMap<>();
    result.outputs().forEach((name, v) -> all.put(name, boxed(v)));
    result.updates().forEach((name, v) -> all.put("new " + name, boxed(v)));
    return new TreeMap<>(all);
  }

  private static List<Double> boxed(Literal literal) {
    return Arrays.stream(literal.toDoubles()).boxed().toList();
  }

  @Test
  void layersAreValues() {
    assertEquals(
        sequential(scale(2), residual(scale(3))), sequential(scale(2), residual(scale(3))));
    assertNotEquals(sequential(scale(2)), sequential(scale(3)));
    assertEquals(
        """
        sequential
          stem: scale(2.0)
          1: repeat(3)
            residual
              scale(1.0)
          2: parallel.sum()
            0: identity()
            side: scale(4.0)
        """,
        sequential(
                named("stem", scale(2)),
                repeat(3, residual(scale(1))),
                parallel(identity(), named("side", scale(4))))
            .describe());
  }

  @Test
  void layersApplyToValues() {
    assertArrayEquals(
        new float[] {3, 6, 9}, scale(3).apply(tensor(new double[][] {{1, 2, 3}})).toFloats());
    NndException error =
        assertThrows(
            NndException.class,
            () -> scale(3).apply(Tensor.of(Operations.input("x", INPUTS.get(0).type()))));
    assertEquals(
        "scale(3.0) is applied to a tensor without a value (f32[N, 2]), outside of a network",
        error.getMessage());
  }

  @Test
  void everyLayerIsReported() {
    List<LayerReport> reports =
        Lower.lower(sequential(scale(1), residual(scale(2))), INPUTS, Mode.TRAINING).layers();
    assertEquals(
        List.of("sequential", "scale", "residual", "scale"),
        reports.stream().map(LayerReport::kind).toList());
    assertEquals(List.of("", "0", "1", "1"), reports.stream().map(LayerReport::path).toList());
    assertEquals(List.of(0, 1, 1, 2), reports.stream().map(LayerReport::depth).toList());
    assertEquals(
        List.of(4L, 2L, 2L, 2L), reports.stream().map(LayerReport::parameterCount).toList());
    assertTrue(reports.stream().allMatch(r -> r.site().text().startsWith("CombinatorsTest.java:")));
  }

  @Test
  void randomNumbersAreKeyedByPathUseAndStep() {
    Layer noise =
        new UnaryLayer() {
          @Override
          public Tensor lower(Lowering at, Tensor x) {
            return x.add(at.uniform(x.shape())).concat(1, at.uniform(x.shape()));
          }
        };
    Layer net = parallel(noise, named("other", noise)).concat(1);
    Lowered lowered = Lower.lower(net, INPUTS, Mode.TRAINING);
    assertEquals(
        List.of("rng.seed", "rng.step"), lowered.variables().stream().map(Variable::path).toList());
    Map<String, Literal> x = Map.of("x", Literal.of(new float[] {0, 0}, 1, 2));
    double[] first = run(lowered, x).outputs().get("y").toDoubles();
    assertEquals(8, Arrays.stream(first).distinct().count());
    assertTrue(Arrays.stream(first).allMatch(v -> v >= 0 && v < 1));
    assertArrayEquals(first, run(lowered, x).outputs().get("y").toDoubles());
    Map<String, Literal> later = lowered.initial(0);
    later.put("rng.step", Literal.of(new int[] {1}));
    double[] next =
        ReferenceEvaluator.evaluate(lowered.graph(), 1, x, later).outputs().get("y").toDoubles();
    assertNotEquals(first[0], next[0]);
  }
}
