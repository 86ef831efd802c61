package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.adaptiveAvgPool;
import static org.nnd.layers.Layers.attention;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.convTranspose;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.groupNorm;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.rmsNorm;
import static org.nnd.layers.Layers.softmax;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Origin;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.onnx.OnnxExport;
import org.nnd.onnx.OnnxImport;
import org.nnd.onnx.exports.Call;
import org.nnd.onnx.exports.Program;

/** What an exported file consists of. */
class ExportTest {
  @TempDir private Path folder;

  private static Lowered lowered(Layer network, Mode mode, long... shape) {
    return Lower.lower(network, List.of(InputSpec.of(shape)), mode);
  }

  private static Program program(Layer network, Mode mode, long... shape) {
    Lowered lowered = lowered(network, mode, shape);
    return Program.of(lowered.graph(), lowered.initial(0));
  }

  private static Program program(Layer network, long... shape) {
    return program(network, Mode.INFERENCE, shape);
  }

  private static List<String> operators(Program program) {
    return program.main().calls().stream()
        .map(Call::operator)
        .filter(operator -> !operator.equals("Constant"))
        .toList();
  }

  @Test
  void layersBecomeTheirOperators() {
    assertEquals(
        List.of("Conv", "BatchNormalization", "Relu", "ReduceMean", "Gemm", "Softmax"),
        operators(
            program(
                sequential(
                    conv(8).bias(false), batchNorm(), relu(), globalAvgPool(), dense(3), softmax()),
                3,
                16,
                16)));
    assertEquals(
        List.of("LayerNormalization", "MatMul", "Add"),
        operators(program(sequential(layerNorm(), dense(3)), 5, 4)).stream()
            .filter(operator -> !operator.equals("Transpose"))
            .toList());
    assertTrue(program(gelu(), 4).operators().contains("Erf"));
    assertTrue(program(attention(2), 6, 8).operators().contains("Softmax"));
  }

  @Test
  void biasesGoWithTheirProducts() {
    assertEquals(
        List.of("Conv", "Relu", "ConvTranspose", "ReduceMean", "Gemm"),
        operators(
            program(
                sequential(conv(8), relu(), convTranspose(4), globalAvgPool(), dense(3)),
                3,
                16,
                16)));
    Call transposed = program(convTranspose(1), 3, 4, 4).main().calls().get(0);
    assertEquals(List.of("x", "weight", "bias"), transposed.inputs());
    assertEquals(List.of("Conv"), operators(program(conv(1), 3, 4, 4)));
  }

  /** What is added to a single channel makes more of them, which a bias cannot. */
  @Test
  void whatRepeatsTheResultIsNoBias() {
    Layer repeated =
        sequential(
            conv(1).bias(false),
            layer("repeated", x -> x.add(Tensor.full(DType.F32, Shape.of(5, 4, 4), 2))));
    assertFalse(
        program(repeated, 3, 4, 4).main().calls().stream()
            .anyMatch(call -> call.operator().equals("Conv") && call.inputs().size() == 3));
  }

  @Test
  void normalisationsAreShort() {
    assertEquals(
        List.of("Transpose", "LayerNormalization", "Transpose"),
        operators(program(layerNorm().channelsFirst(), 8, 5, 5)));
    assertEquals(
        List.of("Reshape", "InstanceNormalization", "Reshape"),
        operators(program(groupNorm(4).affine(false), 8, 5, 5)));
    assertEquals(
        List.of("BatchNormalization"), operators(program(batchNorm().affine(false), 8, 5, 5)));
    assertEquals(
        List.of("Mul", "ReduceMean", "Add", "Sqrt", "Reciprocal", "Reshape", "Mul", "Mul"),
        operators(program(rmsNorm(), 5, 8)));
    assertEquals(List.of("GlobalAveragePool"), operators(program(adaptiveAvgPool(1, 1), 8, 5, 5)));
    assertEquals(List.of("AveragePool"), operators(program(adaptiveAvgPool(3, 2), 8, 6, 6)));
  }

  @Test
  void transposedConvolutionsTakeTheWeightThatTheLayerDeclares() {
    Program program = program(convTranspose(4).groups(2).bias(false), 6, 5, 5);
    assertEquals(List.of("ConvTranspose"), operators(program));
    assertEquals(List.of("x", "weight"), program.main().calls().get(0).inputs());
  }

