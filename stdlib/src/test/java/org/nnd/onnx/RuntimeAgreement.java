package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.onnx.imports.NeedsValue;
import org.nnd.onnx.imports.Value;

/** Runs a model in ONNX Runtime and as imported, in the reference evaluator, and compares. */
final class RuntimeAgreement {
  private static final double TOLERANCE = 2e-4;

  private RuntimeAgreement() {}

  /** {@return the import, after its results were found to be ONNX Runtime's} */
  static Imported check(SmallModel model, Path folder, String what) {
    Path path = model.write(folder.resolve("model.onnx"));
    OnnxFile file = OnnxFile.read(path);
    Imported imported = imported(file, model.inputs());
    Map<String, Literal> computed =
        imported.graph().outputs().isEmpty()
            ? Map.of()
            : ReferenceEvaluator.evaluate(
                    imported.graph(), 1, model.inputs(), imported.parameters())
                .outputs();
    runtime(path, model.inputs())
        .forEach(
            (name, expected) -> {
              Literal got =
                  imported.outputs().get(name) instanceof Value.Known known
                      ? known.literal()
                      : computed.get(name);
              compare(what + ": " + name, expected, got);
            });
    return imported;
  }

  private static void compare(String what, Literal expected, Literal got) {
    assertArrayEquals(expected.shape(), got.shape(), what + ": shape");
    for (int i = 0; i < expected.count(); i++) {
      double tolerance = TOLERANCE * (1 + Math.abs(expected.get(i)));
      assertEquals(expected.get(i), got.get(i), tolerance, what + "[" + i + "]");
    }
  }

  private static Imported imported(OnnxFile file, Map<String, Literal> given) {
    Set<String> bound = new TreeSet<>();
    while (true) {
      Map<String, Value> inputs = new LinkedHashMap<>();
      given.forEach(
          (name, value) ->
              inputs.put(
                  name,
                  bound.contains(name)
                      ? Value.Known.of(value)
                      : Value.Symbolic.of(Operations.input(name, value.type()))));
      try {
        return OnnxImport.graph(file, inputs, DType.F64);
      } catch (NeedsValue needed) {
        if (needed.inputs().isEmpty() || !bound.addAll(needed.inputs())) {
          throw needed;
        }
      }
    }
  }

  private static Map<String, Literal> runtime(Path path, Map<String, Literal> inputs) {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    Map<String, Literal> results = new LinkedHashMap<>();
    Map<String, OnnxTensor> given = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(path.toString(), options)) {
      for (Map.Entry<String, Literal> input : inputs.entrySet()) {
        given.put(input.getKey(), tensor(environment, input.getValue()));
      }
      try (OrtSession.Result result = session.run(given)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          results.put(output.getKey(), literal((OnnxTensor) output.getValue()));
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the model", e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
    return results;
  }

  private static OnnxTensor tensor(OrtEnvironment environment, Literal value) throws OrtException {
    long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
    return switch (value.array()) {
      case float[] floats -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
      case long[] longs -> OnnxTensor.createTensor(environment, LongBuffer.wrap(longs), shape);
      case int[] ints -> OnnxTensor.createTensor(environment, IntBuffer.wrap(ints), shape);
      case byte[] bytes -> {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        OnnxJavaType type =
            switch (value.dtype()) {
              case U8 -> OnnxJavaType.UINT8;
              case BOOL -> OnnxJavaType.BOOL;
              default -> OnnxJavaType.INT8;
            };
        yield OnnxTensor.createTensor(environment, buffer, shape, type);
      }
      default -> throw new IllegalArgumentException(value.type().toString());
    };
  }

  private static Literal literal(OnnxTensor tensor) {
    int[] shape = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    return switch (tensor.getInfo().type) {
      case FLOAT -> {
        float[] values = new float[Literal.zeros(DType.F32, shape).count()];
        tensor.getFloatBuffer().get(values);
        yield Literal.of(values, shape);
      }
      case INT64 -> {
        long[] values = new long[Literal.zeros(DType.I64, shape).count()];
        tensor.getLongBuffer().get(values);
        yield Literal.of(values, shape);
      }
      case INT32 -> {
        int[] values = new int[Literal.zeros(DType.I32, shape).count()];
        tensor.getIntBuffer().get(values);
        yield Literal.of(values, shape);
      }
      case UINT8, INT8, BOOL -> {
        DType dtype = tensor.getInfo().type == OnnxJavaType.UINT8 ? DType.U8 : DType.I8;
        byte[] values = new byte[Literal.zeros(dtype, shape).count()];
        tensor.getByteBuffer().get(values);
        yield new Literal(dtype, shape, values);
      }
      default -> throw new IllegalArgumentException(tensor.getInfo().type.toString());
    };
  }
}
