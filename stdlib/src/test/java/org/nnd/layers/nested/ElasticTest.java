package org.nnd.layers.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.adaptiveAvgPool;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.sigmoid;
import static org.nnd.layers.nested.Nested.choice;
import static org.nnd.layers.nested.Nested.elastic;
import static org.nnd.layers.nested.Nested.elasticDepthwise;
import static org.nnd.layers.nested.Nested.elasticKernel;
import static org.nnd.layers.nested.Nested.full;
import static org.nnd.layers.nested.Nested.headAttention;
import static org.nnd.layers.nested.Nested.subnet;
import static org.nnd.layers.nested.Nested.supernet;
import static org.nnd.layers.nested.Reference.assertClose;
import static org.nnd.layers.nested.Reference.normal;
import static org.nnd.layers.nested.Reference.outputs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.Evaluation;
import org.nnd.layers.Conv;
import org.nnd.layers.Merged;

/** SortedNet and once-for-all: smaller networks are leading blocks of larger ones. */
class ElasticTest {
  /** Elastic resolution, width, depth and kernel; sigmoid does not keep zero, norms see widths. */
  private static Layer convNet() {
    Choice width = choice("width", 3, 8);
    Choice kernel = choice("kernel", 3, 5, 7);
    Layer block =
        residual(
            sequential(
                elasticDepthwise(kernel),
                batchNorm(),
                sigmoid(),
                elastic(choice("ratio", 1, 2), r -> conv(6 * r).kernel(1)),
                gelu(),
                elastic(width, w -> conv(w).kernel(1))));
    return sequential(
        elastic(choice("resolution", 5, 9), r -> adaptiveAvgPool(r, r)),
        named("stem", elastic(width, w -> elasticKernel(kernel, w))),
        batchNorm(),
        elastic(choice("depth", 1, 3), d -> repeat(d, block)),
        globalAvgPool(),
        dense(4));
  }

  /** Elastic heads, hidden width and depth around a residual stream of fixed width. */
  private static Layer transformer() {
    Choice heads = choice("heads", 1, 2, 3);
    Choice hidden = choice("hidden", 5, 7);
    Layer block =
        sequential(
            residual(layerNorm(), elastic(heads, h -> headAttention(h, 3))),
            residual(layerNorm(), elastic(hidden, w -> dense(w)), layerNorm(), dense(6)));
    return sequential(elastic(choice("depth", 1, 2), d -> repeat(d, block)), dense(3));
  }

  private static void checkEverySize(Layer net, Literal x) {
    Map<String, Literal> values = values(net, x);
    int differing = 0;
    Literal whole = outputs(net, x, values).get("y");
    for (Configuration configuration : Elastics.all(net)) {
      Literal slice = outputs(subnet(net, configuration), x, values).get("y");
      Merged alone =
          Extraction.extract(net, List.of(Reference.spec("x", x)), configuration, values);
      assertTrue(Elastics.choices(alone.layer()).isEmpty(), "nothing is left to choose");
      Lowered lowered = Reference.lower(alone.layer(), x, Mode.INFERENCE);
      assertEquals(
          lowered.variables().stream().map(Variable::path).toList(),
          List.copyOf(alone.weights().keySet()));
      Literal own = outputs(alone.layer(), x, alone.weights()).get("y");
      assertClose(own, slice, 1e-12, configuration.name());
      differing += Math.abs(own.get(0) - whole.get(0)) > 1e-6 ? 1 : 0;
    }
    assertEquals(Elastics.all(net).size() - 1, differing, "all but the whole network differ");
  }

  private static Map<String, Literal> values(Layer net, Literal x) {
    return Reference.variables(Reference.lower(net, x, Mode.TRAINING), 5);
  }

  @Test
  void everySubnetOfAConvNetEqualsItsExtractedNetwork() {
    checkEverySize(convNet(), normal(1, 2, 2, 9, 9));
  }

  @Test
  void everySubnetOfATransformerEqualsItsExtractedNetwork() {
    checkEverySize(transformer(), normal(1, 2, 4, 6));
  }

  @Test
  void extractionLeavesOrdinaryConvolutionsWithTheTransformedKernel() {
    Layer net = elasticKernel(choice("kernel", 1, 3, 5), 2);
    Literal x = normal(1, 1, 3, 6, 6);
    Merged alone =
        Extraction.extract(
            net, List.of(Reference.spec("x", x)), full().with("kernel", 3), values(net, x));
    assertTrue(alone.layer() instanceof Conv, alone.layer().toString());
    assertEquals("[2, 3, 3, 3]", Arrays.toString(alone.weights().get("weight").shape()));
    assertEquals(2, alone.weights().size(), "no matrices are left");
    // Identity matrices, as at first, make it the centre of the largest kernel.
    Map<String, Literal> initial =
        new LinkedHashMap<>(Reference.lower(net, x, Mode.TRAINING).initial(1));
    Literal centre =
        Extraction.extract(net, List.of(Reference.spec("x", x)), full().with("kernel", 1), initial)
            .weights()
            .get("weight");
    for (int i = 0; i < 6; i++) {
      assertEquals(initial.get("weight").get(i * 25 + 12), centre.get(i));
    }
  }

