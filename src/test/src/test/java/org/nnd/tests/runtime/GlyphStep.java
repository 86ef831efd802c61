package org.nnd.tests.runtime;

import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.sqrt;
import static org.nnd.ir.Operations.subtract;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.downsample;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.repLKBlock;

import java.util.ArrayList;
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
import org.nnd.ir.TensorType;
import org.nnd.ir.composite.Losses;
import org.nnd.ir.gradient.Gradient;

/**
 * A training step of the network of the first tutorial: forward, cross-entropy, gradients, and Adam
 * with fixed coefficients, updating every weight and statistic in place.
 *
 * @param graph inputs {@code x} {@code [N, 1, 28, 28]} and {@code labels} i32 {@code [N]}, output
 *     {@code loss}, a number
 * @param initial values of all variables
 */
record GlyphStep(Graph graph, Map<String, Literal> initial) {
  private static final double RATE = 1e-3;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;

  static Layer network() {
    return sequential(
        conv(32).kernel(3).stride(2),
        batchNorm(),
        gelu(),
        repeat(2, repLKBlock(13).small(5)),
        downsample(64),
        repeat(2, repLKBlock(13).small(5)),
        globalAvgPool(),
        dense(10));
  }

  static GlyphStep make() {
    Lowered lowered =
        Lower.lower(network(), List.of(new InputSpec("x", DType.F32, 1, 28, 28)), Mode.TRAINING);
    Graph forward = lowered.graph();
    Node labels = Operations.input("labels", new TensorType(DType.I32, Shape.batchOf()));
    Node losses = Losses.crossEntropy(forward.output(), labels, 0);
    Node loss = Operations.mean(losses, List.of(0));
    Map<String, Node> weights = new LinkedHashMap<>();
    for (Variable variable : lowered.variables()) {
      if (variable.kind() == Variable.Kind.PARAMETER) {
        weights.put(variable.path(), parameter(forward, variable.path()));
      }
    }
    List<Node> gradients = Gradient.of(loss, List.copyOf(weights.values()));
    Map<String, Node> updates = new LinkedHashMap<>(forward.updates());
    Map<String, Literal> initial = new LinkedHashMap<>(lowered.initial(1));
    int next = 0;
    for (Map.Entry<String, Node> weight : weights.entrySet()) {
      adam(weight.getKey(), weight.getValue(), gradients.get(next++), updates, initial);
    }
    List<Node> inputs = new ArrayList<>(forward.inputs());
    inputs.add(labels);
    return new GlyphStep(Graph.of(inputs, Map.of("loss", loss), updates), initial);
  }

  private static Node parameter(Graph graph, String path) {
    return graph.parameters().stream()
        .filter(p -> ((Op.Parameter) p.op()).name().equals(path))
        .findFirst()
        .orElseThrow();
  }

  /** Kingma and Ba 2015, without the correction of the first steps. */
  private static void adam(
      String path,
      Node weight,
      Node gradient,
      Map<String, Node> updates,
      Map<String, Literal> initial) {
    TensorType type = weight.type();
    Node m = Operations.parameter(path + ".m", type);
    Node v = Operations.parameter(path + ".v", type);
    Node newM = add(scaled(m, BETA1), scaled(gradient, 1 - BETA1));
    Node newV = add(scaled(v, BETA2), scaled(multiply(gradient, gradient), 1 - BETA2));
    Node change = divide(scaled(newM, RATE), add(sqrt(newV), full(type, EPS)));
    updates.put(path, subtract(weight, change));
    updates.put(path + ".m", newM);
    updates.put(path + ".v", newV);
    Literal zero = Literal.zeros(type.dtype(), initial.get(path).shape());
    initial.put(path + ".m", zero);
    initial.put(path + ".v", zero);
  }

  private static Node scaled(Node x, double factor) {
    return multiply(x, full(x.type(), factor));
  }

  /** Pictures of noise with labels. */
  static Map<String, Literal> batch(int size, long seed) {
    Random random = new Random(seed);
    float[] pictures = new float[size * 28 * 28];
    int[] labels = new int[size];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = random.nextFloat();
    }
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(10);
    }
    return Map.of("x", Literal.of(pictures, size, 1, 28, 28), "labels", Literal.of(labels, size));
  }
}
