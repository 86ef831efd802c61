package org.nnd.tests.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.tests.peers.OnnxEnvironment;

/** A file under ONNX Runtime. */
final class OnnxRuntime implements AutoCloseable {
  private final OrtSession session;

  private OnnxRuntime(OrtSession session) {
    this.session = session;
  }

  static OnnxRuntime load(Path file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return new OnnxRuntime(OnnxEnvironment.open().createSession(file.toString(), options));
    }
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  Map<String, Literal> run(Map<String, Literal> inputs) throws OrtException {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Literal> input : inputs.entrySet()) {
        if (session.getInputNames().contains(input.getKey())) {
          given.put(input.getKey(), tensor(input.getValue()));
        }
      }
      Map<String, Literal> outputs = new LinkedHashMap<>();
      try (OrtSession.Result results = session.run(given)) {
        for (Map.Entry<String, OnnxValue> result : results) {
          outputs.put(result.getKey(), literal((OnnxTensor) result.getValue()));
        }
      }
      return outputs;
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(Literal value) throws OrtException {
    long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
    return switch (value.array()) {
      case float[] floats ->
          OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(floats), shape);
      case int[] ints ->
          OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), IntBuffer.wrap(ints), shape);
      case long[] longs ->
          OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(longs), shape);
      case byte[] bytes ->
          OnnxTensor.createTensor(
              OrtEnvironment.getEnvironment(),
              ByteBuffer.allocateDirect(bytes.length)
                  .order(ByteOrder.nativeOrder())
                  .put(bytes)
                  .flip(),
              shape,
              switch (value.dtype()) {
                case BOOL -> OnnxJavaType.BOOL;
                case U8 -> OnnxJavaType.UINT8;
                default -> OnnxJavaType.INT8;
              });
      default -> throw new IllegalArgumentException("an input " + value.type());
    };
  }

  private static Literal literal(OnnxTensor tensor) throws OrtException {
    int[] shape = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    return switch (tensor.getInfo().type) {
      case FLOAT -> filled(DType.F32, shape, tensor.getFloatBuffer());
      case INT32 -> filled(DType.I32, shape, tensor.getIntBuffer());
      case INT64 -> filled(DType.I64, shape, tensor.getLongBuffer());
      case BOOL -> filled(DType.BOOL, shape, tensor.getByteBuffer());
      case UINT8 -> filled(DType.U8, shape, tensor.getByteBuffer());
      case INT8 -> filled(DType.I8, shape, tensor.getByteBuffer());
      default -> throw new IllegalStateException("an output " + tensor.getInfo());
    };
  }

  private static Literal filled(DType dtype, int[] shape, Buffer values) {
    Literal result = Literal.zeros(dtype, shape);
    switch (values) {
      case FloatBuffer floats -> floats.get((float[]) result.array());
      case IntBuffer ints -> ints.get((int[]) result.array());
      case LongBuffer longs -> longs.get((long[]) result.array());
      case ByteBuffer bytes -> bytes.get((byte[]) result.array());
      default -> throw new IllegalStateException("a " + values.getClass());
    }
    return result;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
