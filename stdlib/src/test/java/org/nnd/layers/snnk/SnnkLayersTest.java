package org.nnd.layers.snnk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.input;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.mlp;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.snnk.Snnk.bundle;
import static org.nnd.layers.snnk.Snnk.graphFeatures;
import static org.nnd.layers.snnk.Snnk.randomFeatures;
import static org.nnd.layers.snnk.Snnk.snnk;
import static org.nnd.layers.snnk.Snnk.snnkAdapter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Gradients, variables, rewriting and refusals of the layers of random features. */
class SnnkLayersTest {
  private static final CsrGraph TRIANGLE_WITH_TAIL =
      CsrGraph.undirected(5, new int[][] {{0, 1}, {1, 2}, {2, 0}, {2, 3}}).normalised();

  private record Case(Layer layer, int batch, int... example) {}

  private static final List<Case> CASES =
      List.of(
          new Case(snnk(3).features(7), 2, 5),
          new Case(snnk(3).features(7).constant(-0.2).bias(true), 1, 2, 5),
          new Case(snnk(1).features(1), 1, 1),
          new Case(snnk().features(11).activation("relu_squared").orthogonal(), 3, 5),
          new Case(snnk(3).features(7).activation("cos").tied(true).bias(true), 2, 5),
          new Case(snnk(3).features(7).activation("sin").renormalise(0.1).tied(true), 2, 5),
          new Case(snnk(2).features(5).activation("gaussian").tied(true).bias(true), 2, 3, 2),
          new Case(snnk(2).features(5).activation("sinc").simplex().tied(true), 2, 3),
          new Case(snnk(2).features(5).activation("exp").renormalise(0.1).tied(true), 2, 3),
          new Case(snnk(2).features(5).activation("cosh").tied(true).bias(true), 2, 3),
          new Case(snnk(2).features(5).activation("sinh").tied(true).bias(true), 2, 3),
          new Case(snnk(2).features(5).activation("rbf").tied(true), 2, 3),
          new Case(snnk(2).features(7).polynomial(0.5, 1, -1).tied(true).bias(true), 2, 3),
          new Case(snnk(2).features(3).monomial(3), 2, 3),
          new Case(snnk(2).features(5).normalise(1.5).tied(true), 2, 3, 4),
          new Case(snnk(2).features(5).normalise(0.7).normaliseAxis(1), 2, 3, 4),
          new Case(bundle(3, 7, 5).bias(true), 2, 5),
          new Case(
              bundle(0, 7).each(s -> s.activation("sin").normalise(0.7)).features(7, 5, 3),
              2,
              2,
              5),
          new Case(snnkAdapter(7), 2, 3, 5),
          new Case(snnkAdapter(7).downSample(2).normBefore(true), 2, 5),
          new Case(randomFeatures(7).activation("exp").simplex(), 2, 5),
          new Case(graphFeatures(TRIANGLE_WITH_TAIL).walks(3), 2, 5, 3),
          new Case(graphFeatures(TRIANGLE_WITH_TAIL).ensembles(1).halt(0), 1, 5, 1));

  @TestFactory
  Stream<DynamicTest> gradientsAreThoseOfCentralDifferences() {
    return CASES.stream().map(c -> dynamicTest(c.layer().toString(), () -> differences(c)));
  }

