package org.nnd.layers.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Variables;

/** Runs layers in float64 and compares their gradients with central differences. */
final class Fixture {
  private static final double STEP = 1e-5;

  private Fixture() {}

  static Literal random(long seed, int... shape) {
    Random random = new Random(seed);
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Literal.of(random.doubles(count, -1, 1).toArray(), shape);
  }

  static InputSpec spec(String name, Literal value) {
    long[] sizes = Arrays.stream(value.shape()).skip(1).asLongStream().toArray();
    return new InputSpec(name, value.dtype(), sizes);
  }

  static Lowered lower(Layer layer, Mode mode, Map<String, Literal> inputs) {
    return Lower.lower(
        layer, inputs.entrySet().stream().map(e -> spec(e.getKey(), e.getValue())).toList(), mode);
  }

  /** Initial values in float64, floating-point ones replaced by random ones near them. */
  static Map<String, Literal> variables(Lowered lowered, double noise) {
    Map<String, Literal> values = new LinkedHashMap<>();
    long[] seed = {1};
    lowered
        .initial(3)
        .forEach(
            (name, value) -> {
              if (!value.dtype().isFloat()) {
                values.put(name, value);
                return;
              }
              double[] numbers = value.toDoubles();
              double[] more = random(seed[0]++, numbers.length).toDoubles();
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] += noise * more[i];
              }
              values.put(name, Literal.of(numbers, value.shape()));
            });
    return values;
  }

  static Map<String, Literal> variables(Layer layer, Map<String, Literal> inputs, double noise) {
    return variables(lower(layer, Mode.INFERENCE, inputs), noise);
  }

  static Evaluation run(
      Layer layer, Mode mode, Map<String, Literal> inputs, Map<String, Literal> variables) {
    Lowered lowered = lower(layer, mode, inputs);
    return ReferenceEvaluator.evaluate(lowered.graph(), batch(inputs), inputs, variables);
  }

  static Literal output(Layer layer, Literal x, Map<String, Literal> variables) {
    return run(layer, Mode.INFERENCE, Map.of("x", x), variables).outputs().get("y");
  }

  /** Wants equal outputs, and equal gradients of a weighted sum of them, of two layers. */
  static void sameWithGradients(
      Layer one, Layer other, Map<String, Literal> inputs, Map<String, Literal> variables) {
    Map<String, Literal> first =
        withGradients(lower(one, Mode.INFERENCE, inputs), inputs, variables);
    Map<String, Literal> second =
        withGradients(lower(other, Mode.INFERENCE, inputs), inputs, variables);
    assertTrue(first.keySet().containsAll(List.of("y", "grad.x")), first.keySet().toString());
    for (String name : first.keySet()) {
      if (second.containsKey(name)) {
        close(first.get(name), second.get(name), 1e-9);
      }
    }
  }

  private static Map<String, Literal> withGradients(
      Lowered lowered, Map<String, Literal> inputs, Map<String, Literal> variables) {
    return ReferenceEvaluator.evaluate(
            gradients(lowered, batch(inputs)), batch(inputs), inputs, variables)
        .outputs();
  }

  /** Wants the device to give what the reference evaluator gives, gradients included. */
  static void checkOnDevice(Layer layer, Map<String, Literal> inputs, double noise) {
    Lowered exact = lower(layer, Mode.INFERENCE, inputs);
    Map<String, Literal> variables = variables(exact, noise);
    Map<String, Literal> expected = withGradients(exact, inputs, variables);
    Map<String, Literal> singles = single(inputs);
    Graph graph = gradients(lower(layer, Mode.INFERENCE, singles), batch(inputs));
    try (Device device = Devices.open();
        Variables values = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      single(variables).forEach(values::put);
      Map<String, Literal> got =
          new LinkedHashMap<>(executable.run(values, singles, batch(inputs)).all());
      double largest =
          expected.values().stream()
              .flatMapToDouble(v -> Arrays.stream(v.toDoubles()))
              .map(Math::abs)
              .max()
              .orElse(1);
      for (String name : expected.keySet()) {
        for (int i = 0; i < expected.get(name).count(); i++) {
          assertEquals(
              expected.get(name).get(i),
              got.get(name).get(i),
              1e-4 * largest,
              name + "[" + i + "]");
        }
      }
    }
  }

  private static Map<String, Literal> single(Map<String, Literal> values) {
    Map<String, Literal> result = new LinkedHashMap<>();
    values.forEach(
        (name, v) ->
            result.put(name, v.dtype() == DType.F64 ? Literal.of(v.toFloats(), v.shape()) : v));
    return result;
  }

  /** Outputs under their names, gradients of a weighted sum of them as {@code grad.NAME}. */
  static Graph gradients(Lowered lowered, int batch) {
    Node loss = loss(lowered.graph(), batch);
    Map<String, Node> wrt = wrt(lowered);
    List<Node> gradients = Gradient.of(loss, new ArrayList<>(wrt.values()));
    Map<String, Node> outputs = new LinkedHashMap<>(lowered.graph().outputs());
    outputs.put("loss", loss);
    int next = 0;
    for (String name : wrt.keySet()) {
      outputs.put("grad." + name, gradients.get(next++));
    }
    return Graph.of(lowered.graph().inputs(), outputs);
  }

  static int batch(Map<String, Literal> inputs) {
    return inputs.values().iterator().next().shape()[0];
  }

  static void close(Literal expected, Literal actual, double tolerance) {
    assertEquals(Arrays.toString(expected.shape()), Arrays.toString(actual.shape()));
    double largest = Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.count(); i++) {
      assertEquals(
          expected.get(i), actual.get(i), tolerance * Math.max(1e-3, largest), "element " + i);
    }
  }

  /** Compares the gradient in input and parameters along a random direction of each. */
  static void checkGradients(Layer layer, Map<String, Literal> inputs, double noise) {
    Lowered lowered = lower(layer, Mode.INFERENCE, inputs);
    checkGradients(lowered, inputs, variables(lowered, noise));
  }

  static void checkGradients(
      Lowered lowered, Map<String, Literal> inputs, Map<String, Literal> variables) {
    Graph graph = lowered.graph();
    Node loss = loss(graph, batch(inputs));
    Map<String, Node> wrt = wrt(lowered);
    assertTrue(wrt.size() > 1 || lowered.variables().isEmpty(), "there are parameters");
    int seed = 1000;
    Map<String, Literal> analytic = withGradients(lowered, inputs, variables);
    Graph forward = Graph.of(graph.inputs(), Map.of("loss", loss));
    for (String name : wrt.keySet()) {
      Literal gradient = analytic.get("grad." + name);
      Literal direction = random(seed++, gradient.shape());
      double expected = 0;
      for (int i = 0; i < gradient.count(); i++) {
        expected += gradient.get(i) * direction.get(i);
      }
      double difference =
          (value(forward, inputs, variables, name, direction, STEP)
                  - value(forward, inputs, variables, name, direction, -STEP))
              / (2 * STEP);
      assertEquals(difference, expected, 2e-6 * Math.max(1, Math.abs(difference)), name);
    }
  }

  private static double value(
      Graph graph,
      Map<String, Literal> inputs,
      Map<String, Literal> variables,
      String name,
      Literal direction,
      double step) {
    Map<String, Literal> in = new LinkedHashMap<>(inputs);
    Map<String, Literal> values = new LinkedHashMap<>(variables);
    Map<String, Literal> target = in.containsKey(name) ? in : values;
    double[] moved = target.get(name).toDoubles();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction.get(i);
    }
    target.put(name, Literal.of(moved, direction.shape()));
    return ReferenceEvaluator.evaluate(graph, batch(inputs), in, values)
        .outputs()
        .get("loss")
        .get(0);
  }

  private static Node loss(Graph graph, int batch) {
    Node loss = null;
    int seed = 100;
    for (Node output : graph.outputs().values()) {
      int count = Arrays.stream(output.shape().at(batch)).reduce(1, (a, b) -> a * b);
      Literal numbers = Literal.ofDoubles(output.dtype(), random(seed++, count).toDoubles(), count);
      Node places = Operations.iota(DType.I32, Shape.of(output.shape().count()), 0);
      Node flat = Operations.gather(Operations.constant(numbers), places, 0);
      Node weights = Operations.reshape(flat, output.shape());
      Node term =
          Operations.sum(Operations.multiply(output, weights), Operations.axes(output.rank()));
      loss = loss == null ? term : Operations.add(loss, term);
    }
    return loss;
  }

  /** Floating-point inputs and parameters. */
  private static Map<String, Node> wrt(Lowered lowered) {
    Set<String> parameters =
        lowered.variables().stream()
            .filter(v -> v.kind() == Variable.Kind.PARAMETER)
            .map(Variable::path)
            .collect(Collectors.toSet());
    Map<String, Node> wrt = new LinkedHashMap<>();
    for (Node node : lowered.graph().nodes()) {
      if (node.op() instanceof Op.Input input && input.type().dtype().isFloat()) {
        wrt.put(input.name(), node);
      } else if (node.op() instanceof Op.Parameter p && parameters.contains(p.name())) {
        wrt.put(p.name(), node);
      }
    }
    return wrt;
  }
}
