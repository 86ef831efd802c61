package org.nnd.layers.nested;

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
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;

/**
 * Layers on the reference evaluator in float64: values, and gradients of the sum of weighted
 * outputs.
 */
final class Reference {
  private Reference() {}

  static Literal normal(long seed, int... shape) {
    Random random = new Random(seed);
    double[] values = new double[Literal.zeros(DType.F64, shape).count()];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Literal.of(values, shape);
  }

  static InputSpec spec(String name, Literal value) {
    long[] sizes = Arrays.stream(value.shape()).skip(1).asLongStream().toArray();
    return new InputSpec(name, value.dtype(), sizes);
  }

  /** {@return random values for every variable; variances stay positive} */
  static Map<String, Literal> variables(Lowered lowered, long seed) {
    Map<String, Literal> values = new LinkedHashMap<>(lowered.initial(seed));
    for (Variable variable : lowered.variables()) {
      if (variable.kind() != Variable.Kind.STATE) {
        int[] shape = variable.type().shape().at(1);
        double[] v = normal(seed + variable.path().hashCode(), shape).toDoubles();
        boolean positive = variable.path().endsWith("running_var");
        Arrays.setAll(v, i -> positive ? 1 + Math.abs(v[i]) : 0.5 * v[i]);
        values.put(variable.path(), Literal.of(v, shape));
      }
    }
    return values;
  }

  static Lowered lower(Layer layer, Literal x, Mode mode) {
    return Lower.lower(layer, List.of(spec("x", x)), mode);
  }

  static Evaluation run(Layer layer, Literal x, Map<String, Literal> variables, Mode mode) {
    return ReferenceEvaluator.evaluate(
        lower(layer, x, mode).graph(), x.shape()[0], Map.of("x", x), variables);
  }

  static Map<String, Literal> outputs(Layer layer, Literal x, Map<String, Literal> variables) {
    return run(layer, x, variables, Mode.INFERENCE).outputs();
  }

  /**
   * {@return gradients, by variable and x, of the sum of all outputs times fixed random numbers}
   */
  static Map<String, Literal> gradients(
      Layer layer, Literal x, Map<String, Literal> variables, Mode mode) {
    return gradients(layer, x, variables, mode, 100);
  }

  /** {@return the same, the numbers of the i-th output drawn from {@code seed + i}} */
  static Map<String, Literal> gradients(
      Layer layer, Literal x, Map<String, Literal> variables, Mode mode, long seed) {
    Graph graph = loss(layer, x, mode);
    List<Node> wrt = parameters(graph);
    Map<String, Node> outputs = new LinkedHashMap<>();
    List<Node> gradients = Gradient.of(graph.outputs().get("loss"), wrt);
    for (int i = 0; i < wrt.size(); i++) {
      outputs.put(name(wrt.get(i)), gradients.get(i));
    }
    return ReferenceEvaluator.evaluate(
            Graph.of(graph.inputs(), outputs), x.shape()[0], inputs(graph, x, seed), variables)
        .outputs();
  }

  private static List<Node> parameters(Graph graph) {
    List<Node> wrt = new ArrayList<>(graph.inputs().subList(0, 1));
    graph.parameters().stream().filter(p -> p.dtype().isFloat()).forEach(wrt::add);
    return wrt;
  }

  private static String name(Node node) {
    return node.op() instanceof Op.Parameter p ? p.name() : "x";
  }

  /** The sum of the outputs times factors, which are inputs called {@code R0}, {@code R1}, …. */
  private static Graph loss(Layer layer, Literal x, Mode mode) {
    Graph graph = lower(layer, x, mode).graph();
    List<Node> inputs = new ArrayList<>(graph.inputs());
    Node sum = Operations.scalar(DType.F64, 0);
    for (Node output : graph.outputs().values()) {
      Node factor = Operations.input("R" + (inputs.size() - 1), output.type());
      inputs.add(factor);
      Node product = Operations.multiply(output, factor);
      sum = Operations.add(sum, Operations.sum(product, Operations.axes(product.rank())));
    }
    return Graph.of(inputs, Map.of("loss", sum));
  }

  /** {@return x and factors of outputs, the i-th drawn from {@code seed + i}} */
  private static Map<String, Literal> inputs(Graph loss, Literal x, long seed) {
    Map<String, Literal> inputs = new LinkedHashMap<>(Map.of("x", x));
    for (int i = 1; i < loss.inputs().size(); i++) {
      int[] shape = loss.inputs().get(i).shape().at(x.shape()[0]);
      inputs.put("R" + (i - 1), normal(seed + i - 1, shape));
    }
    return inputs;
  }

  /** Holds the gradient to central differences along a random direction of each variable and x. */
  static void checkGradients(Layer layer, Literal x, Mode mode) {
    Map<String, Literal> variables = variables(lower(layer, x, mode), 3);
    Map<String, Literal> gradients = gradients(layer, x, variables, mode);
    assertTrue(gradients.size() > 1, "there are gradients to check");
    Graph loss = loss(layer, x, mode);
    gradients.forEach(
        (name, gradient) -> {
          Literal direction = normal(name.hashCode(), gradient.shape());
          double expected = 0;
          for (int i = 0; i < gradient.count(); i++) {
            expected += gradient.get(i) * direction.get(i);
          }
          double h = 1e-5;
          double up = value(loss, x, variables, name, direction, h);
          double down = value(loss, x, variables, name, direction, -h);
          assertEquals((up - down) / (2 * h), expected, 1e-6 * (1 + Math.abs(expected)), name);
        });
  }

  private static double value(
      Graph loss,
      Literal x,
      Map<String, Literal> variables,
      String name,
      Literal direction,
      double step) {
    Map<String, Literal> moved = new LinkedHashMap<>(variables);
    Literal input = x;
    if (name.equals("x")) {
      input = moved(x, direction, step);
    } else {
      moved.put(name, moved(variables.get(name), direction, step));
    }
    return ReferenceEvaluator.evaluate(loss, x.shape()[0], inputs(loss, input, 100), moved)
        .outputs()
        .get("loss")
        .get(0);
  }

  private static Literal moved(Literal value, Literal direction, double step) {
    double[] v = value.toDoubles();
    Arrays.setAll(v, i -> v[i] + step * direction.get(i));
    return Literal.of(v, value.shape());
  }

  static void assertClose(Literal expected, Literal actual, double tolerance, String what) {
    assertEquals(Arrays.toString(expected.shape()), Arrays.toString(actual.shape()), what);
    for (int i = 0; i < expected.count(); i++) {
      assertEquals(expected.get(i), actual.get(i), tolerance, what + "[" + i + "]");
    }
  }

  /** {@return elements of a part, its leading block, in an array of the whole} */
  static Literal padded(Literal part, int... shape) {
    double[] values = new double[Literal.zeros(DType.F64, shape).count()];
    for (int i = 0; i < part.count(); i++) {
      int rest = i;
      int index = 0;
      int stride = 1;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        index += rest % part.shape()[axis] * stride;
        rest /= part.shape()[axis];
        stride *= shape[axis];
      }
      values[index] = part.get(i);
    }
    return Literal.of(values, shape);
  }
}
