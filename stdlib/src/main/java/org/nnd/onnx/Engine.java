package org.nnd.onnx;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Op;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Profile;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

/** What computes graphs: the reference evaluator in float64, or a device in float32. */
public sealed interface Engine {
  /** {@return the element type for ONNX's double} */
  DType doubles();

  /** {@return a graph ready to be run, with the values of its parameters} */
  Compiled compile(Graph graph, Map<String, Literal> parameters);

  /** A graph that can be run many times. */
  interface Compiled extends AutoCloseable {
    Map<String, Literal> run(Map<String, Literal> inputs);

    /** {@return the time of all kernels of one run, in milliseconds; 0 where there are none} */
    double kernelMilliseconds(Map<String, Literal> inputs);

    @Override
    void close();
  }

  record Reference() implements Engine {
    @Override
    public DType doubles() {
      return DType.F64;
    }

    @Override
    public Compiled compile(Graph graph, Map<String, Literal> parameters) {
      return new Compiled() {
        @Override
        public Map<String, Literal> run(Map<String, Literal> inputs) {
          return ReferenceEvaluator.evaluate(graph, 1, inputs, parameters).outputs();
        }

        @Override
        public double kernelMilliseconds(Map<String, Literal> inputs) {
          return 0;
        }

        @Override
        public void close() {}
      };
    }
  }

  record OnDevice(Device device) implements Engine {
    @Override
    public DType doubles() {
      return DType.F32;
    }

    @Override
    public Compiled compile(Graph graph, Map<String, Literal> parameters) {
      Executable executable = Executable.compile(device, graph);
      Variables variables = new Variables(device);
      Set<String> used = new HashSet<>();
      graph.parameters().forEach(p -> used.add(((Op.Parameter) p.op()).name()));
      used.forEach(name -> variables.put(name, parameters.get(name)));
      return new Compiled() {
        @Override
        public Map<String, Literal> run(Map<String, Literal> inputs) {
          try (Results results = executable.run(variables, inputs, 1)) {
            return new LinkedHashMap<>(results.all());
          }
        }

        @Override
        public double kernelMilliseconds(Map<String, Literal> inputs) {
          Profile profile = executable.profile(variables, inputs, 3);
          return profile.milliseconds();
        }

        @Override
        public void close() {
          executable.close();
          variables.close();
        }
      };
    }
  }
}
