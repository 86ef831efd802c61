package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.Layers.scaledDotProduct;
import static org.nnd.layers.linear.LinearAttentions.kernelProduct;
import static org.nnd.train.Training.train;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Mode;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.onnx.imports.Value;
import org.nnd.train.History;
import org.nnd.train.Optimizer;

/** Attention recognised in files, in the forms that exporters write it in. */
class AttentionLayersTest {
  private static final int LENGTH = 3;
  private static final int FEATURES = 4;

  @TempDir private Path folder;

  /** Queries, keys, values [N, 2, 3, 4] and numbers [N, 1, 1, 3] that masks are made of. */
  private static GraphProto.Builder inputs() {
    return GraphProto.newBuilder()
        .addInput(TestModels.port("q", -1, 2, LENGTH, FEATURES))
        .addInput(TestModels.port("k", -1, 2, LENGTH, FEATURES))
        .addInput(TestModels.port("v", -1, 2, LENGTH, FEATURES))
        .addInput(TestModels.port("m", -1, 1, 1, LENGTH))
        .addOutput(TestModels.port("y", -1, 2, LENGTH, FEATURES))
        .addNode(
            TestModels.node("Transpose", "kt", "k").addAttribute(integers("perm", 0, 1, 3, 2)));
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  private static NodeProto.Builder number(String name, float value) {
    return tensor(name, List.of(), value);
  }

  /** A constant, which unlike an initialiser is not trained. */
  private static NodeProto.Builder tensor(String name, List<Long> shape, float... values) {
    return TestModels.node("Constant", name)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(TestModels.floats("", shape, values)));
  }

  /** Attention whose scores are what the nodes make of {@code q} and {@code kt}. */
  private Model model(NodeProto.Builder... scores) throws IOException {
    GraphProto.Builder graph = inputs();
    for (NodeProto.Builder node : scores) {
      graph.addNode(node);
    }
    return model(
        graph
            .addNode(
                TestModels.node("Softmax", "w", "s").addAttribute(TestModels.integer("axis", -1)))
            .addNode(TestModels.node("MatMul", "y", "w", "v").setName("/net/net.1/attn/MatMul_1")));
  }

  private Model model(GraphProto.Builder graph) throws IOException {
    Path file = folder.resolve("model.onnx");
    return OnnxImport.importOnnx(
        OnnxNetwork.read(Files.write(file, TestModels.model(graph).toByteArray())));
  }

  private static String describe(Model model) {
    return model.network().describe(specs(model));
  }

  private static InputSpec[] specs(Model model) {
    return model.inputs().toArray(InputSpec[]::new);
  }

