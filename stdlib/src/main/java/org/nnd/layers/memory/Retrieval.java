package org.nnd.layers.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * The updates of a modern Hopfield network (Ramsauer et al. 2021, eq. 3): {@code ξ ← softmax(β ξ
 * Kᵀ) K}, head by head, until the associations hardly change or the updates are used up. Gradients
 * go through all updates.
 *
 * @param stored {@code [N, heads, S, hidden]}
 * @param allowed {@code [N or 1, heads or 1, L or 1, S]}: where a state may look, if not everywhere
 * @param added to the scores, of such a shape
 */
record Retrieval(
    Tensor stored,
    Optional<Tensor> allowed,
    Optional<Tensor> added,
    Association.Updates updates,
    int heads,
    double usualBeta) {
  /** Up to so many updates are written one after the other, more run as a loop. */
  private static final int UNROLLED = 4;

  /**
   * Updates of a head that has no limit. What is left of the distance to a fixed point falls
   * geometrically, so this is never reached where the updates converge.
   */
  static final int MOST = 100;

  /** {@return the association matrix {@code [N, heads, L, S]} of the last state} */
  Tensor associations(Tensor state) {
    Tensor first = associate(state);
    int limit = IntStream.range(0, heads).map(this::limit).max().orElse(0);
    if (limit == 0) {
      return first;
    }
    Tensor active = greater(0);
    if (limit <= UNROLLED) {
      Tensor now = first;
      for (int step = 1; step <= limit; step++) {
        Tensor next = update(now, active);
        active = step < limit ? still(now, next, number(step)) : active;
        now = next;
      }
      return now;
    }
    return loop(first, active, limit);
  }

  private int limit(int head) {
    return updates.most(head) < 0 ? MOST : updates.most(head);
  }

  /** Softmax of the scores of states {@code [N, heads, L, hidden]}. */
  private Tensor associate(Tensor state) {
    Tensor scores = state.mul(beta()).matmul(stored.transpose());
    Tensor biased = added.map(scores::add).orElse(scores);
    Tensor masked =
        allowed.map(mask -> mask.where(biased, Double.NEGATIVE_INFINITY)).orElse(biased);
    Tensor weights = masked.softmax(-1);
    // Where nothing is stored softmax divides zero by zero.
    return allowed.map(mask -> mask.where(weights, 0)).orElse(weights);
  }

  private Tensor update(Tensor associations, Tensor active) {
    return active.where(associate(associations.matmul(stored)), associations);
  }

  /** Whether each head goes on after update {@code step}. */
  private Tensor still(Tensor before, Tensor after, Tensor step) {
    Tensor change = after.sub(before).stopGradient().square().sum(2, 3).max(0).sqrt();
    Tensor moving = change.gt(perHead(updates::eps).reshape(heads));
    return moving.reshape(1, heads, 1, 1).and(greater(step));
  }

  private Tensor loop(Tensor first, Tensor active, int limit) {
    Map<String, Node> inputs = new LinkedHashMap<>();
    List<Node> operands = new ArrayList<>();
    Tensor now = input("now", first.node(), inputs, operands);
    Tensor going = input("going", active.node(), inputs, operands);
    Node steps = Operations.add(Operations.iota(DType.I32, Shape.of(limit), 0), 1);
    Tensor step =
        new Element("step", Operations.input("step", org.nnd.ir.TensorType.scalar(DType.I32)))
            .put(inputs);
    operands.add(steps);
    Tensor patterns = input("stored", stored.node(), inputs, operands);
    Optional<Tensor> mask = allowed.map(m -> input("allowed", m.node(), inputs, operands));
    Optional<Tensor> bias = added.map(m -> input("added", m.node(), inputs, operands));
    Retrieval body = new Retrieval(patterns, mask, bias, updates, heads, usualBeta);
    Tensor next = body.update(now, going);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("now", next.node());
    outputs.put("going", body.still(now, next, step).node());
    Graph graph = Graph.of(List.copyOf(inputs.values()), outputs);
    Node scan = Node.of(new Op.Scan(graph, 2, 1, limit, false), operands);
    return Tensor.of(Operations.results(scan).get(0));
  }

  private record Element(String name, Node node) {
    Tensor put(Map<String, Node> inputs) {
      inputs.put(name, node);
      return Tensor.of(node);
    }
  }

  private static Tensor input(
      String name, Node operand, Map<String, Node> inputs, List<Node> operands) {
    operands.add(operand);
    return new Element(name, Operations.input(name, operand.type())).put(inputs);
  }

  private static Tensor number(int value) {
    return Tensor.of(Operations.scalar(DType.I32, value));
  }

  /** Whether each head has updates left after so many, {@code [1, heads, 1, 1]}. */
  private Tensor greater(Tensor steps) {
    int[] limits = IntStream.range(0, heads).map(this::limit).toArray();
    Tensor most = Tensor.of(Operations.constant(Literal.of(limits, 1, heads, 1, 1)));
    return most.gt(steps);
  }

  private Tensor greater(int steps) {
    return greater(number(steps));
  }

  private Tensor beta() {
    return perHead(head -> updates.beta(head, usualBeta));
  }

  /** One number per head, {@code [1, heads, 1, 1]}. */
  private Tensor perHead(java.util.function.IntToDoubleFunction value) {
    double[] values = IntStream.range(0, heads).mapToDouble(value).toArray();
    return Tensor.of(
        Operations.constant(Literal.ofDoubles(stored.dtype(), values, 1, heads, 1, 1)));
  }

  /** {@return patterns that are the same for all examples, repeated for each} */
  static Tensor forAll(Tensor patterns, Dim batch) {
    return patterns.broadcastTo(patterns.shape().with(0, batch));
  }
}
