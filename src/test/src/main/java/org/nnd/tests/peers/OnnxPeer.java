package org.nnd.tests.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nnd.bench.Contender;
import org.nnd.bench.Peer;
import org.nnd.bench.Work;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.onnx.OnnxExport;

/**
 * ONNX Runtime on the CPU, on the graph that NND exports: weights are constants to it, which it
 * lays out as it likes; data are inputs. Gradients are the exported graph's, as this build has
 * none.
 */
public final class OnnxPeer implements Peer {
  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public Contender prepare(Work work, int threads) {
    if (work instanceof Work.Step) {
      throw new NndException("its build for Java does not train");
    }
    Path folder = Folders.temporary("nnd-onnx");
    try {
      return prepare(work, threads, folder.resolve("case.onnx"));
    } catch (OrtException e) {
      throw new NndException(e.getMessage().lines().findFirst().orElse(""), e);
    } finally {
      Folders.delete(folder);
    }
  }

  private static Contender prepare(Work work, int threads, Path file) throws OrtException {
    Graph graph = work.graph();
    Map<String, Literal> weights = new LinkedHashMap<>();
    Map<String, Literal> data = new LinkedHashMap<>();
    for (Node leaf : Work.Fixed.leaves(graph)) {
      String name = Work.Fixed.name(leaf);
      Literal value = work.values().of(name, leaf.type());
      (graph.inputs().contains(leaf) ? data : weights).put(name, value);
    }
    OnnxExport.exportOnnx(graph, weights, file);
    Running running = new Running(session(file, threads));
    try {
      running.give(data);
      running.first();
      return running;
    } catch (OrtException | RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private static OrtSession session(Path file, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return OnnxEnvironment.open().createSession(file.toString(), options);
    }
  }

  @Override
  public void close() {} // the environment is the process's

  /** A session with its inputs. */
  private static final class Running implements Contender {
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, Literal> results = new LinkedHashMap<>();

    Running(OrtSession session) {
      this.session = session;
    }

    void give(Map<String, Literal> data) throws OrtException {
      for (Map.Entry<String, Literal> entry : data.entrySet()) {
        if (session.getInputNames().contains(entry.getKey())) {
          inputs.put(entry.getKey(), tensor(entry.getValue()));
        }
      }
    }

    void first() throws OrtException {
      try (OrtSession.Result outputs = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> output : outputs) {
          OnnxTensor tensor = (OnnxTensor) output.getValue();
          if (tensor.getFloatBuffer() != null) {
            results.put(output.getKey(), literal(tensor));
          }
        }
      }
    }

    @Override
    public String mode() {
      return "all optimisations";
    }

    @Override
    public double seconds(int runs) {
      try {
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
          session.run(inputs).close();
        }
        return (System.nanoTime() - start) / 1e9;
      } catch (OrtException e) {
        throw new NndException(e.getMessage(), e);
      }
    }

    @Override
    public Map<String, Literal> results() {
      return results;
    }

    /** Its threads spin for 2^20 turns. */
    @Override
    public long spinMillis() {
      return 60;
    }

    @Override
    public Optional<Long> peakBytes() {
      return Optional.empty();
    }

    @Override
    public void close() {
      inputs.values().forEach(OnnxTensor::close);
      try {
        session.close();
      } catch (OrtException e) {
        throw new NndException(e.getMessage(), e);
      }
    }

    /** In memory that the runtime reads where it lies. */
    private static OnnxTensor tensor(Literal value) throws OrtException {
      long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(Math.max(1, value.count()) * value.dtype().bytes())
              .order(ByteOrder.nativeOrder());
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      return switch (value.array()) {
        case float[] floats ->
            OnnxTensor.createTensor(environment, bytes.asFloatBuffer().put(floats).flip(), shape);
        case int[] ints ->
            OnnxTensor.createTensor(environment, bytes.asIntBuffer().put(ints).flip(), shape);
        case long[] longs ->
            OnnxTensor.createTensor(environment, bytes.asLongBuffer().put(longs).flip(), shape);
        default -> throw new NndException("an input " + value.type());
      };
    }

    private static Literal literal(OnnxTensor tensor) {
      int[] shape = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
      Literal result = Literal.zeros(DType.F32, shape);
      tensor.getFloatBuffer().get((float[]) result.array());
      return result;
    }
  }
}
