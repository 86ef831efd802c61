package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.model.Examples;
import org.nnd.model.Models;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

/** A layer with values, evaluated in float64 and on the device. */
final class LayerCheck {
  private static final double STEP = 1e-5;

  private final Layer layer;
  private final Map<String, Literal> inputs = new LinkedHashMap<>();
  private final Map<String, Literal> variables = new LinkedHashMap<>();

  private LayerCheck(Layer layer) {
    this.layer = layer;
  }

  static LayerCheck of(Layer layer) {
    return new LayerCheck(layer);
  }

  LayerCheck input(String name, Literal value) {
    inputs.put(name, value);
    return this;
  }

  LayerCheck variable(String name, Literal value) {
    variables.put(name, value);
    return this;
  }

  /** {@return f64 numbers of a normal distribution} */
  static Literal normal(long seed, int... shape) {
    Random random = new Random(seed);
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Literal.of(random.doubles(count, -1, 1).map(u -> 1.5 * u).toArray(), shape);
  }

  /** Draws every parameter that has no value yet. */
  LayerCheck drawn(long seed) {
    for (Variable variable : lowered(Mode.TRAINING, DType.F64).variables()) {
      if (variable.kind() == Variable.Kind.PARAMETER) {
        int[] shape = variable.type().shape().at(1);
        variables.putIfAbsent(variable.path(), normal(seed + variable.path().hashCode(), shape));
      }
    }
    return this;
  }

  private long batch() {
    return inputs.values().iterator().next().shape()[0];
  }

  private static Literal as(Literal value, DType dtype) {
    return value.dtype().isFloat()
        ? Literal.ofDoubles(dtype, value.toDoubles(), value.shape())
        : value;
  }

  private static Map<String, Literal> as(Map<String, Literal> values, DType dtype) {
    Map<String, Literal> result = new LinkedHashMap<>();
    values.forEach((name, value) -> result.put(name, as(value, dtype)));
    return result;
  }

  private Lowered lowered(Mode mode, DType dtype) {
    List<InputSpec> specs =
        inputs.entrySet().stream()
            .map(
                e -> {
                  Literal value = as(e.getValue(), dtype);
                  long[] sizes = Arrays.stream(value.shape()).skip(1).asLongStream().toArray();
                  return new InputSpec(e.getKey(), value.dtype(), sizes);
                })
            .toList();
    return Lower.lower(layer, specs, mode);
  }

  private Map<String, Literal> values(Lowered lowered, DType dtype) {
    Map<String, Literal> values = new LinkedHashMap<>(lowered.initial(0));
    values.putAll(as(variables, dtype));
    return as(values, dtype);
  }

  /** {@return outputs and updates in float64} */
  Map<String, Literal> reference(Mode mode) {
    return reference(lowered(mode, DType.F64), lowered(mode, DType.F64).graph());
  }

  Map<String, Literal> reference() {
    return reference(Mode.INFERENCE);
  }

  private Map<String, Literal> reference(Lowered lowered, Graph graph) {
    var evaluation =
        ReferenceEvaluator.evaluate(
            graph, batch(), as(inputs, DType.F64), values(lowered, DType.F64));
    Map<String, Literal> all = new LinkedHashMap<>(evaluation.outputs());
    all.putAll(evaluation.updates());
    return all;
  }

  private Map<String, Literal> device(Lowered lowered, Graph graph) {
    Device device = Models.device("");
    Variables held = new Variables(device);
    values(lowered, DType.F32).forEach(held::put);
    try (Results results =
        Executable.compile(device, graph).run(held, as(inputs, DType.F32), batch())) {
      Map<String, Literal> all = new LinkedHashMap<>(results.all());
      graph.updates().keySet().forEach(name -> all.put(name, held.get(name)));
      return all;
    }
  }

  /** Outputs, updates and gradients on the device are those of float64, relatively to 1e-4. */
  LayerCheck onDevice() {
    for (Mode mode : Mode.values()) {
      Lowered wide = lowered(mode, DType.F64);
      Lowered narrow = lowered(mode, DType.F32);
      agree(reference(wide, wide.graph()), device(narrow, narrow.graph()));
      agree(reference(wide, gradients(wide)), device(narrow, gradients(narrow)));
    }
    return this;
  }

  private static void agree(Map<String, Literal> expected, Map<String, Literal> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, value) -> {
          double distance = Examples.distance(value, actual.get(name));
          assertTrue(distance < 1e-4, () -> name + " differs by " + distance);
        });
  }

  /** Gradients of a weighted sum of the outputs: of the floating-point inputs and parameters. */
  private Graph gradients(Lowered lowered) {
    List<Node> wrt =
        lowered.graph().nodes().stream().filter(n -> differentiable(lowered, n)).toList();
    Node loss = loss(lowered.graph());
    List<Node> gradients = Gradient.of(loss, wrt);
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (int i = 0; i < wrt.size(); i++) {
      outputs.put("d " + name(wrt.get(i)), gradients.get(i));
    }
    return Graph.of(lowered.graph().inputs(), outputs);
  }

  private static boolean differentiable(Lowered lowered, Node node) {
    return node.op() instanceof Op.Input && node.dtype().isFloat()
        || node.op() instanceof Op.Parameter p
            && lowered.variables().stream()
                .anyMatch(v -> v.path().equals(p.name()) && v.kind() == Variable.Kind.PARAMETER);
  }

  private static String name(Node leaf) {
    return leaf.op() instanceof Op.Input input ? input.name() : ((Op.Parameter) leaf.op()).name();
  }

  private static Node loss(Graph graph) {
    Node sum = null;
    for (Node output : graph.outputs().values()) {
      if (output.dtype().isFloat()) {
        Shape flat = Shape.of(output.shape().count());
        Node count = Operations.iota(output.dtype(), flat, 0);
        Node weights =
            Operations.unary(UnaryOp.SIN, Operations.add(Operations.multiply(count, 0.7), 0.4));
        Node term =
            Operations.sum(
                Operations.multiply(Operations.reshape(output, flat), weights), List.of(0));
        sum = sum == null ? term : Operations.add(sum, term);
      }
    }
    return sum;
  }

  /** Every entry of the gradients agrees with central differences in float64. */
  LayerCheck differentiates() {
    Lowered lowered = lowered(Mode.TRAINING, DType.F64);
    Graph forward = Graph.of(lowered.graph().inputs(), Map.of("loss", loss(lowered.graph())));
    Map<String, Literal> analytic = reference(lowered, gradients(lowered));
    analytic.forEach(
        (key, gradient) -> {
          String name = key.substring(2);
          Map<String, Literal> from = inputs.containsKey(name) ? inputs : variables;
          Literal at = from.get(name);
          for (int i = 0; i < gradient.count(); i++) {
            double above = moved(lowered, forward, from, name, i, STEP);
            double below = moved(lowered, forward, from, name, i, -STEP);
            double slope = (above - below) / (2 * STEP);
            double error = Math.abs(slope - gradient.get(i));
            assertTrue(
                error < 1e-6 * Math.max(1, Math.abs(slope)),
                name + "[" + i + "]: " + gradient.get(i) + " instead of " + slope);
          }
          from.put(name, at);
        });
    return this;
  }

  private double moved(
      Lowered lowered, Graph graph, Map<String, Literal> from, String name, int entry, double by) {
    Literal at = from.get(name);
    double[] values = at.toDoubles();
    values[entry] += by;
    from.put(name, Literal.of(values, at.shape()));
    double loss = reference(lowered, graph).get("loss").get(0);
    from.put(name, at);
    return loss;
  }
}
