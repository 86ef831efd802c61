package org.nnd.tests.peers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Contractions: F.linear, matmul where the axes lie so, einsum otherwise. */
final class TorchContractions {
  private TorchContractions() {}

  /** Whether a product is a dense layer: {@code [..., K]} with {@code [O, K]} or {@code [K, O]}. */
  static boolean isDense(Node node, Op.Dot dot) {
    return dot.leftBatch().isEmpty()
        && node.operand(1).rank() == 2
        && dot.leftContracting().equals(List.of(node.operand(0).rank() - 1))
        && node.operand(0).rank() > 1;
  }

  static String dot(TorchScope s, Node node, Op.Dot dot) {
    if (isDense(node, dot)) {
      return dense(s, node, dot, "None");
    }
    Node left = node.operand(0);
    Node right = node.operand(1);
    int batch = dot.leftBatch().size();
    boolean matrices =
        dot.leftContracting().size() == 1 && left.rank() == batch + 2 && right.rank() == batch + 2;
    return matrices
        ? s.call(
            "torch.matmul",
            s.permute(s.value(left), leftOrder(dot, left.rank())),
            s.permute(s.value(right), rightOrder(dot, right.rank())))
        : einsum(s, node, dot);
  }

  static String biased(TorchScope s, TorchBiases.Biased biased) {
    Node contraction = biased.contraction();
    String bias = s.value(biased.bias());
    String vector = biased.bias().rank() == 1 ? bias : s.let(bias + ".reshape(-1)");
    return switch (contraction.op()) {
      case Op.Dot dot -> dense(s, contraction, dot, vector);
      case Op.Convolution c -> TorchConvolutions.write(s, contraction, c, vector);
      default -> throw new IllegalStateException(contraction.toString());
    };
  }

  /** A kernel that lies as [K, O] is seen the other way round, which costs nothing. */
  private static String dense(TorchScope s, Node node, Op.Dot dot, String bias) {
    String kernel = s.operand(node, 1);
    String view = dot.rightContracting().get(0) == 1 ? kernel : s.let(kernel + ".t()");
    return s.call("F.linear", s.operand(node, 0), view, bias);
  }

  private static List<Integer> leftOrder(Op.Dot dot, int rank) {
    List<Integer> order = new ArrayList<>(dot.leftBatch());
    order.addAll(free(rank, dot.leftBatch(), dot.leftContracting()));
    order.addAll(dot.leftContracting());
    return order;
  }

  private static List<Integer> rightOrder(Op.Dot dot, int rank) {
    List<Integer> order = new ArrayList<>(dot.rightBatch());
    order.addAll(dot.rightContracting());
    order.addAll(free(rank, dot.rightBatch(), dot.rightContracting()));
    return order;
  }

  private static List<Integer> free(int rank, List<Integer> batch, List<Integer> contracting) {
    Set<Integer> bound = new HashSet<>(batch);
    bound.addAll(contracting);
    return IntStream.range(0, rank).filter(axis -> !bound.contains(axis)).boxed().toList();
  }

  private static String einsum(TorchScope s, Node node, Op.Dot dot) {
    Node left = node.operand(0);
    Node right = node.operand(1);
    char[] first = new char[left.rank()];
    char[] second = new char[right.rank()];
    char next = 'a';
    for (int axis = 0; axis < first.length; axis++) {
      first[axis] = next++;
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < dot.leftBatch().size(); i++) {
      second[dot.rightBatch().get(i)] = first[dot.leftBatch().get(i)];
      result.append(first[dot.leftBatch().get(i)]);
    }
    for (int i = 0; i < dot.leftContracting().size(); i++) {
      second[dot.rightContracting().get(i)] = first[dot.leftContracting().get(i)];
    }
    for (int axis : free(first.length, dot.leftBatch(), dot.leftContracting())) {
      result.append(first[axis]);
    }
    for (int axis : free(second.length, dot.rightBatch(), dot.rightContracting())) {
      second[axis] = next++;
      result.append(second[axis]);
    }
    String equation = new String(first) + "," + new String(second) + "->" + result;
    return s.call("torch.einsum", TorchText.string(equation), s.value(left), s.value(right));
  }
}
