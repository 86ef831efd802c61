package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.binary;
import static org.nnd.ir.Operations.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.onnx.ElementType;

/** Truth values: comparisons, logic, and choices by them. */
final class Comparisons {
  private Comparisons() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("Equal", Comparisons::equal);
    all.put("Less", comparing(Comparison.LT));
    all.put("LessOrEqual", comparing(Comparison.LE));
    all.put("Greater", comparing(Comparison.GT));
    all.put("GreaterOrEqual", comparing(Comparison.GE));
    all.put("And", logic(BinaryOp.AND));
    all.put("Or", logic(BinaryOp.OR));
    all.put("Xor", logic(BinaryOp.XOR));
    all.put("Not", scope -> List.of(truth(scope, Operations.not(scope.node(0)))));
    all.put("Where", Comparisons::where);
    all.put("IsNaN", Comparisons::isNaN);
    all.put("IsInf", Comparisons::isInf);
    return all;
  }

  private static Value truth(NodeScope scope, Node node) {
    return scope.of(ElementType.BOOL, node);
  }

  private static Lowered comparing(Comparison comparison) {
    return scope -> {
      List<Node> both = Arithmetic.operands(scope);
      return List.of(truth(scope, compare(comparison, both.get(0), both.get(1))));
    };
  }

  private static List<Value> equal(NodeScope scope) {
    if (scope.value(0) instanceof Value.Strings left
        && scope.value(1) instanceof Value.Strings right
        && Arrays.equals(left.shape(), right.shape())) {
      byte[] same = new byte[left.values().size()];
      for (int i = 0; i < same.length; i++) {
        same[i] = (byte) (left.values().get(i).equals(right.values().get(i)) ? 1 : 0);
      }
      return List.of(Value.Known.of(new Literal(DType.BOOL, left.shape(), same)));
    }
    return comparing(Comparison.EQ).lower(scope);
  }

  private static Lowered logic(BinaryOp function) {
    return scope -> {
      List<Node> both = Arithmetic.operands(scope);
      return List.of(truth(scope, binary(function, both.get(0), both.get(1))));
    };
  }

  private static List<Value> where(NodeScope scope) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nodes.add(scope.node(i));
    }
    List<Node> same = Broadcasting.together(nodes);
    return List.of(scope.like(1, Operations.select(same.get(0), same.get(1), same.get(2))));
  }

  private static List<Value> isNaN(NodeScope scope) {
    Node x = scope.node(0);
    return List.of(truth(scope, compare(Comparison.NE, x, x)));
  }

  private static List<Value> isInf(NodeScope scope) {
    Node x = scope.node(0);
    Node none = Operations.full(x.type().withDType(DType.BOOL), 0);
    Node high =
        scope.flag("detect_positive", true)
            ? compare(Comparison.EQ, x, Double.POSITIVE_INFINITY)
            : none;
    Node low =
        scope.flag("detect_negative", true)
            ? compare(Comparison.EQ, x, Double.NEGATIVE_INFINITY)
            : none;
    return List.of(truth(scope, binary(BinaryOp.OR, high, low)));
  }

  /** {@return whether each position of a matrix {@code [rows, columns]} has column - row >= k} */
  static Node above(Shape matrix, long k) {
    int rank = matrix.rank();
    Node rows = Operations.iota(DType.I32, matrix, rank - 2);
    Node columns = Operations.iota(DType.I32, matrix, rank - 1);
    return compare(Comparison.GE, Operations.subtract(columns, rows), k);
  }
}
