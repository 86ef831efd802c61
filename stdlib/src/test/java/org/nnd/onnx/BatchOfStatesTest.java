package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.onnx.imports.Value;

/** A recurrent network whose first state is made of the input's shape, for every batch size. */
class BatchOfStatesTest {
  private static final int HIDDEN = 2;

  @TempDir Path folder;

  private final Random random = new Random(3);

  private Literal normal(int... shape) {
    float[] values = new float[Literal.zeros(DType.F32, shape).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Literal.of(values, shape);
  }

  /** As PyTorch writes an LSTM with the batch first. */
  private SmallModel model(Literal x) {
    SmallModel model = new SmallModel(14).input("x", x).output("y");
    model.constant("w", normal(1, 4 * HIDDEN, 3)).constant("r", normal(1, 4 * HIDDEN, HIDDEN));
    model.constant("first", Literal.of(new long[] {0}, 1));
    model.constant("one", Literal.of(new long[] {1}, 1));
    model.constant("hidden", Literal.of(new long[] {HIDDEN}, 1));
    model.add(SmallModel.node("Shape", List.of("x"), List.of("shape"), Map.of()));
    model.add(
        SmallModel.node("Gather", List.of("shape", "first"), List.of("batch"), Map.of("axis", 0)));
    model.add(
        SmallModel.node(
            "Concat", List.of("one", "batch", "hidden"), List.of("states"), Map.of("axis", 0)));
    model.add(SmallModel.node("ConstantOfShape", List.of("states"), List.of("h"), Map.of()));
    model.add(
        SmallModel.node(
            "Transpose", List.of("x"), List.of("steps"), Map.of("perm", List.of(1, 0, 2))));
    return model.add(
        SmallModel.node(
            "LSTM",
            List.of("steps", "w", "r", "", "", "h", "h"),
            List.of("y"),
            Map.of("hidden_size", HIDDEN)));
  }

  @Test
  void oneGraphServesEveryBatchSize() {
    Literal x = normal(3, 5, 3);
    SmallModel model = model(x);
    Imported fixed = RuntimeAgreement.check(model, folder, "LSTM");
    OnnxFile file = OnnxFile.read(folder.resolve("model.onnx"));
    TensorType type = x.type().withShape(x.type().shape().with(0, Dim.BATCH));
    Map<String, Value> input = Map.of("x", Value.Symbolic.of(Operations.input("x", type)));
    Imported anyBatch = OnnxImport.graph(file, input, DType.F64);
    assertFalse(anyBatch.graph().output().shape().isFixed());

    Literal all = output(fixed, x);
    assertArrayEquals(all.toDoubles(), output(anyBatch, x).toDoubles(), 1e-9);
    Literal two = Literal.of(Arrays.copyOf(x.toFloats(), 2 * 5 * 3), 2, 5, 3);
    double[] expected = new double[5 * 2 * HIDDEN];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = all.get(i / (2 * HIDDEN) * (3 * HIDDEN) + i % (2 * HIDDEN));
    }
    assertArrayEquals(expected, output(anyBatch, two).toDoubles(), 1e-9);
  }

  private static Literal output(Imported imported, Literal x) {
    return ReferenceEvaluator.evaluate(
            imported.graph(), x.shape()[0], Map.of("x", x), imported.parameters())
        .output();
  }
}
