package org.nnd.tests.peers;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/**
 * Which sums of a graph are a convolution or a dense layer with its bias: PyTorch has these as one
 * operation.
 */
final class TorchBiases {
  /** A sum: the contraction, and the bias, of rank 1 or with further axes of extent 1. */
  record Biased(Node contraction, Node bias) {}

  static final TorchBiases NONE = new TorchBiases(Map.of());

  private final Map<Node, Biased> sums;

  private TorchBiases(Map<Node, Biased> sums) {
    this.sums = sums;
  }

  static TorchBiases of(Graph graph) {
    Map<Node, Biased> sums = new IdentityHashMap<>();
    Set<Node> results = new HashSet<>(graph.outputs().values());
    results.addAll(graph.updates().values());
    List<List<Node>> users = graph.users();
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Op.Binary(BinaryOp function) && function == BinaryOp.ADD)) {
        continue;
      }
      for (int side = 0; side < 2 && !sums.containsKey(node); side++) {
        Node contraction = node.operand(side);
        Node other = node.operand(1 - side);
        int axis = biasAxis(contraction);
        boolean alone =
            axis >= 0
                && users.get(graph.position(contraction)).size() == 1
                && !results.contains(contraction);
        if (alone && isAlong(other, axis)) {
          sums.put(node, new Biased(contraction, other.operand(0)));
        }
      }
    }
    return new TorchBiases(sums);
  }

  Optional<Biased> of(Node sum) {
    return Optional.ofNullable(sums.get(sum));
  }

  /** The axis of the result that a bias would lie on, or -1. */
  private static int biasAxis(Node node) {
    if (!node.types().get(0).dtype().isFloat()) {
      return -1;
    }
    return switch (node.op()) {
      case Op.Convolution c when TorchConvolutions.isPlain(node, c) -> 1;
      case Op.Dot dot when TorchContractions.isDense(node, dot) -> node.rank() - 1;
      default -> -1;
    };
  }

  /** Whether a node repeats a vector that lies on an axis. */
  private static boolean isAlong(Node node, int axis) {
    return node.op() instanceof Op.Broadcast b
        && node.operand(0).shape().count().equals(node.shape().dim(axis))
        && !node.shape().dim(axis).is(1)
        && IntStream.range(0, b.axes().size())
            .anyMatch(
                i ->
                    b.axes().get(i) == axis
                        && node.operand(0).shape().dim(i).equals(node.shape().dim(axis)));
  }
}