  @Test
  void everyCallKnowsItsLayer() {
    Program program =
        program(
            sequential(named("stem", conv(4)), named("head", sequential(relu(), gelu()))), 3, 8, 8);
    List<Call> calls =
        program.main().calls().stream()
            .filter(call -> !call.operator().equals("Constant"))
            .toList();
    assertEquals(
        new TreeSet<>(List.of("stem", "head.0", "head.1")),
        new TreeSet<>(calls.stream().map(Call::path).toList()));
    calls.forEach(
        call -> assertTrue(call.name().startsWith(call.path()) || call.name().equals("y")));
    assertTrue(program.initializers().containsKey("stem.weight"));
  }

  @Test
  void trainingFormGivesTheNewStatistics() {
    Program program = program(batchNorm(), Mode.TRAINING, 3, 8, 8);
    List<String> outputs = program.main().outputs().stream().map(o -> o.name()).toList();
    assertTrue(outputs.contains("running_mean.next"), outputs::toString);
    List<String> inputs = program.main().inputs().stream().map(i -> i.name()).toList();
    assertTrue(inputs.contains("running_mean"), inputs::toString);
  }

  @Test
  void dropoutDrawsTheSameNumbers() throws Exception {
    Lowered lowered = lowered(dropout(0.5), Mode.TRAINING, 1000);
    Exported.assertSame(
        folder.resolve("dropout.onnx"),
        lowered.graph(),
        lowered.initial(7),
        Samples.batches(lowered, 1, 3));
  }

  @Test
  void theStepThatIsDrawnIsAnInput() {
    Program program = program(dropout(0.5), Mode.TRAINING, 8);
    assertEquals(
        List.of("x", "rng.seed", "rng.step"),
        program.main().inputs().stream().map(input -> input.name()).toList());
    assertTrue(program.initializers().keySet().containsAll(List.of("rng.seed", "rng.step")));
  }

  /** The numbers within a GELU are not to be trained by whoever reads the file. */
  @Test
  void constantsAreNoParameters() {
    Path file = folder.resolve("gelu.onnx");
    Model model =
        Models.model(
            sequential(dense(4), gelu(), rmsNorm(), groupNorm(2).affine(false)), InputSpec.of(6));
    OnnxExport.exportOnnx(model, file);
    Model back = OnnxImport.importOnnx(file);
    assertEquals(model.parameterCount(), back.parameterCount());
    assertEquals(model.weights().keySet(), back.weights().keySet());
  }

  @Test
  void modelsAreWrittenWithTheirLayersAsMetadata() throws Exception {
    Path file = folder.resolve("model.onnx");
    Model model = Models.model(sequential(named("first", dense(4)), relu()), InputSpec.of(6));
    OnnxExport.exportOnnx(model, file);
    Literal x = Literal.of(new float[] {1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6}, 2, 6);
    try (OnnxRuntime runtime = OnnxRuntime.load(file)) {
      assertTrue(runtime.metadata().get("nnd.layers").contains("first\tdense"));
      assertEquals("inference", runtime.metadata().get("nnd.mode"));
      Literal expected = model.predict(Map.of("x", x)).values().iterator().next();
      Exported.assertClose("y", expected, runtime.run(Map.of("x", x)).values().iterator().next());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void whatHasNoCounterpartIsToldWithItsLayer() {
    Node x = Operations.input("x", TensorType.f32(Shape.of(3)));
    Node bits = new Origin("block.2", "net.nnd:7").during(() -> Operations.bitcast(x, DType.I32));
    Path file = folder.resolve("bits.onnx");
    Graph graph = Graph.of(List.of(x), Map.of("y", bits));
    NndException e =
        assertThrows(NndException.class, () -> OnnxExport.exportOnnx(graph, Map.of(), file));
    assertTrue(
        e.getMessage().startsWith("block.2 (net.nnd:7): Bitcast[dtype=i32], "), e.getMessage());
    assertTrue(e.getMessage().contains("cannot be written as ONNX"), e.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void aMissingValueIsTold() {
    Lowered lowered = lowered(dense(2), Mode.INFERENCE, 3);
    NndException e = assertThrows(NndException.class, () -> Program.of(lowered.graph(), Map.of()));
    assertEquals("the export needs a value of the variable weight", e.getMessage());
  }
}
