package org.nnd.layers.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Random numbers, and functions of tensors computed by the reference evaluator in float64. */
final class Sample {
  private static final double STEP = 1e-5;

  private Sample() {}

  /** {@return normal f64 numbers} */
  static Literal normal(long seed, int... shape) {
    Random random = new Random(seed);
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Literal.of(values, shape);
  }

  static Literal scaled(Literal x, double factor) {
    return Literal.of(Arrays.stream(x.toDoubles()).map(v -> v * factor).toArray(), x.shape());
  }

  /** {@return the results of a function at a point of fixed shapes} */
  static List<Literal> of(Function<List<Tensor>, List<Tensor>> function, Literal... point) {
    List<Node> inputs = new ArrayList<>();
    Map<String, Literal> values = new LinkedHashMap<>();
    for (Literal value : point) {
      String name = "v" + inputs.size();
      inputs.add(Operations.input(name, value.type()));
      values.put(name, value);
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    function
        .apply(inputs.stream().map(Tensor::of).toList())
        .forEach(y -> outputs.put("y" + outputs.size(), y.node()));
    Graph graph = Graph.of(inputs, outputs);
    return List.copyOf(ReferenceEvaluator.evaluate(graph, 1, values, Map.of()).outputs().values());
  }

  static Literal one(Function<List<Tensor>, Tensor> function, Literal... point) {
    return of(x -> List.of(function.apply(x)), point).get(0);
  }

  /** {@return a randomly weighted sum of the results, and its gradients at the point} */
  private static List<Literal> lossAndGradients(
      Function<List<Tensor>, List<Tensor>> function, Literal... point) {
    return of(
        x -> {
          Node loss = Operations.scalar(DType.F64, 0);
          long seed = 100;
          for (Tensor y : function.apply(x)) {
            Literal weights = normal(seed++, y.shape().at(1));
            Tensor term = y.mul(Tensor.of(Operations.constant(weights))).sum();
            loss = Operations.add(loss, term.node());
          }
          List<Tensor> results = new ArrayList<>(List.of(Tensor.of(loss)));
          Gradient.of(loss, x.stream().map(Tensor::node).toList())
              .forEach(g -> results.add(Tensor.of(g)));
          return results;
        },
        point);
  }

  /** Compares every gradient with central differences, at some entries of each operand. */
  static void checkGradient(Function<List<Tensor>, List<Tensor>> function, Literal... point) {
    List<Literal> exact = lossAndGradients(function, point);
    Random random = new Random(5);
    for (int v = 0; v < point.length; v++) {
      for (int k = 0; k < Math.min(6, point[v].count()); k++) {
        int i = random.nextInt(point[v].count());
        double up = loss(function, shifted(point, v, i, STEP));
        double down = loss(function, shifted(point, v, i, -STEP));
        double expected = (up - down) / (2 * STEP);
        double got = exact.get(v + 1).get(i);
        assertEquals(
            expected, got, 1e-6 * Math.max(1, Math.abs(expected)), "operand " + v + " at " + i);
      }
    }
  }

  private static double loss(Function<List<Tensor>, List<Tensor>> function, Literal... point) {
    return lossAndGradients(function, point).get(0).get(0);
  }

  private static Literal[] shifted(Literal[] point, int v, int i, double by) {
    Literal[] moved = point.clone();
    double[] values = point[v].toDoubles().clone();
    values[i] += by;
    moved[v] = Literal.of(values, point[v].shape());
    return moved;
  }

  /** Two functions have equal results and gradients. */
  static void assertSame(
      Function<List<Tensor>, List<Tensor>> one,
      Function<List<Tensor>, List<Tensor>> other,
      Literal... point) {
    List<Literal> a = lossAndGradients(one, point);
    List<Literal> b = lossAndGradients(other, point);
    for (int i = 0; i < a.size(); i++) {
      close(a.get(i), b.get(i), 1e-9);
    }
    List<Literal> c = of(one, point);
    List<Literal> d = of(other, point);
    for (int i = 0; i < c.size(); i++) {
      close(c.get(i), d.get(i), 1e-10);
    }
  }

  static void close(Literal expected, Literal got, double relative) {
    assertArrayEquals(expected.shape(), got.shape());
    double largest = Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElse(0);
    assertArrayEquals(expected.toDoubles(), got.toDoubles(), relative * Math.max(largest, 1e-12));
  }

  /** {@return root mean square difference over root mean square of the first} */
  static double error(Literal expected, Literal got) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.count(); i++) {
      difference += Math.pow(expected.get(i) - got.get(i), 2);
      size += Math.pow(expected.get(i), 2);
    }
    return Math.sqrt(difference / size);
  }

  /** {@return the outputs of a layer in inference, with variables drawn from a seed} */
  static Map<String, Literal> run(Layer layer, long seed, Map<String, Literal> inputs) {
    List<InputSpec> specs = new ArrayList<>();
    inputs.forEach((name, value) -> specs.add(spec(name, value)));
    Lowered lowered = Lower.lower(layer, specs, Mode.INFERENCE);
    int batch = inputs.values().iterator().next().shape()[0];
    return ReferenceEvaluator.evaluate(lowered.graph(), batch, inputs, lowered.initial(seed))
        .outputs();
  }

  static InputSpec spec(String name, Literal value) {
    long[] sizes = Arrays.stream(value.shape()).skip(1).asLongStream().toArray();
    return new InputSpec(name, value.dtype(), sizes);
  }

  /** {@return entries {@code from} to {@code to} of axis 1 of three} */
  static Literal slice(Literal x, int from, int to) {
    int[] shape = x.shape().clone();
    int inner = Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
    double[] values = new double[shape[0] * (to - from) * inner];
    int next = 0;
    for (int n = 0; n < shape[0]; n++) {
      for (int i = from * inner; i < to * inner; i++) {
        values[next++] = x.get(n * shape[1] * inner + i);
      }
    }
    shape[1] = to - from;
    return Literal.of(values, shape);
  }
}
