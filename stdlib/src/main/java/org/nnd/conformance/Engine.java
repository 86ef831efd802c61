package org.nnd.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

/** What computes the graphs of a case. */
sealed interface Engine {
  /** {@return the type of floating-point values} */
  DType floats();

  Tolerances tolerances(Vector vector);

  Evaluation run(
      Graph graph, long batch, Map<String, Literal> inputs, Map<String, Literal> variables);

  /** {@return {@code ref.losses}, {@code after.p.*} and {@code out.train_logits_after}} */
  Map<String, Literal> train(Vector vector, Trajectory trajectory);

  /** The reference evaluator. */
  record Reference() implements Engine {
    @Override
    public DType floats() {
      return DType.F64;
    }

    @Override
    public Tolerances tolerances(Vector vector) {
      return Tolerances.ofReference(vector);
    }

    @Override
    public Evaluation run(
        Graph graph, long batch, Map<String, Literal> inputs, Map<String, Literal> variables) {
      return ReferenceEvaluator.evaluate(graph, batch, inputs, variables);
    }

    @Override
    public Map<String, Literal> train(Vector vector, Trajectory trajectory) {
      return ReferenceTraining.run(vector, trajectory);
    }
  }

  /** Generated OpenCL. */
  record OnDevice(Device device) implements Engine {
    @Override
    public DType floats() {
      return DType.F32;
    }

    @Override
    public Tolerances tolerances(Vector vector) {
      return Tolerances.ofDevice(vector);
    }

    @Override
    public Evaluation run(
        Graph graph, long batch, Map<String, Literal> inputs, Map<String, Literal> values) {
      Map<String, Literal> updates = new LinkedHashMap<>();
      try (Variables variables = new Variables(device);
          Executable executable = Executable.compile(device, graph);
          Results results = run(executable, variables, inputs, values, batch)) {
        Map<String, Literal> outputs = new LinkedHashMap<>(results.all());
        graph.updates().keySet().forEach(name -> updates.put(name, variables.get(name)));
        return new Evaluation(outputs, updates);
      }
    }

    @Override
    public Map<String, Literal> train(Vector vector, Trajectory trajectory) {
      return DeviceTraining.run(vector, trajectory, device);
    }

    private static Results run(
        Executable executable,
        Variables variables,
        Map<String, Literal> inputs,
        Map<String, Literal> values,
        long batch) {
      values.forEach((name, value) -> variables.put(name, single(value)));
      return executable.run(variables, inputs, batch);
    }

    private static Literal single(Literal value) {
      return value.dtype() == DType.F64 ? Literal.of(value.toFloats(), value.shape()) : value;
    }
  }
}
