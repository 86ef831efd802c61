package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.sqrt;
import static org.nnd.ir.Operations.subtract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Steps of optimisers, of the domain {@code ai.onnx.preview.training}. */
final class TrainingSteps {
  private static final String DOMAIN = "ai.onnx.preview.training.";

  private TrainingSteps() {}

  static Map<String, Lowered> operators() {
    return Map.of(
        DOMAIN + "Adagrad", scope -> steps(scope, 1, TrainingSteps::adagrad),
        DOMAIN + "Adam", scope -> steps(scope, 2, TrainingSteps::adam),
        DOMAIN + "Momentum", scope -> steps(scope, 1, TrainingSteps::momentum));
  }

  /** One tensor's step: from the tensor, its gradient and its states to the new ones. */
  @FunctionalInterface
  private interface Step {
    List<Node> apply(NodeScope scope, Node x, Node gradient, List<Node> states);
  }

  /** Inputs: rate, count of steps, then all tensors, all gradients, all first states, … */
  private static List<Value> steps(NodeScope scope, int states, Step step) {
    int count = (scope.inputs() - 2) / (2 + states);
    List<List<Node>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Node> own = new ArrayList<>();
      for (int s = 0; s < states; s++) {
        own.add(scope.node(2 + (2 + s) * count + i));
      }
      results.add(step.apply(scope, scope.node(2 + i), scope.node(2 + count + i), own));
    }
    List<Value> values = new ArrayList<>();
    for (int kind = 0; kind <= states; kind++) {
      for (List<Node> result : results) {
        values.add(scope.of(scope.type(2), result.get(kind)));
      }
    }
    return values;
  }

  private static Node rate(NodeScope scope, Node x) {
    Node rate = Operations.reshape(scope.node(0), Shape.SCALAR);
    return Operations.broadcast(Operations.convert(rate, x.dtype()), x.shape(), List.of());
  }

  /** The number of steps done, which a step's formula needs as a float. */
  private static Node count(NodeScope scope, Node x) {
    Node count = Operations.reshape(scope.node(1), Shape.SCALAR);
    return Operations.broadcast(Operations.convert(count, x.dtype()), x.shape(), List.of());
  }

  private static Node number(Node x, double value) {
    return Operations.full(x.type(), value);
  }

  /** Duchi, Hazan and Singer 2011. */
  private static List<Node> adagrad(NodeScope scope, Node x, Node gradient, List<Node> states) {
    Node decay = add(multiply(count(scope, x), scope.real("decay_factor", 0)), 1);
    Node g = add(gradient, multiply(x, scope.real("norm_coefficient", 0)));
    Node h = add(states.get(0), multiply(g, g));
    Node step =
        divide(
            multiply(divide(rate(scope, x), decay), g), add(sqrt(h), scope.real("epsilon", 1e-6)));
    return List.of(subtract(x, step), h);
  }

  /** Kingma and Ba 2014; the rate is corrected for the bias of the moments. */
  private static List<Node> adam(NodeScope scope, Node x, Node gradient, List<Node> states) {
    double alpha = scope.real("alpha", 0.9f);
    double beta = scope.real("beta", 0.999f);
    Node g = add(gradient, multiply(x, scope.real("norm_coefficient", 0)));
    Node v = add(multiply(states.get(0), alpha), multiply(g, 1 - alpha));
    Node h = add(multiply(states.get(1), beta), multiply(multiply(g, g), 1 - beta));
    Node t = count(scope, x);
    Node unbias =
        divide(
            sqrt(subtract(number(x, 1), power(beta, t))), subtract(number(x, 1), power(alpha, t)));
    Node corrected =
        Operations.select(
            Operations.compare(Comparison.GT, t, 0),
            multiply(rate(scope, x), unbias),
            rate(scope, x));
    Node step = divide(multiply(corrected, v), add(sqrt(h), scope.real("epsilon", 1e-6)));
    Node moved = subtract(x, step);
    double after = 1 - scope.real("norm_coefficient_post", 0);
    return List.of(multiply(moved, after), v, h);
  }

  private static Node power(double base, Node exponent) {
    return Operations.binary(BinaryOp.POWER, number(exponent, base), exponent);
  }

  /** Momentum, or Nesterov's. */
  private static List<Node> momentum(NodeScope scope, Node x, Node gradient, List<Node> states) {
    double alpha = scope.real("alpha", 0.9f);
    Node g = add(gradient, multiply(x, scope.real("norm_coefficient", 0)));
    Node beta =
        Operations.select(
            Operations.compare(Comparison.GT, count(scope, x), 0),
            number(x, scope.real("beta", 1)),
            number(x, 1));
    Node v = add(multiply(states.get(0), alpha), multiply(beta, g));
    Node direction =
        scope.text("mode", "standard").equals("nesterov") ? add(g, multiply(v, alpha)) : v;
    return List.of(subtract(x, multiply(rate(scope, x), direction)), v);
  }
}