  @Test
  void gradientsOfSubnetsAccumulateInTheSharedStorage() {
    Layer net = convNet();
    List<Configuration> subnets =
        List.of(
            full().with("width", 3).with("kernel", 5),
            full().with("depth", 1).with("ratio", 1).with("resolution", 5));
    Literal x = normal(1, 2, 2, 9, 9);
    Map<String, Literal> values = values(net, x);
    Map<String, Literal> together =
        Reference.gradients(supernet(net, subnets), x, values, Mode.INFERENCE);
    Map<String, double[]> sums = new LinkedHashMap<>();
    add(sums, Reference.gradients(net, x, values, Mode.INFERENCE, 100), together);
    for (int i = 0; i < subnets.size(); i++) {
      Layer one = subnet(net, subnets.get(i));
      add(sums, Reference.gradients(one, x, values, Mode.INFERENCE, 101 + i), together);
    }
    together.forEach(
        (name, gradient) ->
            assertClose(Literal.of(sums.get(name), gradient.shape()), gradient, 1e-10, name));
    // The gradient of a subnet alone is that of its own variables, and 0 beside the leading block.
    Merged alone = Extraction.extract(net, List.of(Reference.spec("x", x)), subnets.get(1), values);
    Map<String, Literal> own =
        Reference.gradients(alone.layer(), x, alone.weights(), Mode.INFERENCE);
    Map<String, Literal> shared =
        Reference.gradients(subnet(net, subnets.get(1)), x, values, Mode.INFERENCE);
    int smaller = 0;
    for (Map.Entry<String, Literal> gradient : own.entrySet()) {
      Literal whole = shared.get(gradient.getKey());
      smaller += whole.count() > gradient.getValue().count() ? 1 : 0;
      assertClose(
          Reference.padded(gradient.getValue(), whole.shape()), whole, 1e-10, gradient.getKey());
    }
    assertTrue(smaller > 0, "some variables are larger than their block");
  }

  private static void add(
      Map<String, double[]> sums, Map<String, Literal> more, Map<String, Literal> all) {
    all.forEach((name, like) -> sums.computeIfAbsent(name, n -> new double[like.count()]));
    more.forEach((name, g) -> Arrays.setAll(sums.get(name), i -> sums.get(name)[i] + g.get(i)));
  }

  @Test
  void gradientsAreThoseOfCentralDifferences() {
    Literal x = normal(1, 2, 2, 9, 9);
    Configuration small = full().with("width", 3).with("kernel", 3).with("depth", 1);
    Reference.checkGradients(subnet(convNet(), small), x, Mode.TRAINING);
    Literal tokens = normal(2, 2, 3, 6);
    Reference.checkGradients(
        supernet(transformer(), List.of(Elastics.smallest(transformer()))), tokens, Mode.TRAINING);
  }

  /** Running statistics of a subnet go into the leading block; the rest stays as it was. */
  @Test
  void updatesOfASubnetChangeItsBlockAlone() {
    Layer net =
        sequential(
            named("a", elastic(choice("width", 2, 5), w -> conv(w).kernel(1))),
            named("norm", batchNorm()),
            globalAvgPool(),
            dense(2));
    Literal x = normal(1, 3, 2, 4, 4);
    Map<String, Literal> values = values(net, x);
    Configuration small = full().with("width", 2);
    Merged alone = Extraction.extract(net, List.of(Reference.spec("x", x)), small, values);
    Evaluation own = Reference.run(alone.layer(), x, alone.weights(), Mode.TRAINING);
    Evaluation shared = Reference.run(subnet(net, small), x, values, Mode.TRAINING);
    for (String name : List.of("norm.running_mean", "norm.running_var")) {
      Literal after = shared.updates().get(name);
      for (int i = 0; i < 5; i++) {
        double expected = i < 2 ? own.updates().get(name).get(i) : values.get(name).get(i);
        assertEquals(expected, after.get(i), 1e-12, name + " " + i);
      }
    }
  }

  @Test
  void configurationsAreDrawnAndCounted() {
    Layer net = convNet();
    assertEquals(48, Elastics.all(net).size());
    assertEquals(3, Elastics.all(net, "kernel").size());
    List<Configuration> drawn = Elastics.sample(net, 7, 1);
    assertEquals(7, drawn.stream().distinct().count());
    assertEquals(drawn, Elastics.sample(net, 7, 1));
    List<List<Configuration>> phases = Elastics.shrinking(net, 4, 1, "kernel", "depth", "width");
    assertEquals(List.of(1, 3, 4, 4), phases.stream().map(List::size).toList());
    assertTrue(
        phases.get(2).stream().allMatch(c -> c.size("width").isEmpty()),
        "the width becomes elastic last");
  }
}