  private static void differences(Case c) {
    long[] sizes = Arrays.stream(c.example()).asLongStream().toArray();
    List<InputSpec> specs = List.of(new InputSpec("x", DType.F64, sizes));
    Lowered lowered = Lower.lower(c.layer(), specs, Mode.TRAINING);
    Node y = lowered.graph().output();
    int[] shape = y.shape().at(c.batch());
    Node weights = Operations.input("R", y.type());
    Node loss = Operations.sum(Operations.multiply(y, weights), Operations.axes(y.rank()));
    Map<String, Node> wrt = new LinkedHashMap<>();
    Node x = lowered.graph().inputs().get(0);
    wrt.put("x", x);
    for (Node node : lowered.graph().nodes()) {
      if (node.op() instanceof Op.Parameter parameter && trained(lowered, parameter.name())) {
        wrt.put(parameter.name(), node);
      }
    }
    assertTrue(c.layer() instanceof RandomFeatures || wrt.size() > 1, "something is trained");
    List<Node> gradients = Gradient.of(loss, List.copyOf(wrt.values()));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    int next = 0;
    for (String name : wrt.keySet()) {
      outputs.put("grad " + name, gradients.get(next++));
    }
    Graph graph = Graph.of(List.of(x, weights), outputs);
    int[] whole = x.shape().at(c.batch());
    Map<String, Literal> values = new LinkedHashMap<>();
    values.put("x", normal(1, 0.5, whole));
    values.put("R", normal(2, 1, shape));
    Map<String, Literal> variables = new LinkedHashMap<>();
    lowered.initial(3).forEach((name, value) -> variables.put(name, moved(value, name, lowered)));
    Map<String, Literal> got = run(graph, c.batch(), values, variables);
    for (String name : wrt.keySet()) {
      Map<String, Literal> all = name.equals("x") ? values : variables;
      Literal at = all.get(name);
      Literal direction = normal(5, 1, at.shape());
      double wanted = dot(got.get("grad " + name), direction);
      double step = 1e-5;
      all.put(name, plus(at, step, direction));
      double up = run(graph, c.batch(), values, variables).get("loss").get(0);
      all.put(name, plus(at, -step, direction));
      double down = run(graph, c.batch(), values, variables).get("loss").get(0);
      all.put(name, at);
      double difference = (up - down) / (2 * step);
      assertEquals(difference, wanted, 1e-6 * Math.max(1, Math.abs(difference)), name);
    }
  }

  private static boolean trained(Lowered lowered, String path) {
    return lowered.variables().stream()
        .anyMatch(v -> v.path().equals(path) && v.kind() == Variable.Kind.PARAMETER);
  }

  /** Trained values anywhere, random features as they are. */
  private static Literal moved(Literal value, String name, Lowered lowered) {
    return trained(lowered, name)
        ? plus(value, 0.5, normal(name.hashCode(), 1, value.shape()))
        : value;
  }

  private static Map<String, Literal> run(
      Graph graph, int batch, Map<String, Literal> values, Map<String, Literal> variables) {
    return ReferenceEvaluator.evaluate(graph, batch, values, variables).outputs();
  }

