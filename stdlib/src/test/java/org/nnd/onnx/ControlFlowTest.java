package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.onnx.imports.Value;

/** Branches and loops give what ONNX Runtime gives, in the form that suits them. */
class ControlFlowTest {
  private static final Literal X = Literal.of(new float[] {0.5f, -1, 2, 0.25f}, 2, 2);
  private static final Literal WEIGHTS = Literal.of(new float[] {0.5f, 0.1f, -0.2f, 0.7f}, 2, 2);
  private static final Literal YES = new Literal(DType.BOOL, new int[0], new byte[] {1});

  @TempDir Path folder;

  private static NodeProto node(String operator, List<String> inputs, List<String> outputs) {
    return SmallModel.node(operator, inputs, outputs, Map.of());
  }

  private static long count(Imported imported, Class<? extends Op> operation) {
    return imported.graph().nodes().stream().filter(n -> operation.isInstance(n.op())).count();
  }

  /** A body v -> tanh(v w) + x with an optional result sequence, and a condition. */
  private static GraphProto.Builder body(String condition) {
    return GraphProto.newBuilder()
        .setName("body")
        .addInput(SmallModel.port("turn", DType.I64))
        .addInput(SmallModel.port("before", DType.BOOL))
        .addInput(SmallModel.port("v", DType.F32, 2, 2))
        .addNode(node("MatMul", List.of("v", "w"), List.of("product")))
        .addNode(node("Tanh", List.of("product"), List.of("bounded")))
        .addNode(node("Add", List.of("bounded", "x"), List.of("next")))
        .addOutput(SmallModel.port(condition, DType.BOOL))
        .addOutput(SmallModel.port("next", DType.F32, 2, 2));
  }

  private static GraphProto.Builder endless() {
    return body("after").addNode(node("Identity", List.of("before"), List.of("after")));
  }

  private static GraphProto.Builder whileSmall() {
    return body("after")
        .addNode(
            SmallModel.node("ReduceSum", List.of("next"), List.of("sum"), Map.of("keepdims", 0)))
        .addNode(node("Less", List.of("sum", "limit"), List.of("after")));
  }

  private static SmallModel loop(long turns, GraphProto.Builder body, int sequences) {
    List<String> outputs = sequences == 0 ? List.of("y0") : List.of("y0", "y1");
    SmallModel model = new SmallModel(13).input("x", X);
    model.constant("w", WEIGHTS).constant("limit", Literal.of(new float[] {1.9f}));
    model.constant("turns", Literal.of(new long[] {turns})).constant("yes", YES);
    model.add(
        SmallModel.node(
            "Loop", List.of("turns", "yes", "x"), outputs, Map.of("body", body.build())));
    outputs.forEach(model::output);
    return model;
  }

  private static GraphProto.Builder withSequence(GraphProto.Builder body) {
    return body.addNode(node("Neg", List.of("next"), List.of("element")))
        .addOutput(SmallModel.port("element", DType.F32, 2, 2));
  }

  @Test
  void aFewTurnsAreUnrolled() {
    Imported imported =
        RuntimeAgreement.check(loop(3, withSequence(endless()), 1), folder, "few turns");
    assertEquals(0, count(imported, Op.Scan.class));
  }

  @Test
  void manyTurnsAreAScan() {
    Imported imported =
        RuntimeAgreement.check(loop(40, withSequence(endless()), 1), folder, "many turns");
    assertEquals(1, count(imported, Op.Scan.class));
  }

  @Test
  void aConditionOnTheStateMakesAWhileLoop() {
    for (long turns : new long[] {5, 100}) {
      Imported imported = RuntimeAgreement.check(loop(turns, whileSmall(), 0), folder, "while");
      assertEquals(1, count(imported, Op.While.class), turns + " turns");
    }
  }

  @Test
  void aResultSequenceOfUnknownLengthNeedsTheInputs() {
    Imported imported =
        RuntimeAgreement.check(loop(100, withSequence(whileSmall()), 1), folder, "sequence");
    assertEquals(0, count(imported, Op.While.class));
  }

  @Test
  void noTurnsGiveTheStateAndAnEmptySequence() {
    RuntimeAgreement.check(loop(0, withSequence(endless()), 1), folder, "no turns");
  }

  @Test
  void aStateThatGrowsIsUnrolled() {
    GraphProto.Builder body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(SmallModel.port("turn", DType.I64))
            .addInput(SmallModel.port("before", DType.BOOL))
            .addInput(SmallModel.port("v", DType.F32, 2, 2).toBuilder().clearType())
            .addNode(
                SmallModel.node("Concat", List.of("v", "x"), List.of("next"), Map.of("axis", 0)))
            .addNode(node("Identity", List.of("before"), List.of("after")))
            .addOutput(SmallModel.port("after", DType.BOOL))
            .addOutput(SmallModel.port("next", DType.F32).toBuilder().clearType());
    RuntimeAgreement.check(loop(20, body, 0), folder, "growing");
  }

