package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.composite.Attention;
import org.nnd.ir.composite.Probabilities;
import org.nnd.ir.gradient.Gradient;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.lower.Target;

/** Attention, whose scores stay in the kernel, against the reference evaluator. */
class AttentionTest {
  private static final double TOLERANCE = 1e-5;
  private static final int HEADS = 3;

  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** Inputs under construction. */
  private static final class Inputs {
    private final Random random = new Random(7);
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Literal> values = new LinkedHashMap<>();

    Node add(String name, Literal value, Shape shape) {
      Node node = Operations.input(name, new TensorType(value.dtype(), shape));
      nodes.add(node);
      values.put(name, value);
      return node;
    }

    /** Random scores spread over some orders of magnitude when they meet. */
    Node normal(String name, int batch, int... example) {
      Shape shape = Shape.batchOf(Arrays.stream(example).asLongStream().toArray());
      int[] dims = shape.at(batch);
      Literal value = Literal.zeros(DType.F32, dims);
      float[] array = (float[]) value.array();
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) (2 * random.nextGaussian());
      }
      return add(name, value, shape);
    }

    /** One key in three is hidden, and for the first query of each head all are. */
    Node mask(int batch, int length, int keys) {
      double[] seen = new double[batch * HEADS * length * keys];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = i / keys % length == 0 || random.nextInt(3) == 0 ? 0 : 1;
      }
      Literal value = Literal.ofDoubles(DType.BOOL, seen, batch, HEADS, length, keys);
      return add("mask", value, Shape.batchOf(HEADS, length, keys));
    }

    void check(int attentions, Map<String, Node> outputs) {
      Graph graph = Graph.of(nodes, outputs);
      assertEquals(attentions, attentions(graph));
      int batch = values.values().iterator().next().shape()[0];
      Agreement.check(device, graph, batch, values, TOLERANCE);
    }
  }

  private static int attentions(Graph graph) {
    return (int)
        Executable.plan(graph, Target.cpu(16)).calls().stream()
            .filter(call -> call.kernel().name().startsWith("attention"))
            .count();
  }

  private static Node attention(
      Inputs in, int batch, int length, int keys, int features, int values, String kind) {
    Node q = in.normal("q", batch, HEADS, length, features);
    Node k = in.normal("k", batch, HEADS, keys, features);
    Node v = in.normal("v", batch, HEADS, keys, values);
    Optional<Node> mask =
        kind.contains("mask")
            ? Optional.of(in.mask(batch, length, keys))
            : kind.contains("bias")
                ? Optional.of(in.normal("bias", batch, HEADS, length, keys))
                : Optional.empty();
    return Attention.attention(q, k, v, mask, 0.3, kind.contains("causal"));
  }

  /** Whole and partial blocks of queries and keys, tiles of keys and columns, vectors. */
  @ParameterizedTest
  @CsvSource({
    "1, 8, 2, 3, 2, plain",
    "2, 17, 7, 5, 3, plain",
    "1, 32, 64, 16, 16, plain",
    "1, 49, 65, 16, 20, plain",
    "2, 100, 130, 12, 9, plain",
    "2, 33, 33, 8, 8, causal",
    "1, 70, 140, 4, 17, causal",
    "1, 140, 70, 4, 4, causal",
    "1, 19, 19, 6, 5, mask",
    "2, 40, 67, 8, 8, causal mask",
    "2, 23, 31, 8, 8, bias",
    "1, 35, 35, 8, 8, causal bias",
  })
  void likeTheReference(int batch, int length, int keys, int features, int values, String kind) {
    Inputs in = new Inputs();
    Node y = attention(in, batch, length, keys, features, values, kind);
    Node residual = in.normal("residual", batch, HEADS, length, values);
    in.check(1, Map.of("y", Operations.add(y, residual)));
  }

  /** Heads that lie within a token's features, as projections leave them, and go back there. */
  @Test
  void headsWithinFeatures() {
    Inputs in = new Inputs();
    List<Node> heads = new ArrayList<>();
    for (String name : List.of("q", "k", "v")) {
      Node tokens = in.normal(name, 2, 20, 4 * HEADS);
      Node split = Operations.reshape(tokens, Shape.batchOf(20, HEADS, 4));
      heads.add(Operations.transpose(split, List.of(0, 2, 1, 3)));
    }
    Node y =
        Attention.attention(heads.get(0), heads.get(1), heads.get(2), Optional.empty(), 0.5, true);
    Node together =
        Operations.reshape(
            Operations.transpose(y, List.of(0, 2, 1, 3)), Shape.batchOf(20, 4 * HEADS));
    in.check(1, Map.of("y", Operations.unary(UnaryOp.TANH, together)));
  }

  /** Keys that are themselves computed go to memory first: each is read for every query. */
  @Test
  void computedKeys() {
    Inputs in = new Inputs();
    Node q = in.normal("q", 1, HEADS, 24, 8);
    Node k = Operations.unary(UnaryOp.TANH, in.normal("k", 1, HEADS, 24, 8));
    Node y = Attention.attention(q, k, Operations.exp(k), Optional.empty(), 1, false);
    in.check(1, Map.of("y", y));
  }

  @Test
  void threeUpdatesOfHopfield() {
    Inputs in = new Inputs();
    Node patterns = in.normal("patterns", 2, HEADS, 30, 8);
    Node state = in.normal("state", 2, HEADS, 21, 8);
    for (int i = 0; i < 3; i++) {
      state = Attention.attention(state, patterns, patterns, Optional.empty(), 0.2, false);
    }
    in.check(3, Map.of("state", state));
  }

  /** What training needs of the weights is kept, so there the scores go to memory. */
  @Test
  void notWhereTheWeightsAreWanted() {
    Inputs in = new Inputs();
    Node y = attention(in, 1, 16, 16, 4, 4, "causal");
    Node loss = Operations.sum(Operations.multiply(y, y), List.of(0, 1, 2, 3));
    Node gradient = Gradient.of(loss, List.of(in.nodes.get(0))).get(0);
    in.check(0, Map.of("y", y, "gradient", gradient));
  }

  @Test
  void notForFewQueries() {
    Inputs in = new Inputs();
    Node y = attention(in, 3, 1, 50, 8, 8, "plain");
    in.check(0, Map.of("y", y));
  }

  /** Infinite and undefined scores give what the formula gives. */
  @Test
  void specialScores() {
    Inputs in = new Inputs();
    Node q = in.normal("q", 1, HEADS, 16, 4);
    Node k = in.normal("k", 1, HEADS, 80, 4);
    Node v = in.normal("v", 1, HEADS, 80, 4);
    double[] bias = new double[HEADS * 16 * 80];
    for (int i = 0; i < bias.length; i++) {
      int key = i % 80;
      int row = i / 80;
      bias[i] =
          switch (row % 6) {
            case 0 -> Double.NEGATIVE_INFINITY;
            case 1 -> key < 70 ? Double.NEGATIVE_INFINITY : 0;
            case 2 -> key == 71 ? Double.POSITIVE_INFINITY : 0;
            case 3 -> key == 3 ? Double.NaN : 0;
            case 4 -> key > 5 ? Double.NEGATIVE_INFINITY : 0;
            default -> key * 3;
          };
    }
    Node given =
        in.add(
            "bias",
            Literal.ofDoubles(DType.F32, bias, 1, HEADS, 16, 80),
            Shape.batchOf(HEADS, 16, 80));
    Node y = Attention.attention(q, k, v, Optional.of(given), 1, false);
    in.check(1, Map.of("y", y));
  }

  /** Several queries' heads share the keys: the batch axes of scores and values differ. */
  @Test
  void sharedKeys() {
    Inputs in = new Inputs();
    Node q = in.normal("q", 2, HEADS, 18, 8);
    Node k = in.normal("k", 2, 25, 8);
    Node v = in.normal("v", 2, 25, 6);
    Node scores = Operations.dot(q, k, List.of(0), List.of(0), List.of(3), List.of(2));
    Node weights = Probabilities.softmax(scores, 3);
    Node y = Operations.dot(weights, v, List.of(0), List.of(0), List.of(3), List.of(1));
    assertEquals(Dim.of(6), y.shape().dim(3));
    in.check(1, Map.of("y", y));
  }
}
