package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.lower.Canonical;
import org.nnd.opencl.lower.Target;

/** Runs kernels on the only device there is; see {@link OclgrindTest}. */
final class OclgrindChild {
  private static final long BATCH = 2;
  private static final int GRAPHS = 20;

  /** Typical graphs that a simulator can run in a second. */
  private static final Set<String> SMALL =
      Set.of(
          "bias_gelu",
          "concatenate_pad",
          "dropout",
          "sgd_update",
          "softmax",
          "softmax_long",
          "layer_norm",
          "column_max",
          "attention_scores",
          "matmul_ragged",
          "conv_grouped",
          "conv1d_dilated",
          "sum_across_channels",
          "arg_max",
          "running_sum",
          "embedding",
          "embedding_gradient",
          "scatter_few",
          "sort_short",
          "top_few",
          "fft_60",
          "fft_97");

  private static final List<Object> OPEN = new ArrayList<>();

  private OclgrindChild() {}

  public static void main(String[] args) {
    Device device = Devices.open();
    int kernels =
        switch (args[0]) {
          case "canonical" -> canonical(device);
          case "random" -> random(device);
          default -> bad(device);
        };
    System.out.println(kernels + " kernels ran on " + device.info().name());
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static int canonical(Device device) {
    int kernels = 0;
    for (Map.Entry<String, Graph> entry : Canonical.graphs().entrySet()) {
      if (SMALL.contains(entry.getKey())) {
        kernels += run(device, entry.getValue(), BATCH, values(entry.getValue()));
      }
    }
    return kernels;
  }

  private static int random(Device device) {
    int kernels = 0;
    for (int seed = 0; seed < GRAPHS; seed++) {
      RandomGraph random = RandomGraphs.sample(seed, RandomGraph.Options.everything());
      Map<String, Literal> values = new HashMap<>(random.inputs());
      values.putAll(random.parameters());
      kernels += run(device, random.graph(), random.batch(), values);
    }
    return kernels;
  }

  /**
   * Closes nothing: Oclgrind counts references to buffers without regard to its threads, and then
   * two later buffers may lie in one place.
   */
  private static int run(Device device, Graph graph, long batch, Map<String, Literal> values) {
    int kernels = 0;
    for (Target target : new Target[] {Target.cpu(8), Target.gpu()}) {
      Variables variables = new Variables(device);
      Executable executable = Executable.compile(device, graph, target);
      OPEN.add(variables);
      OPEN.add(executable);
      for (Node parameter : executable.graph().parameters()) {
        String name = ((Op.Parameter) parameter.op()).name();
        variables.put(name, values.get(name));
      }
      executable.run(variables, values, batch).all();
      device.finish();
      kernels += executable.plan().calls().size();
    }
    return kernels;
  }

  private static Map<String, Literal> values(Graph graph) {
    Random random = new Random(3);
    Map<String, Literal> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case Op.Input input -> values.put(input.name(), values(input.type(), random));
        case Op.Parameter p -> values.put(p.name(), values(p.type(), random));
        default -> {}
      }
    }
    return values;
  }

  private static Literal values(TensorType type, Random random) {
    int[] shape = type.shape().at(BATCH);
    Literal zeros = Literal.zeros(type.dtype(), shape);
    double[] values = new double[zeros.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.dtype().isFloat() ? random.nextGaussian() : random.nextInt(5);
    }
    return Literal.ofDoubles(type.dtype(), values, shape);
  }

  /** A kernel that writes beyond its buffer, and one whose work-items write one element. */
  private static int bad(Device device) {
    String source =
        """
        __kernel void beyond(__global int* x) { x[get_global_id(0) + 2] = 1; }
        __kernel void race(__global int* x) { x[0] = get_global_id(0); }
        """;
    try (Buffer buffer = device.allocate(16);
        var program = device.build("bad", source, "")) {
      for (String name : new String[] {"beyond", "race"}) {
        try (Kernel kernel = program.kernel(name)) {
          kernel.arg(0, buffer).launch(new long[] {4}, new long[] {1});
          device.finish();
        }
      }
    }
    return 2;
  }
}