  private static GraphProto branch(String operator, List<String> inputs, String output) {
    return GraphProto.newBuilder()
        .setName(output)
        .addNode(node(operator, inputs, List.of(output)))
        .addOutput(SmallModel.port(output, DType.F32, 2, 2))
        .build();
  }

  private static SmallModel choice(Literal x, GraphProto then, GraphProto otherwise) {
    SmallModel model = new SmallModel(13).input("x", x);
    model.constant("w", WEIGHTS).constant("limit", Literal.of(new float[] {0}));
    model.add(SmallModel.node("ReduceSum", List.of("x"), List.of("sum"), Map.of("keepdims", 0)));
    model.add(node("Greater", List.of("sum", "limit"), List.of("positive")));
    model.add(
        SmallModel.node(
            "If",
            List.of("positive"),
            List.of("y0"),
            Map.of("then_branch", then, "else_branch", otherwise)));
    return model.output("y0");
  }

  @Test
  void branchesOnDataAreInTheGraph() {
    GraphProto then = branch("MatMul", List.of("x", "w"), "t");
    GraphProto otherwise = branch("Neg", List.of("x"), "e");
    for (float sign : new float[] {1, -1}) {
      Literal x = Literal.of(new float[] {sign, 2 * sign, sign, 3 * sign}, 2, 2);
      Imported imported = RuntimeAgreement.check(choice(x, then, otherwise), folder, "if");
      assertEquals(1, count(imported, Op.Cond.class));
      assertTrue(imported.parameters().containsKey("w"));
    }
  }

  @Test
  void branchesOfUnequalShapesNeedTheCondition() {
    GraphProto then =
        GraphProto.newBuilder()
            .setName("t")
            .addNode(SmallModel.node("Concat", List.of("x", "x"), List.of("t"), Map.of("axis", 0)))
            .addOutput(SmallModel.port("t", DType.F32).toBuilder().clearType())
            .build();
    GraphProto otherwise = branch("Neg", List.of("x"), "e");
    Imported imported = RuntimeAgreement.check(choice(X, then, otherwise), folder, "shapes");
    assertEquals(0, count(imported, Op.Cond.class));
  }

  @Test
  void scansRunForwardAndBackwardAlongAnyAxis() {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(SmallModel.port("state", DType.F32, 2))
            .addInput(SmallModel.port("element", DType.F32, 2))
            .addNode(node("Mul", List.of("state", "element"), List.of("product")))
            .addNode(node("Add", List.of("product", "offset"), List.of("next")))
            .addNode(node("Identity", List.of("next"), List.of("seen")))
            .addOutput(SmallModel.port("next", DType.F32, 2))
            .addOutput(SmallModel.port("seen", DType.F32, 2))
            .build();
    Literal sequence = Literal.of(new float[] {1, 2, 3, -1, 0.5f, 0.25f}, 2, 3);
    for (int direction : new int[] {0, 1}) {
      SmallModel model =
          new SmallModel(13)
              .input("start", Literal.of(new float[] {1, -2}, 2))
              .input("sequence", sequence)
              .constant("offset", Literal.of(new float[] {0.5f, 1}, 2));
      model.add(
          SmallModel.node(
              "Scan",
              List.of("start", "sequence"),
              List.of("y0", "y1"),
              Map.of(
                  "body",
                  body,
                  "num_scan_inputs",
                  1,
                  "scan_input_axes",
                  List.of(1),
                  "scan_input_directions",
                  List.of(direction),
                  "scan_output_axes",
                  List.of(1),
                  "scan_output_directions",
                  List.of(1 - direction))));
      model.output("y0").output("y1");
      Imported imported = RuntimeAgreement.check(model, folder, "scan " + direction);
      assertEquals(1, count(imported, Op.Scan.class));
    }
  }

  @Test
  void aWrongNumberOfSequencesIsNamed() {
    SmallModel model = new SmallModel(13).input("x", X);
    model.add(
        SmallModel.node(
            "Scan",
            List.of("x"),
            List.of("y0"),
            Map.of("body", branch("Neg", List.of("x"), "e"), "num_scan_inputs", 3)));
    OnnxFile file = OnnxFile.read(model.output("y0").write(folder.resolve("scan.onnx")));
    Map<String, Value> inputs = Map.of("x", Value.Symbolic.of(Operations.input("x", X.type())));
    NndException error =
        assertThrows(NndException.class, () -> OnnxImport.graph(file, inputs, DType.F64));
    assertTrue(
        error.getMessage().endsWith("Scan 'y0': num_scan_inputs is 3 of 1 inputs"),
        error.getMessage());
  }
}
