package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Contractions: Gemm and MatMul where the axes lie so, Einsum otherwise. */
final class Products {
  private Products() {}

  static String dot(Scope s, Node node, Op.Dot dot) {
    Node left = node.operand(0);
    Node right = node.operand(1);
    boolean nothing =
        dot.leftContracting().stream().anyMatch(axis -> left.shape().dim(axis).is(0))
            || node.shape().dims().stream().anyMatch(dim -> dim.is(0));
    if (nothing) {
      return s.full(node.type(), 0);
    }
    DType working = ElementTypes.working(node.dtype());
    String x = s.cast(s.value(left), node.dtype(), working);
    String y = s.cast(s.value(right), node.dtype(), working);
    String result =
        isGemm(dot, left, right, working)
            ? gemm(s, x, y, dot)
            : isMatrixProduct(dot, left, right)
                ? matrixProduct(s, x, y, dot, left.rank(), right.rank())
                : einsum(s, x, y, dot, left.rank(), right.rank());
    return s.cast(result, working, node.dtype());
  }

  private static boolean isGemm(Op.Dot dot, Node left, Node right, DType working) {
    return working == DType.F32
        && dot.leftBatch().isEmpty()
        && left.rank() == 2
        && right.rank() == 2
        && dot.leftContracting().size() == 1;
  }

  private static String gemm(Scope s, String x, String y, Op.Dot dot) {
    Map<String, Object> attributes = new HashMap<>();
    if (dot.leftContracting().get(0) == 0) {
      attributes.put("transA", 1L);
    }
    if (dot.rightContracting().get(0) == 1) {
      attributes.put("transB", 1L);
    }
    return s.call("Gemm", List.of(x, y), attributes);
  }

  private static boolean isMatrixProduct(Op.Dot dot, Node left, Node right) {
    int batch = dot.leftBatch().size();
    int freeLeft = left.rank() - batch - 1;
    int freeRight = right.rank() - batch - 1;
    return dot.leftContracting().size() == 1
        && (batch == 0 ? freeRight <= 1 : freeLeft == 1 && freeRight == 1);
  }

  private static String matrixProduct(
      Scope s, String x, String y, Op.Dot dot, int leftRank, int rightRank) {
    List<Integer> left = new ArrayList<>(dot.leftBatch());
    left.addAll(free(leftRank, dot.leftBatch(), dot.leftContracting()));
    left.addAll(dot.leftContracting());
    List<Integer> right = new ArrayList<>(dot.rightBatch());
    right.addAll(dot.rightContracting());
    right.addAll(free(rightRank, dot.rightBatch(), dot.rightContracting()));
    return s.call("MatMul", List.of(s.transpose(x, left), s.transpose(y, right)));
  }

  private static List<Integer> free(int rank, List<Integer> batch, List<Integer> contracting) {
    Set<Integer> bound = new HashSet<>(batch);
    bound.addAll(contracting);
    return IntStream.range(0, rank).filter(axis -> !bound.contains(axis)).boxed().toList();
  }

  private static String einsum(
      Scope s, String x, String y, Op.Dot dot, int leftRank, int rightRank) {
    char[] left = new char[leftRank];
    char[] right = new char[rightRank];
    StringBuilder result = new StringBuilder();
    char next = 'a';
    for (int axis = 0; axis < leftRank; axis++) {
      left[axis] = next++;
    }
    for (int i = 0; i < dot.leftBatch().size(); i++) {
      right[dot.rightBatch().get(i)] = left[dot.leftBatch().get(i)];
      result.append(left[dot.leftBatch().get(i)]);
    }
    for (int i = 0; i < dot.leftContracting().size(); i++) {
      right[dot.rightContracting().get(i)] = left[dot.leftContracting().get(i)];
    }
    for (int axis : free(leftRank, dot.leftBatch(), dot.leftContracting())) {
      result.append(left[axis]);
    }
    for (int axis : free(rightRank, dot.rightBatch(), dot.rightContracting())) {
      right[axis] = next++;
      result.append(right[axis]);
    }
    String equation = new String(left) + "," + new String(right) + "->" + result;
    return s.call("Einsum", List.of(x, y), Map.of("equation", equation));
  }
}
