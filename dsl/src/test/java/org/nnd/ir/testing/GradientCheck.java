package org.nnd.ir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.pass.InlineReferences;
import org.nnd.ir.pass.Passes;
import org.nnd.ir.reference.ReferenceEvaluator;

/**
 * Compares gradients with central differences in float64, of a randomly weighted sum of the
 * results: every entry of the first derivative, and the second derivative in a random direction.
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final long BATCH = 3;

  private final List<Literal> values;
  private final List<Node> variables = new ArrayList<>();
  private final Node loss;
  private final Random random = new Random(7);

  private GradientCheck(Function<List<Node>, List<Node>> function, List<Literal> values) {
    this.values = values;
    for (int i = 0; i < values.size(); i++) {
      variables.add(Operations.parameter("v" + i, values.get(i).type()));
    }
    loss = weightedSum(function.apply(variables));
  }

  /**
   * Checks a function at a point, which must not lie within 1e-5 of a kink.
   *
   * @param function differentiable where it is evaluated; integer results are ignored
   * @param point f64 literals
   */
  public static void check(Function<List<Node>, List<Node>> function, List<Literal> point) {
    GradientCheck check = new GradientCheck(function, point);
    check.first();
    check.second();
  }

  /**
   * {@return f64 values in (-2, 2), all different, none within 0.01 of another or of an integer}
   */
  public static Literal distinct(long seed, int... shape) {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    Random random = new Random(seed);
    List<Double> grid = new ArrayList<>();
    for (int i = 0; i < Math.max(count, 40); i++) {
      grid.add(-2 + 4 * (i + 0.5) / Math.max(count, 40));
    }
    Collections.shuffle(grid, random);
    double[] values = grid.stream().limit(count).mapToDouble(v -> v + 0.004).toArray();
    return Literal.of(values, shape);
  }

  /** {@return f64 values in (0.2, 2.2)} */
  public static Literal positive(long seed, int... shape) {
    Literal values = distinct(seed, shape);
    return Literal.of(
        Arrays.stream(values.toDoubles()).map(v -> (v + 2) / 2 + 0.2).toArray(), shape);
  }

  /** {@return [3, …] as [N, …]; the batch size of the checks is 3} */
  public static Node batched(Node x) {
    return Operations.gather(x, Operations.iota(DType.I32, Shape.of(Dim.BATCH), 0), 0);
  }

  private Node weightedSum(List<Node> results) {
    Node sum = Operations.scalar(DType.F64, 0);
    for (Node result : results) {
      if (result.dtype().isFloat()) {
        Node weighted = Operations.multiply(result, weights(result.type()));
        Node total = Operations.sum(weighted, Operations.axes(result.rank()));
        sum = Operations.add(sum, Operations.convert(total, DType.F64));
      }
    }
    return sum;
  }

  private Node weights(TensorType type) {
    Shape shape = Shape.of(Arrays.stream(type.shape().at(BATCH)).asLongStream().toArray());
    double[] weights = random.doubles(shape.count().fixed(), 0.5, 1.5).toArray();
    Node constant = Operations.constant(Literal.ofDoubles(type.dtype(), weights, shape.at(0)));
    Node flat = Operations.reshape(constant, Shape.of(shape.count()));
    Node place = Operations.iota(DType.I32, Shape.of(type.shape().count()), 0);
    return Operations.reshape(Operations.gather(flat, place, 0), type.shape());
  }

  private void first() {
    List<Node> gradients = Gradient.of(loss, variables);
    Graph forward = Graph.of(List.of(), Map.of("y", loss));
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (int i = 0; i < gradients.size(); i++) {
      assertEquals(variables.get(i).type(), gradients.get(i).type());
      outputs.put("g" + i, gradients.get(i));
    }
    Graph graph = Graph.of(List.of(), outputs);
    Map<String, Literal> analytic = evaluate(graph, values);
    Map<String, Literal> optimized =
        evaluate(Passes.optimize(InlineReferences.apply(graph)), values);
    for (int i = 0; i < values.size(); i++) {
      for (int entry = 0; entry < values.get(i).count(); entry++) {
        double[][] direction = zeros();
        direction[i][entry] = 1;
        double expected = slope(forward, "y", direction);
        String what = "v" + i + "[" + entry + "]";
        assertClose(expected, analytic.get("g" + i).get(entry), what);
        assertClose(expected, optimized.get("g" + i).get(entry), what + " after all passes");
      }
    }
  }

  /** d/dv of u·∇f along v, with u and v at random. */
  private void second() {
    List<Node> gradients = Gradient.of(loss, variables);
    Node dot = weightedSum(gradients);
    List<Node> seconds = Gradient.of(dot, variables);
    double[][] direction = zeros();
    Node along = Operations.scalar(DType.F64, 0);
    for (int i = 0; i < values.size(); i++) {
      direction[i] = random.doubles(direction[i].length, -1, 1).toArray();
      Node v = Operations.constant(Literal.of(direction[i], values.get(i).shape()));
      Node product = Operations.multiply(seconds.get(i), v);
      along = Operations.add(along, Operations.sum(product, Operations.axes(product.rank())));
    }
    double analytic = evaluate(Graph.of(List.of(), Map.of("y", along)), values).get("y").get(0);
    double expected = slope(Graph.of(List.of(), Map.of("y", dot)), "y", direction);
    assertClose(expected, analytic, "second derivative");
  }

  private double[][] zeros() {
    return values.stream().map(v -> new double[v.count()]).toArray(double[][]::new);
  }

  private double slope(Graph graph, String output, double[][] direction) {
    double above = evaluate(graph, moved(direction, STEP)).get(output).get(0);
    double below = evaluate(graph, moved(direction, -STEP)).get(output).get(0);
    return (above - below) / (2 * STEP);
  }

  private List<Literal> moved(double[][] direction, double by) {
    List<Literal> result = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      double[] moved = values.get(i).toDoubles();
      for (int j = 0; j < moved.length; j++) {
        moved[j] += by * direction[i][j];
      }
      result.add(Literal.of(moved, values.get(i).shape()));
    }
    return result;
  }

  private static Map<String, Literal> evaluate(Graph graph, List<Literal> values) {
    Map<String, Literal> parameters = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      parameters.put("v" + i, values.get(i));
    }
    return ReferenceEvaluator.evaluate(graph, BATCH, Map.of(), parameters).outputs();
  }

  private static void assertClose(double expected, double actual, String what) {
    assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)), what);
  }
}
