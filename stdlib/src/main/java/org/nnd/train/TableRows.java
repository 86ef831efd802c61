package org.nnd.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/**
 * The gradient of a table that is only read by row: the rows read, each once, and the gradient of
 * each. Both have a place for every read, so that their size is known; places that are left over
 * have row -1, which is read as zeros and written nowhere.
 *
 * @param rows i32 {@code [M]}, distinct but for -1
 * @param gradients {@code [M, features]}
 */
record TableRows(Tensor rows, Tensor gradients) {

  /**
   * {@return the places where a loss reads a table}
   *
   * @throws NndException if it reads the table in another way than by row
   */
  static List<Node> reads(Variable table, Node loss) {
    List<Node> reads = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>(List.of(loss));
    Set<Node> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      Node node = open.pop();
      for (int i = 0; i < node.operands().size(); i++) {
        Node operand = node.operand(i);
        if (operand.op() instanceof Op.Parameter p && p.name().equals(table.path())) {
          if (i > 0 || !node.op().equals(new Op.Gather(0))) {
            throw new NndException(
                ("train: the table '%s' changes by the rows that are read, but it is also read whole"
                        + " (%s); let the layer that declares it train all rows, with"
                        + " byRows(false)")
                    .formatted(table.path(), node.origin()));
          }
          reads.add(node);
        } else if (seen.add(operand)) {
          open.push(operand);
        }
      }
    }
    return reads.stream().distinct().toList();
  }

  /** {@return the gradients of all reads, those of the same row added up} */
  static TableRows of(List<Node> reads, List<Node> gradients) {
    List<Tensor> indices = new ArrayList<>();
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      Tensor index = Tensor.of(reads.get(i).operand(1));
      Dim count = index.shape().count();
      Tensor gradient = Tensor.of(gradients.get(i));
      indices.add(index.reshape(count));
      parts.add(gradient.reshape(count, gradient.dim(-1)));
    }
    Tensor index = Tensor.concat(0, indices);
    Tensor gradient = Tensor.concat(0, parts);
    Tensor order = Tensor.of(Operations.argSort(index.node(), 0, false));
    Tensor sorted = index.gather(order, 0);
    Tensor before = sorted.pad(0, 1, -1, Integer.MIN_VALUE);
    Tensor first = sorted.ne(before);
    // Rows outside the table read as zeros and have no gradient.
    Tensor inside = sorted.ge(0).and(sorted.lt(reads.get(0).operand(0).shape().size(0)));
    // The place of each read's row among the distinct ones.
    Tensor place = inside.where(first.cast(DType.I32).cumsum(0).sub(1), -1);
    Tensor sums =
        Tensor.of(
            Operations.scatterAdd(
                zeros(gradient.type()), place.node(), gradient.gather(order, 0).node(), 0));
    Tensor own = first.where(place, -1);
    Node filled =
        Operations.scatterAddUnique(zeros(sorted.type()), own.node(), sorted.add(1).node(), 0);
    return new TableRows(Tensor.of(filled).sub(1), sums);
  }

  private static Node zeros(TensorType type) {
    return Operations.full(type, 0);
  }

  /** {@return these rows of a table or of the state kept for it, {@code [M, features]}} */
  Tensor of(Tensor table) {
    return table.gather(rows, 0);
  }

  /**
   * {@return the table with other values at these rows, if a condition holds}
   *
   * @param values {@code [M, features]}
   */
  Tensor replaced(Tensor table, Tensor values, Tensor condition) {
    Shape shape = rows.shape();
    Tensor where = condition.broadcastTo(shape).where(rows, -1);
    Tensor change = values.sub(of(table));
    return Tensor.of(Operations.scatterAddUnique(table.node(), where.node(), change.node(), 0));
  }
}