  private static Map<String, Literal> values(Model model) {
    Map<String, Literal> values = new LinkedHashMap<>();
    for (InputSpec input : model.inputs()) {
      int[] shape = input.type().shape().at(2);
      float[] numbers = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) Math.sin(values.size() + 0.7 * i);
      }
      values.put(input.name(), Literal.of(numbers, shape));
    }
    return values;
  }

  private static float[] predict(Model model) {
    return model.predict(values(model)).values().iterator().next().toFloats();
  }

  /** The result and its gradients by the inputs are those of the file without any layer. */
  private void isAsBefore(Model model) {
    Map<String, Value> inputs = new LinkedHashMap<>();
    for (InputSpec input : model.inputs()) {
      inputs.put(input.name(), Value.Symbolic.of(Operations.input(input.name(), input.type())));
    }
    OnnxFile file = OnnxFile.read(folder.resolve("model.onnx"));
    Imported plain = OnnxImport.graph(file, inputs, DType.F32);
    List<double[]> wanted = derived(plain.graph(), values(model), plain.parameters());
    List<double[]> found =
        derived(model.lowered(Mode.TRAINING).graph(), values(model), model.values());
    assertEquals(wanted.size(), found.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertArrayEquals(wanted.get(i), found.get(i), 1e-5);
    }
  }

  private static List<double[]> derived(
      Graph graph, Map<String, Literal> inputs, Map<String, Literal> parameters) {
    Node y = graph.output();
    Node loss = Operations.sum(Operations.square(y), Operations.axes(y.rank()));
    Map<String, Node> results = new LinkedHashMap<>(Map.of("y", y));
    for (Node gradient : Gradient.of(loss, graph.inputs())) {
      results.put("d" + results.size(), gradient);
    }
    return ReferenceEvaluator.evaluate(Graph.of(graph.inputs(), results), 2, inputs, parameters)
        .outputs()
        .values()
        .stream()
        .map(Literal::toDoubles)
        .toList();
  }

  private void isLayer(String layer, NodeProto.Builder... scores) throws IOException {
    Model model = model(scores);
    assertEquals("onnx(\"model.onnx\")\n  net.1.attn.attention: " + layer + "\n", describe(model));
    isAsBefore(model);
  }

  private static NodeProto.Builder product(String output) {
    return TestModels.node("MatMul", output, "q", "kt");
  }

  @Test
  void theScaleMayBeAnywhere() throws IOException {
    isLayer("scaledDotProduct().scale(1.0)", product("s"));
    isLayer(
        "scaledDotProduct()", number("c", 2), product("p"), TestModels.node("Div", "s", "p", "c"));
    isLayer(
        "scaledDotProduct()",
        number("c", 0.70710678f),
        TestModels.node("Mul", "qs", "c", "q"),
        TestModels.node("Mul", "ks", "kt", "c"),
        TestModels.node("MatMul", "s", "qs", "ks"));
    isLayer(
        "scaledDotProduct().scale(0.3)",
        number("c", 0.3f),
        product("p"),
        TestModels.node("Mul", "s", "c", "p"));
  }

  @Test
  void numbersAreAdded() throws IOException {
    isLayer("scaledDotProduct().scale(1.0)", product("p"), TestModels.node("Add", "s", "m", "p"));
  }

  @Test
  void masksHideKeys() throws IOException {
    for (boolean infinite : new boolean[] {true, false}) {
      isLayer(
          "scaledDotProduct().scale(1.0)" + (infinite ? "" : ".fill(-1.0E9)"),
          number("zero", 0),
          number("never", infinite ? Float.NEGATIVE_INFINITY : -1e9f),
          TestModels.node("Less", "hidden", "m", "zero"),
          product("p"),
          TestModels.node("Where", "s", "hidden", "never", "p"));
    }
    isLayer(
        "scaledDotProduct().scale(1.0)",
        number("zero", 0),
        number("never", Float.NEGATIVE_INFINITY),
        TestModels.node("Less", "seen", "zero", "m"),
        product("p"),
        TestModels.node("Where", "s", "seen", "p", "never"));
  }

  @Test
  void triangularMasksAreCausal() throws IOException {
    float no = Float.NEGATIVE_INFINITY;
    isLayer(
        "scaledDotProduct().scale(1.0).causal()",
        tensor("causal", List.of(3L, 3L), 0, no, no, 0, 0, no, 0, 0, 0),
        product("p"),
        TestModels.node("Add", "s", "p", "causal"));
    isLayer(
        "scaledDotProduct().scale(1.0)",
        tensor("banded", List.of(3L, 3L), 0, no, no, 0, 0, no, no, 0, 0),
        product("p"),
        TestModels.node("Add", "s", "p", "banded"));
  }

  /** A module's buffer is an initialiser of numbers, as a weight is. */
  @Test
  void aBufferThatIsTriangularMakesItCausal() throws IOException {
    Model model =
        model(
            inputs()
                .addInitializer(
                    TestModels.floats("bias", List.of(1L, 1L, 3L, 3L), 1, 0, 0, 1, 1, 0, 1, 1, 1))
                .addNode(number("zero", 0))
                .addNode(number("never", -1e9f))
                .addNode(TestModels.node("Equal", "hidden", "bias", "zero"))
                .addNode(product("p"))
                .addNode(TestModels.node("Where", "s", "hidden", "never", "p"))
                .addNode(TestModels.node("Softmax", "w", "s"))
                .addNode(TestModels.node("MatMul", "y", "w", "v")));
    assertEquals(
        "onnx(\"model.onnx\")\n  attention: scaledDotProduct().scale(1.0).causal()\n",
        describe(model));
    assertTrue(model.weights().isEmpty());
    isAsBefore(model);
  }

  @Test
  void whatIsNotQuiteAttentionStays() throws IOException {
    NodeProto.Builder[][] forms = {
      // A mask before the scale; a scale that is trained.
      {
        number("c", 2),
        product("p"),
        TestModels.node("Add", "a", "p", "m"),
        TestModels.node("Mul", "s", "a", "c")
      },
      {product("p"), TestModels.node("Mul", "s", "p", "m")},
      {product("p"), TestModels.node("Relu", "s", "p")},
    };
    for (NodeProto.Builder[] form : forms) {
      Model model = model(form);
      assertEquals("onnx(\"model.onnx\")\n", describe(model));
      isAsBefore(model);
    }
    GraphProto.Builder shown =
        inputs()
            .addNode(product("s"))
            .addNode(TestModels.node("Softmax", "w", "s"))
            .addNode(TestModels.node("MatMul", "y", "w", "v"))
            .addOutput(TestModels.port("w", -1, 2, LENGTH, LENGTH));
    assertEquals("onnx(\"model.onnx\")\n", describe(model(shown)));
    GraphProto.Builder otherAxis =
        inputs()
            .addNode(product("s"))
            .addNode(
                TestModels.node("Softmax", "w", "s").addAttribute(TestModels.integer("axis", 2)))
            .addNode(TestModels.node("MatMul", "y", "w", "v"));
    assertEquals("onnx(\"model.onnx\")\n", describe(model(otherAxis)));
  }

  /** Two blocks with heads folded into the batch, as PyTorch's MultiheadAttention has them. */
  private static GraphProto.Builder folded() {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x0", -1, LENGTH, 2 * FEATURES))
            .addOutput(TestModels.port("x2", -1, LENGTH, 2 * FEATURES))
            .addInitializer(TestModels.longs("split", -1, LENGTH, FEATURES))
            .addInitializer(TestModels.longs("heads", 0, LENGTH, 2, FEATURES))
            .addInitializer(TestModels.longs("rows", -1, 2, LENGTH, FEATURES))
            .addInitializer(TestModels.longs("join", 0, LENGTH, 2 * FEATURES))
            .addNode(number("c", 0.5f));
    for (int block = 0; block < 2; block++) {
      String b = "b" + block + ".";
      for (String part : List.of("q", "k", "v")) {
        float[] weight = new float[64];
        for (int i = 0; i < weight.length; i++) {
          weight[i] = (float) Math.sin(i + part.charAt(0) + block) / 3;
        }
        graph
            .addInitializer(TestModels.floats(b + part + ".weight", List.of(8L, 8L), weight))
            .addNode(TestModels.node("MatMul", b + part, "x" + block, b + part + ".weight"))
            .addNode(TestModels.node("Reshape", b + part + "4", b + part, "heads"))
            .addNode(
                TestModels.node("Transpose", b + part + "turned", b + part + "4")
                    .addAttribute(integers("perm", 0, 2, 1, 3)))
            .addNode(TestModels.node("Reshape", b + part + "3", b + part + "turned", "split"));
      }
      graph
          .addNode(TestModels.node("Mul", b + "s", b + "q3", "c"))
          .addNode(
              TestModels.node("Transpose", b + "kt", b + "k3")
                  .addAttribute(integers("perm", 0, 2, 1)))
          .addNode(TestModels.node("MatMul", b + "p", b + "s", b + "kt"))
          .addNode(TestModels.node("Softmax", b + "w", b + "p"))
          .addNode(
              TestModels.node("MatMul", b + "y", b + "w", b + "v3")
                  .setName("/b" + block + "/MatMul_1"))
          .addNode(TestModels.node("Reshape", b + "y4", b + "y", "rows"))
          .addNode(
              TestModels.node("Transpose", b + "yt", b + "y4")
                  .addAttribute(integers("perm", 0, 2, 1, 3)))
          .addNode(TestModels.node("Reshape", "x" + (block + 1), b + "yt", "join"));
    }
    return graph;
  }

  @Test
  void headsMayBeFoldedIntoTheBatch() throws IOException {
    Model model = model(folded());
    assertEquals(
        """
        onnx("model.onnx")
          b0.q: dense(8).bias(false)
          b0.k: dense(8).bias(false)
          b0.v: dense(8).bias(false)
          b0.attention: scaledDotProduct()
          b1.q: dense(8).bias(false)
          b1.k: dense(8).bias(false)
          b1.v: dense(8).bias(false)
          b1.attention: scaledDotProduct()
        """,
        describe(model));
    assertTrue(model.summary().contains("b1.attention"), model.summary());
    isAsBefore(model);
    assertArrayEquals(predict(model), predict(Models.merge(model)), 1e-5f);
  }

  @Test
  void attentionIsRewrittenByPositiveRandomFeatures() throws IOException {
    Model model = model(folded());
    Layer linear = model.network().rewrite(scaledDotProduct(), a -> kernelProduct(1024));
    Model other = Models.model(linear, specs(model));
    assertTrue(describe(other).contains("b0.attention: kernelProduct(1024)"), describe(other));
    assertArrayEquals(
        new int[] {4, 512}, other.parameter("b1.attention.feature_map.omega").shape());
    assertEquals(model.parameter("b0.q.weight"), other.parameter("b0.q.weight"));
    assertArrayEquals(predict(model), predict(other), 0.05f);
    assertFalse(Arrays.equals(predict(model), predict(other)));
  }

  @Test
  void aKernelTakesNoMask() throws IOException {
    Model model = model(product("p"), TestModels.node("Add", "s", "p", "m"));
    Layer linear = model.network().rewrite(scaledDotProduct(), a -> kernelProduct(64));
    NndException e = assertThrows(NndException.class, () -> Models.model(linear, specs(model)));
    assertTrue(
        e.getMessage().startsWith("net.1.attn.attention: kernelProduct takes no mask"),
        e.getMessage());
  }

  @Test
  void itIsExportedAgain() throws IOException {
    Model model = model(folded());
    Path file = folder.resolve("again.onnx");
    OnnxExport.exportOnnx(model, file);
    Model again = OnnxImport.importOnnx(file);
    assertArrayEquals(predict(model), predict(again), 1e-5f);
    assertEquals(describe(model).replace("model.onnx", "again.onnx"), describe(again));
  }

  /** The file has weights that are zero where softmax of nothing would be no number. */
  @Test
  void masksAreExportedAgain() throws IOException {
    NodeProto.Builder[] hidden = {
      number("zero", 0),
      number("never", Float.NEGATIVE_INFINITY),
      TestModels.node("Less", "hidden", "m", "zero"),
      product("p"),
      TestModels.node("Where", "s", "hidden", "never", "p")
    };
    float no = Float.NEGATIVE_INFINITY;
    NodeProto.Builder[] causal = {
      tensor("causal", List.of(3L, 3L), 0, no, no, 0, 0, no, 0, 0, 0),
      product("p"),
      TestModels.node("Add", "s", "p", "causal")
    };
    for (NodeProto.Builder[] form : List.of(hidden, causal)) {
      Model model = model(form);
      Path file = folder.resolve("again.onnx");
      OnnxExport.exportOnnx(model, file);
      Model again = OnnxImport.importOnnx(file);
      assertArrayEquals(predict(model), predict(again), 1e-5f);
      assertEquals(describe(model).replace("model.onnx", "again.onnx"), describe(again));
    }
  }

  @Test
  void whatIsAroundItIsTrained() throws IOException {
    Model model = model(folded());
    int[] shape = {LENGTH, 2 * FEATURES};
    float[] tokens = new float[8 * LENGTH * 2 * FEATURES];
    float[] targets = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (float) Math.sin(i);
      targets[i] = 0.3f;
    }
    int[] all = {8, LENGTH, 2 * FEATURES};
    DataSet data =
        DataSet.of(
            List.of(Field.input("x", Kind.F32, shape), Field.target("y", Kind.F32, shape)),
            List.of(Column.of("x", all, tokens), Column.of("y", all, targets)));
    Literal before = model.parameter("b0.q.weight");
    History history =
        train(model, data).optimizer(Optimizer.adamW(0.01)).batchSize(8).epochs(30).quiet().run();
    double first = history.epochs().get(0).get("loss");
    assertTrue(history.last("loss") < 0.8 * first, history::toString);
    assertFalse(Arrays.equals(before.toFloats(), model.parameter("b0.q.weight").toFloats()));
  }
}
