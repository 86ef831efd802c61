package org.nnd.layers.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Runs layers with random weights by the reference evaluator, in float64. */
record Run(Lowered lowered, int batch, Map<String, Literal> inputs, Map<String, Literal> weights) {
  static Literal normal(long seed, int... shape) {
    Random random = new Random(seed);
    double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Literal.of(values, shape);
  }

  /** {@return a layer with weights of which none is special} */
  static Run of(Layer layer, Map<String, Literal> inputs) {
    List<InputSpec> specs =
        inputs.entrySet().stream()
            .map(
                e -> {
                  long[] sizes =
                      Arrays.stream(e.getValue().shape()).skip(1).asLongStream().toArray();
                  return new InputSpec(e.getKey(), e.getValue().dtype(), sizes);
                })
            .toList();
    Lowered lowered = Lower.lower(layer, specs, Mode.INFERENCE);
    Map<String, Literal> weights = new LinkedHashMap<>();
    lowered
        .variables()
        .forEach(
            v -> {
              double[] values = v.initial(1).toDoubles();
              double[] noise = normal(v.path().hashCode(), values.length).toDoubles();
              Arrays.setAll(values, i -> values[i] + 0.4 * noise[i]);
              weights.put(v.path(), Literal.of(values, v.type().shape().at(1)));
            });
    int batch = inputs.values().iterator().next().shape()[0];
    return new Run(lowered, batch, inputs, weights);
  }

  static Run of(Layer layer, Literal x) {
    return of(layer, Map.of("x", x));
  }

  Run with(String path, Literal value) {
    Map<String, Literal> changed = new LinkedHashMap<>(weights);
    changed.put(path, value);
    return new Run(lowered, batch, inputs, changed);
  }

  Literal output(String name) {
    return ReferenceEvaluator.evaluate(lowered.graph(), batch, inputs, weights).outputs().get(name);
  }

  double[] y() {
    return output("y").toDoubles();
  }

  private Node loss() {
    Node y = lowered.graph().outputs().get("y");
    // A sum with unequal factors.
    Node factors =
        Operations.add(
            Operations.convert(
                Operations.iota(org.nnd.ir.DType.I32, y.shape(), y.rank() - 1), y.dtype()),
            1);
    return Operations.sum(Operations.multiply(y, factors), Operations.axes(y.rank()));
  }

  /** {@return the gradients of a weighted sum of the outputs, by variable} */
  Map<String, Literal> gradients() {
    List<Node> wrt =
        lowered.graph().parameters().stream().filter(p -> p.dtype().isFloat()).toList();
    List<Node> gradients = Gradient.of(loss(), wrt);
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (int i = 0; i < wrt.size(); i++) {
      outputs.put(((Op.Parameter) wrt.get(i).op()).name(), gradients.get(i));
    }
    Graph graph = Graph.of(lowered.graph().inputs(), outputs);
    return ReferenceEvaluator.evaluate(graph, batch, inputs, weights).outputs();
  }

  private double lossValue() {
    Graph graph = Graph.of(lowered.graph().inputs(), Map.of("loss", loss()));
    return ReferenceEvaluator.evaluate(graph, batch, inputs, weights).outputs().get("loss").get(0);
  }

  /** Holds the gradient of every variable to central differences, along a random direction. */
  void checkGradients() {
    double step = 1e-6;
    gradients()
        .forEach(
            (name, gradient) -> {
              double[] direction = normal(17, gradient.count()).toDoubles();
              double expected = 0;
              double[] up = weights.get(name).toDoubles();
              double[] down = up.clone();
              for (int i = 0; i < up.length; i++) {
                expected += gradient.get(i) * direction[i];
                up[i] += step * direction[i];
                down[i] -= step * direction[i];
              }
              int[] shape = gradient.shape();
              double difference =
                  with(name, Literal.of(up, shape)).lossValue()
                      - with(name, Literal.of(down, shape)).lossValue();
              assertEquals(
                  difference / (2 * step), expected, 1e-5 * Math.max(1, Math.abs(expected)), name);
            });
  }

  /** {@return a function of tensors, computed} */
  static double[] compute(Function<List<Tensor>, Tensor> function, Literal... values) {
    List<Tensor> tensors =
        Arrays.stream(values).map(v -> Tensor.of(Operations.constant(v))).toList();
    Graph graph = Graph.of(List.of(), Map.of("y", function.apply(tensors).node()));
    return ReferenceEvaluator.evaluate(graph, 1, Map.of(), Map.of()).outputs().get("y").toDoubles();
  }
}
