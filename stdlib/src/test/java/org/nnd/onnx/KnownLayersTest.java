package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.snnk.Snnk.snnk;
import static org.nnd.model.Models.merge;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.onnx.imports.Value;

/** Layers recognised in files: what they compute, how they are called, how they are changed. */
class KnownLayersTest {
  private static final float[] X = values(2 * 2 * 4 * 4, 0.3);

  @TempDir private Path folder;

  private Model model(GraphProto.Builder graph) throws IOException {
    Path file = folder.resolve("model.onnx");
    return OnnxImport.importOnnx(
        OnnxNetwork.read(Files.write(file, TestModels.model(graph).toByteArray())));
  }

  private static float[] values(int count, double step) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.sin(1 + i * step);
    }
    return values;
  }

  /** Two rows of convolution and batch norm, whose vectors of ones and zeros are kept once. */
  private static GraphProto.Builder convolutions() {
    return GraphProto.newBuilder()
        .addInput(TestModels.port("x", -1, 2, 4, 4))
        .addOutput(TestModels.port("y", -1, 3, 2, 2))
        .addInitializer(TestModels.floats("a.conv.weight", List.of(3L, 2L, 3L, 3L), values(54, 1)))
        .addInitializer(TestModels.floats("b.conv.weight", List.of(3L, 3L, 1L, 1L), values(9, 2)))
        .addInitializer(TestModels.floats("a.bn.weight", List.of(3L), 1, 2, -1))
        .addInitializer(TestModels.floats("a.bn.bias", List.of(3L), 0.5f, 0, 1))
        .addInitializer(TestModels.floats("a.bn.running_mean", List.of(3L), 0.1f, -0.2f, 0.3f))
        .addInitializer(TestModels.floats("a.bn.running_var", List.of(3L), 1, 0.5f, 2))
        .addNode(TestModels.node("Conv", "c", "x", "a.conv.weight"))
        .addNode(bn("n", "c"))
        .addNode(TestModels.node("Relu", "r", "n"))
        .addNode(TestModels.node("Conv", "d", "r", "b.conv.weight"))
        .addNode(bn("y", "d"));
  }

  private static NodeProto.Builder bn(String output, String input) {
    return TestModels.node(
        "BatchNormalization",
        output,
        input,
        "a.bn.weight",
        "a.bn.bias",
        "a.bn.running_mean",
        "a.bn.running_var");
  }

  private static String describe(Model model) {
    return model.network().describe(model.inputs().toArray(InputSpec[]::new));
  }

  private static float[] predict(Model model) {
    return model
        .predict(Map.of("x", Literal.of(X, 2, 2, 4, 4)))
        .values()
        .iterator()
        .next()
        .toFloats();
  }

  @Test
  void rowsOfConvolutionAndBatchNormAreLayers() throws IOException {
    assertEquals(
        """
        onnx("model.onnx")
          sequential
            a.conv: conv(3).kernel(3).padding(0).bias(false)
            a.bn: batchNorm()
          sequential
            b.conv: conv(3).kernel(1).padding(0).bias(false)
            a.bn#2: batchNorm()
        """,
        describe(model(convolutions())));
  }

  @Test
  void batchNormsAreFoldedIntoConvolutions() throws IOException {
    Model model = model(convolutions());
    Model merged = merge(model);
    assertEquals(
        List.of("a.conv.bias", "a.conv.weight", "b.conv.bias", "b.conv.weight"),
        merged.weights().keySet().stream().sorted().toList());
    assertArrayEquals(predict(model), predict(merged), 1e-5f);
    try (OnnxRunner runner =
        new OnnxRunner(OnnxFile.read(folder.resolve("model.onnx")), new Engine.Reference())) {
      var y =
          (Value.Known) runner.run(Map.of("x", Value.Known.of(Literal.of(X, 2, 2, 4, 4)))).get("y");
      assertArrayEquals(y.literal().toFloats(), predict(merged), 1e-5f);
    }
  }

  @Test
  void denseLayersAreRewrittenAndTheOthersKeepTheirWeights() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x", -1, 3))
            .addOutput(TestModels.port("y", -1, 2))
            .addInitializer(TestModels.floats("fc1.weight", List.of(4L, 3L), values(12, 1)))
            .addInitializer(TestModels.floats("fc1.bias", List.of(4L), values(4, 1)))
            .addInitializer(TestModels.floats("turned", List.of(2L, 4L), values(8, 2)))
            .addInitializer(TestModels.floats("fc2.bias", List.of(2L), values(2, 1)))
            .addNode(
                TestModels.node("Gemm", "g", "x", "fc1.weight", "fc1.bias")
                    .addAttribute(TestModels.integer("transB", 1)))
            .addNode(TestModels.node("Relu", "r", "g"))
            .addNode(TestModels.node("Transpose", "t", "turned"))
            .addNode(TestModels.node("MatMul", "m", "r", "t"))
            .addNode(TestModels.node("Add", "y", "fc2.bias", "m"));
    Model model = model(graph);
    assertEquals(
        """
        onnx("model.onnx")
          fc1: dense(4)
          fc2: dense(2)
        """,
        describe(model));
    InputSpec[] inputs = model.inputs().toArray(InputSpec[]::new);
    Layer lean = model.network().rewrite(dense(1), d -> snnk(d.out()));
    assertTrue(lean.describe(inputs).contains("fc1: snnk(4)"), lean.describe(inputs));
    Layer wrong = model.network().rewrite(dense(1), d -> dense(5));
    NndException e = assertThrows(NndException.class, () -> Models.model(wrong, inputs));
    assertTrue(
        e.getMessage().startsWith("fc1: gives f32[N, 5]; the file goes on with f32[N, 4]"),
        e.getMessage());
    Layer narrow = model.network().rewrite(dense(1), d -> d.out() == 4 ? dense(4).bias(false) : d);
    Model other = Models.model(narrow, inputs);
    assertFalse(other.weights().containsKey("fc1.bias"));
    assertEquals(model.parameter("fc2.weight"), other.parameter("fc2.weight"));
    assertArrayEquals(new int[] {2, 4}, other.parameter("fc2.weight").shape());
  }

  @Test
  void aMatrixThatTwoProductsShareStaysOne() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x", -1, 3))
            .addOutput(TestModels.port("y", -1, 3))
            .addInitializer(TestModels.floats("w", List.of(3L, 3L), values(9, 1)))
            .addNode(TestModels.node("MatMul", "h", "x", "w"))
            .addNode(TestModels.node("MatMul", "y", "h", "w"));
    Model model = model(graph);
    assertEquals(List.of("w"), List.copyOf(model.weights().keySet()));
    assertEquals("onnx(\"model.onnx\")\n", describe(model));
  }

  /** A file for one example: its Reshape, and its class token, name that batch size. */
  @Test
  void aFileForOneExampleTakesAnyBatch() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x", 1, 2, 6))
            .addOutput(TestModels.port("y", 1, 3, 2, 3))
            .addInitializer(TestModels.floats("token", List.of(1L, 1L, 6L), values(6, 1)))
            .addInitializer(TestModels.longs("heads", 1, 3, 2, 3))
            .addNode(
                TestModels.node("Concat", "c", "token", "x")
                    .addAttribute(TestModels.integer("axis", 1)))
            .addNode(TestModels.node("Reshape", "y", "c", "heads"));
    Model model = model(graph);
    float[] x = values(2 * 12, 1);
    Literal y = model.predict(Map.of("x", Literal.of(x, 2, 2, 6))).values().iterator().next();
    assertArrayEquals(new int[] {2, 3, 2, 3}, y.shape());
    float[] found = y.toFloats();
    assertArrayEquals(values(6, 1), Arrays.copyOfRange(found, 18, 24), 0);
    assertArrayEquals(Arrays.copyOfRange(x, 12, 24), Arrays.copyOfRange(found, 24, 36), 0);
  }

  /** What PyTorch writes for {@code token.expand(x.shape[0], -1)}. */
  @Test
  void expandToTheBatchSizeIsFollowedThroughWhere() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x", -1, 2))
            .addOutput(TestModels.port("y", -1, 2))
            .addInitializer(TestModels.floats("token", List.of(1L, 2L), 3, 4))
            .addInitializer(TestModels.longs("first", 0))
            .addInitializer(TestModels.longs("open", -1))
            .addInitializer(TestModels.longs("opens", -1, -1))
            .addInitializer(TestModels.longs("ones", 1, 1))
            .addNode(TestModels.node("Shape", "s", "x"))
            .addNode(TestModels.node("Gather", "n", "s", "first"))
            .addNode(
                TestModels.node("Concat", "w", "n", "open")
                    .addAttribute(TestModels.integer("axis", 0)))
            .addNode(TestModels.node("Equal", "e", "w", "opens"))
            .addNode(TestModels.node("Where", "v", "e", "ones", "w"))
            .addNode(TestModels.node("Expand", "t", "token", "v"))
            .addNode(TestModels.node("Add", "y", "x", "t"));
    Model model = model(graph);
    Literal y =
        model
            .predict(Map.of("x", Literal.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2)))
            .values()
            .iterator()
            .next();
    assertArrayEquals(new float[] {4, 6, 6, 8, 8, 10}, y.toFloats(), 0);
  }
}
