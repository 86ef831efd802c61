package org.nnd.layers.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;

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
        layer,
        inputs.entrySet().stream().map(e -> spec(e.getKey(), e.getValue())).toList(),
        mode);
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
    Node loss = null;
    int seed = 100;
    for (Node output : graph.outputs().values()) {
      int[] shape =
          output.shape().at(batch(inputs));
      Node weights =
          Operations.reshape(
              Operations.gather(
                  Operations.constant(random(seed++, Arrays.stream(shape).reduce(1, (a, b) -> a * b))),
                  Operations.iota(
                      DType.I32, org.nnd.ir.Shape.of(output.shape().count()), 0),
                  0),
              output.shape());
      Node term = Operations.sum(Operations.multiply(output, weights), Operations.axes(output.rank()));
      loss = loss == null ? term : Operations.add(loss, term);
    }
    Map<String, Node> wrt = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Input input && input.type().dtype().isFloat()) {
        wrt.put(input.name(), node);
      } else if (node.op() instanceof Op.Parameter parameter
          && lowered.variables().stream()
              .anyMatch(
                  v ->
                      v.path().equals(parameter.name())
                          && v.kind() == org.nnd.dsl.Variable.Kind.PARAMETER)) {
        wrt.put(parameter.name(), node);
      }
    }
    assertTrue(wrt.size() > 1 || lowered.variables().isEmpty(), "there are parameters");
    List<Node> gradients = Gradient.of(loss, new ArrayList<>(wrt.values()));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    int next = 0;
    for (String name : wrt.keySet()) {
      outputs.put("grad." + name, gradients.get(next++));
    }
    Graph whole = Graph.of(graph.inputs(), outputs);
    Map<String, Literal> analytic =
        ReferenceEvaluator.evaluate(whole, batch(inputs), inputs, variables).outputs();
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
}
