package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.train.Optimizer.adamW;
import static org.nnd.train.Training.train;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.data.DataSet;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.model.Model;
import org.nnd.onnx.imports.Value;

/** A file as a network. */
class OnnxNetworkTest {
  @TempDir private Path folder;

  private OnnxNetwork network(GraphProto.Builder graph) throws IOException {
    Path file = folder.resolve("model.onnx");
    return OnnxNetwork.read(Files.write(file, TestModels.model(graph).toByteArray()));
  }

  private static Map<String, Literal> values(Lowered lowered) {
    return lowered.variables().stream()
        .collect(Collectors.toMap(Variable::path, v -> v.initial(0)));
  }

  @Test
  void initialisersAreParametersWithTheFilesValues() throws IOException {
    OnnxNetwork network = network(TestModels.dense());
    Lowered lowered = Lower.lower(network, List.of(network.inputs()), Mode.TRAINING);
    assertEquals(
        List.of("W.weight", "W.bias"), lowered.variables().stream().map(Variable::path).toList());
    assertEquals(8, lowered.parameterCount());
    assertEquals("f32[N, 2]", lowered.graph().output().type().toString());
  }

  @Test
  void itComputesWhatTheFileSaysForEveryBatchSize() throws IOException {
    OnnxNetwork network = network(TestModels.dense());
    Lowered lowered = Lower.lower(network, List.of(network.inputs()), Mode.INFERENCE);
    Literal x = Literal.of(new float[] {1, 2, 4, 0, -2, 1}, 2, 3);
    Literal y =
        ReferenceEvaluator.evaluate(lowered.graph(), 2, Map.of("x", x), values(lowered)).output();
    // x W = [1 + 1 - 1, -1 + 4 + 3], [-1 - 0.25, -4 + 0.75]
    assertArrayEquals(new double[] {1.5, 5.5, 0, 0}, y.toDoubles(), 1e-12);
    try (OnnxRunner runner = new OnnxRunner(network.file(), new Engine.Reference())) {
      Value known = runner.run(Map.of("x", Value.Known.of(x))).get("y");
      assertTrue(known instanceof Value.Known);
      assertArrayEquals(y.toDoubles(), ((Value.Known) known).literal().toDoubles(), 1e-6);
    }
  }

  @Test
  void gradientsReachTheParameters() throws IOException {
    OnnxNetwork network = network(TestModels.dense());
    Lowered lowered = Lower.lower(network, List.of(network.inputs()), Mode.TRAINING);
    Node y = lowered.graph().output();
    Node loss = Operations.sum(y, List.of(0, 1));
    List<Node> gradients = Gradient.of(loss, lowered.graph().parameters());
    assertEquals(2, gradients.size());
    assertEquals("f32[2, 3]", gradients.get(0).type().toString());
  }

  @Test
  void openAxesMustBeGiven() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x", 4, -1))
            .addOutput(TestModels.port("y"))
            .addNode(TestModels.node("Relu", "y", "x"));
    OnnxNetwork network = network(graph);
    NndException e = assertThrows(NndException.class, network::inputs);
    assertTrue(e.getMessage().contains(".size(\"N\", …)"), e.getMessage());
    assertEquals("[7]", network.size("N", 7).inputs()[0].exampleShape().toString());
  }

  @Test
  void valuesThatOperatorsNeedAreBound() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x", -1, 2))
            .addOutput(TestModels.port("y"))
            .addNode(TestModels.node("NonZero", "y", "x"));
    OnnxNetwork network = network(graph);
    try (OnnxRunner runner = new OnnxRunner(network.file(), new Engine.Reference())) {
      for (float[] data : List.of(new float[] {0, 1, 2, 0}, new float[] {5, 0, 0, 0})) {
        Value y = runner.run(Map.of("x", Value.Known.of(Literal.of(data, 2, 2)))).get("y");
        int[] shape = ((Value.Known) y).literal().shape();
        assertArrayEquals(new int[] {2, data[0] == 0 ? 2 : 1}, shape);
      }
      assertEquals(Set.of("x"), runner.bound());
    }
    NndException e =
        assertThrows(
            NndException.class,
            () -> Lower.lower(network, List.of(network.inputs()), Mode.INFERENCE));
    assertTrue(e.getMessage().contains("NonZero"), e.getMessage());
  }

  @Test
  void aModelOfAFileIsTrained() throws IOException {
    Model model = OnnxImport.importOnnx(network(TestModels.dense()));
    float[][] x = new float[64][3];
    float[][] y = new float[64][2];
    Random random = new Random(3);
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < 3; k++) {
        x[i][k] = random.nextFloat();
      }
      y[i][0] = x[i][0] + x[i][1];
      y[i][1] = 2 * x[i][2];
    }
    Literal before = model.parameter("W.weight");
    double first = distance(model, x, y);
    train(model, DataSet.of(x, y)).optimizer(adamW(0.05)).epochs(20).batchSize(16).quiet().run();
    assertTrue(distance(model, x, y) < 0.2 * first, first + " to " + distance(model, x, y));
    assertFalse(before.equals(model.parameter("W.weight")));
  }

  private static double distance(Model model, float[][] x, float[][] y) {
    float[] found = model.predict(x).toFloats();
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      sum += Math.pow(found[i] - y[i / 2][i % 2], 2);
    }
    return sum;
  }
}