  private static Literal normal(long seed, double scale, int... shape) {
    Random random = new Random(seed);
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> scale * random.nextGaussian());
    return Literal.of(values, shape);
  }

  private static Literal plus(Literal value, double factor, Literal direction) {
    double[] sum = value.toDoubles().clone();
    Arrays.setAll(sum, i -> sum[i] + factor * direction.get(i));
    return Literal.of(sum, value.shape());
  }

  private static double dot(Literal x, Literal y) {
    double sum = 0;
    for (int i = 0; i < x.count(); i++) {
      sum += x.get(i) * y.get(i);
    }
    return sum;
  }

  @Test
  void theWeightsAreTrainedAndTheRandomNumbersAreKept() {
    Lowered lowered =
        Lower.lower(
            snnk(10).features(16).activation("gaussian"), List.of(InputSpec.of(12)), Mode.TRAINING);
    List<String> texts = new ArrayList<>();
    lowered.variables().forEach(v -> texts.add(v.kind() + " " + v.path() + " " + v.type()));
    assertEquals(
        List.of(
            "BUFFER projection_matrix f32[16, 12]",
            "BUFFER xis f32[16]",
            "PARAMETER weights f32[10, 32]"),
        texts);
    assertEquals(320, lowered.parameterCount());
  }

  /** The counts of the paper's adapters and feed-forward layers, for BERT-base. */
  @Test
  void parameterCountsAreThePublishedOnes() {
    assertEquals(13_056, parameters(snnkAdapter(16), 768));
    assertEquals(24_576, parameters(snnk(3072).features(8), 768));
    assertEquals(2_362_368, parameters(dense(3072), 768));
  }

  private static long parameters(Layer layer, long features) {
    return Lower.lower(layer, List.of(InputSpec.of(features)), Mode.TRAINING).parameterCount();
  }

  @Test
  void weightsStartAsFeaturesOfADenseLayersWeights() {
    Layer free = snnk(3).features(5).activation("cos").bias(true);
    Layer tied = snnk(3).features(5).activation("cos").bias(true).tied(true);
    List<InputSpec> specs = List.of(new InputSpec("x", DType.F64, 4));
    Lowered one = Lower.lower(free, specs, Mode.INFERENCE);
    Lowered other = Lower.lower(tied, specs, Mode.INFERENCE);
    Map<String, Literal> start = new LinkedHashMap<>(one.initial(1));
    Literal weight =
        Initializer.kaimingUniform(Math.sqrt(5)).sample(1, "weights", new int[] {3, 4});
    Literal bias =
        Initializer.kaimingUniform(Math.sqrt(5), 4).sample(1, "weights.bias", new int[] {3});
    Map<String, Literal> same = new LinkedHashMap<>(start);
    same.put("weight", weight);
    same.put("bias", bias);
    Literal x = normal(3, 1, 2, 4);
    double[] got = run(one.graph(), 2, Map.of("x", x), start).get("y").toDoubles();
    double[] wanted = run(other.graph(), 2, Map.of("x", x), same).get("y").toDoubles();
    // Directions are drawn in f64 here and kept in f32 by a model, for which weights are made.
    assertArrayEquals(wanted, got, 1e-5);
  }

  @Test
  void anAdapterStartsAsTheIdentity() {
    for (Layer adapter : List.of(snnkAdapter(7), snnkAdapter(7).downSample(3).normBefore(true))) {
      Lowered lowered =
          Lower.lower(adapter, List.of(new InputSpec("x", DType.F64, 5)), Mode.INFERENCE);
      Literal x = normal(3, 1, 2, 5);
      assertArrayEquals(
          x.toDoubles(),
          run(lowered.graph(), 2, Map.of("x", x), lowered.initial(0)).get("y").toDoubles());
    }
  }

  @Test
  void anyDenseOrFeedForwardLayerIsRewritten() {
    Layer net = sequential(mlp(4), dense(30), relu(), dense(10));
    Layer lean = net.rewrite(dense(1), d -> snnk(d.out()).features(8));
    long full = parameters(net, 20);
    assertEquals(20 * 80 + 80 + 80 * 20 + 20 + 20 * 30 + 30 + 30 * 10 + 10, full);
    assertEquals((80 + 20 + 30 + 10) * 8, parameters(lean, 20));
    Layer leaner = net.rewrite(mlp(4), m -> snnk().features(8));
    assertEquals(20 * 8 + 20 * 30 + 30 + 30 * 10 + 10, parameters(leaner, 20));
  }

  // Refusals.

  private static void refused(Runnable action, String message) {
    String got = "nothing";
    try {
      action.run();
    } catch (NndException e) {
      got = e.getMessage().replaceFirst("; declared at .*$", "");
    }
    assertEquals(message, got);
  }

  private static void refused(Layer layer, String message, long... example) {
    refused(() -> Lower.lower(layer, List.of(InputSpec.of(example)), Mode.TRAINING), message);
  }

  @Test
  void badOptionsAreRefusedByName() {
    refused(() -> snnk(0), "snnk: the number of outputs must be at least 1, got 0");
    refused(
        () -> snnk(3).features(0), "snnk: the number of random features must be at least 1, got 0");
    refused(
        () -> snnk(3).activation("tanh"),
        "snnk: unknown activation 'tanh', expected one of relu, relu_squared, step, cos, sin,"
            + " gaussian, sinc, exp, cosh, sinh, rbf");
    refused(
        () -> snnk(3).renormalise(0.1),
        "snnk: relu features have no renormalisation M; exp, cosh, sinh, rbf, cos, sin, gaussian"
            + " and sinc have");
    refused(
        () -> snnk(3).activation("cos").renormalise(-0.25),
        "snnk: the renormalisation M must be above -0.25 (0 is plain), got -0.25");
    refused(
        () -> snnk(3).activation("rbf").bias(true),
        "snnk: rbf features take no bias: the Gaussian kernel of two points has none");
    refused(
        () -> snnk(3).polynomial(1),
        "snnk: a polynomial needs finite coefficients of degree 0, 1, … and one of degree 1 or"
            + " more that is not 0, got [1.0]");
    refused(
        () -> snnk(3).features(1).polynomial(0, 1, 1),
        "snnk: 1 random features are too few for a polynomial with 2 powers, each of which needs"
            + " one");
    refused(
        () -> snnk(3).map(new ArcCosine(3, 0)),
        "snnk: the order of arc-cosine features must be 0, 1 or 2, got 3");
    refused(
        () -> snnk(3).map(new ArcCosine(2, 0.1)),
        "snnk: a constant other than 0 belongs to ReLU features (order 1), got 0.1 at order 2");
    refused(
        () -> snnk(3).normalise(0),
        "snnk: the length to normalise to must be a positive number, got 0.0");
    refused(
        () -> snnkAdapter(4).downSample(0), "snnkAdapter: downSample must be at least 1, got 0");
    refused(() -> bundle(3), "bundle: expected at least one stage of random features");
  }

  @Test
  void inputsThatDoNotFitAreRefused() {
    refused(
        snnk(3).normaliseAxis(0),
        "snnk: cannot normalise along axis 0 of [N, 5]: expected 1 to 1, or -1 for the last",
        5);
    refused(
        snnk(3).features(2).projection(Tensor.ones(2, 4)),
        "projection_matrix: the given projection has the shape [2, 4], expected [2, 5]"
            + " (features, inputs)",
        5);
    refused(
        graphFeatures(TRIANGLE_WITH_TAIL),
        "graphFeatures: the graph has 5 nodes, the input [N, 4, 2] has 4 on axis 1",
        4,
        2);
    refused(
        graphFeatures(TRIANGLE_WITH_TAIL),
        "graphFeatures expects [N, nodes, channels] (rank 3), got [N, 5] (rank 2)",
        5);
  }

  @Test
  void badGraphsAreRefused() {
    refused(
        () -> CsrGraph.of(new int[] {0, 2, 1}, new int[] {0}, new float[] {1}),
        "the row starts of a CSR graph must rise from 0 to the number of edges, 1; element 2 is 1");
    refused(
        () -> CsrGraph.of(new int[] {0, 1}, new int[] {3}, new float[] {1}),
        "edge 0 of a CSR graph leads to node 3 with weight 1.0; expected nodes 0 to 0 and finite"
            + " weights");
    refused(
        () -> CsrGraph.undirected(3, new int[][] {{0, 3}}),
        "an edge joins two nodes of 0 to 2, got [0, 3]");
    refused(
        () -> graphFeatures(TRIANGLE_WITH_TAIL).halt(1),
        "graphFeatures: halt, the probability to end a walk, must be at least 0 and below 1, got"
            + " 1.0");
    refused(
        () -> graphFeatures(TRIANGLE_WITH_TAIL).ensembles(3),
        "graphFeatures: ensembles must be 1 or 2, got 3");
  }

  /** Masks are handed on, and names taken away are not missed. */
  @Test
  void masksPass() {
    Layer net = sequential(input("x", "mask"), bundle(3, 4), snnkAdapter(5), identity());
    List<InputSpec> specs = List.of(InputSpec.of(4, 2), new InputSpec("mask", DType.BOOL, 4));
    assertEquals(1, Lower.lower(net, specs, Mode.TRAINING).graph().outputs().size());
  }
}
