package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.checkpoint;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.residualWith;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.format.Json;
import org.nnd.ir.Literal;
import org.nnd.layers.Layers;
import org.nnd.layers.Merge;
import org.nnd.layers.Merged;
import org.nnd.layers.convnets.ConvNets;
import org.nnd.layers.snnk.CsrGraph;
import org.nnd.layers.snnk.RandomFeatures;
import org.nnd.layers.snnk.Snnk;
import org.nnd.zoo.Zoo;

class DescriptionsTest {
  private static Layer through(Layer layer) {
    String text = Json.text(Descriptions.toJson(layer));
    return Descriptions.fromJson(Json.parse(text, "test"));
  }

  private static void assertSame(Layer layer) {
    Layer back = through(layer);
    assertEquals(layer, back);
    assertEquals(layer.describe(), back.describe());
    assertEquals(layer.site().text(), back.site().text());
  }

  /** Every factory of the standard layers, called with 5 for every number. */
  @Test
  void everyLayerComesBackEqual() throws Exception {
    int made = 0;
    List<Method> methods = new ArrayList<>(List.of(Layers.class.getDeclaredMethods()));
    methods.addAll(List.of(ConvNets.class.getDeclaredMethods()));
    for (Method method : methods) {
      if (!Modifier.isPublic(method.getModifiers())
          || !Layer.class.isAssignableFrom(method.getReturnType())) {
        continue;
      }
      List<Object> arguments = new ArrayList<>();
      for (Class<?> type : method.getParameterTypes()) {
        arguments.add(argument(method, type));
      }
      assertSame((Layer) method.invoke(null, arguments.toArray()));
      made++;
    }
    assertTrue(made > 50, made + " factories");
  }

  @Test
  void publishedNetworksComeBackEqual() {
    assertSame(Zoo.repLKNet31B(10));
    assertSame(Zoo.uniRepLKNet("a", 10));
    assertSame(Zoo.convNeXt("t", 10));
    assertSame(Zoo.inceptionNeXt("atto", 10));
    assertSame(Zoo.slak("t", 10));
    assertSame(Zoo.lsNet("t", 10));
    assertSame(Zoo.lskNet("t"));
    assertSame(Zoo.skNet("next50", 10));
    assertSame(Zoo.convMixer(8, 2, 10).shared(true));
  }

  @Test
  void layersOfRandomFeaturesComeBackEqual() {
    assertSame(Snnk.snnk(3).activation("gaussian").simplex().seed(7).normalise(2).bias(true));
    assertSame(Snnk.snnk(3).features(2).projection(Tensor.ones(2, 5)));
    assertSame(Snnk.snnk().polynomial(0, 1, 2).tied(true));
    assertSame(Snnk.bundle(3, 7, 5).each(RandomFeatures::orthogonal).bias(true));
    assertSame(Snnk.snnkAdapter(4).downSample(3).normBefore(true));
    CsrGraph graph = CsrGraph.undirected(3, new int[][] {{0, 1}, {1, 2}});
    assertSame(Snnk.graphFeatures(graph.normalised()).walks(5).ensembles(1));
  }

  private static Object argument(Method method, Class<?> type) {
    if (type == int.class) {
      // Convolutions with the number of their axes have no fifth one.
      boolean axes = List.of("conv", "depthwise").contains(method.getName());
      return axes && method.getParameterCount() == 2 ? 3 : 5;
    }
    if (type == double.class) {
      return 0.5;
    }
    if (type == int[].class) {
      return method.getName().equals("permute") ? new int[] {0, 2, 1} : new int[] {3, 3};
    }
    if (type == long[].class) {
      return new long[] {3, 3};
    }
    if (type == String.class) {
      return "relu";
    }
    return Layers.conv(3);
  }

  @Test
  void combinationsComeBackEqual() {
    assertSame(
        sequential(
            named("stem", share("w", Layers.dense(3))),
            repeat(2, checkpoint(Layers.mlp(2))),
            residualWith(Layers.dense(3), parallel(Layers.dense(1), Layers.dense(2)).concat(-1))));
    Initializer given = Initializer.literal(Literal.of(new float[] {1, 2}, 2, 1));
    Initializer narrow = Initializer.truncatedNormal(0.02);
    assertSame(Layers.dense(2).initializer(given, Initializer.normal(0, 0.1)));
    assertSame(Layers.dense(2).initializer(narrow, Initializer.constant(Double.NaN)));
  }

  @Test
  void mergedNetworksComeBackEqual() {
    Layer net = sequential(Layers.repLKBlock(5), Layers.repVggBlock(2));
    Model m = Models.model(net, InputSpec.of(2, 6, 6));
    Merged merged = Merge.merge(net, m.inputs(), m.weights());
    assertSame(merged.layer());
  }

  /** A user's own. */
  private record Mine() implements UnaryLayer {
    @Override
    public Tensor lower(Lowering at, Tensor x) {
      return x;
    }
  }

  @Test
  void codeIsRefused() {
    assertRefused(
        "layer(\"twice\", …); declared at DescriptionsTest.java:",
        () -> Descriptions.toJson(sequential(layer("twice", x -> x.mul(2)))));
    assertRefused("Mine is a layer of your own", () -> Descriptions.toJson(sequential(new Mine())));
  }

  @Test
  void aFileNamesNoOtherClasses() {
    for (String name :
        List.of(
            "java.lang.String",
            "layers.Layers",
            "layers.Nothing",
            "layers.Slots",
            "dsl.Traced",
            "dsl.CustomKernel",
            "dsl/../Conv",
            "layers.Conv$",
            "format.Json",
            "dsl.internal.Evil",
            "")) {
      assertRefused(
          "this version of NND knows no layer '" + name + "'",
          () -> Descriptions.fromJson(Map.of("is", name)));
    }
    assertRefused(
        "a Layer was expected, found dsl.Site",
        () -> Descriptions.fromJson(Map.of("is", "dsl.Site", "text", "x")));
    assertRefused("network: a Layer was expected, found 3", () -> Descriptions.fromJson(3L));
  }

  @Test
  void damagedDescriptionsAreRefusedByPlace() {
    String text = Json.text(Descriptions.toJson(Layers.repLKBlock(5)));
    Map<?, ?> good = (Map<?, ?>) Json.parse(text, "test");
    assertRefused(
        "network: 'kernel' is missing", () -> Descriptions.fromJson(Map.of("is", good.get("is"))));
    Map<Object, Object> even = new java.util.HashMap<>(good);
    even.put("kernel", 4L);
    assertRefused("network: repLKBlock: the kernel must be odd", () -> Descriptions.fromJson(even));
    even.put("kernel", "five");
    assertRefused(
        "network.kernel: a int was expected, found five", () -> Descriptions.fromJson(even));
  }
}
