package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.negate;
import static org.nnd.ir.Operations.reshape;
import static org.nnd.ir.Operations.select;
import static org.nnd.ir.Operations.slice;
import static org.nnd.ir.Operations.subtract;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;

/** Determinants by Gaussian elimination with partial pivoting, one row after another. */
final class Determinants {
  /** Each row is a piece of the graph. */
  private static final int MOST_ROWS = 64;

  private Determinants() {}

  static Map<String, Lowered> operators() {
    return Map.of("Det", Determinants::determinant);
  }

  private static List<Value> determinant(NodeScope scope) {
    Node x = scope.node(0);
    int rank = x.rank();
    boolean square = rank >= 2 && x.shape().dim(rank - 1).equals(x.shape().dim(rank - 2));
    if (!square) {
      throw scope.error("square matrices are wanted, got " + x.shape());
    }
    int rows = x.shape().size(rank - 1);
    if (rows > MOST_ROWS) {
      throw scope.unsupported("a matrix of more than " + MOST_ROWS + " rows");
    }
    Shape batch = x.shape().slice(0, rank - 2);
    Node rest = reshape(x, Shape.of(batch.count(), Dim.of(rows), Dim.of(rows)));
    Node result = full(rest.type().withShape(rest.shape().slice(0, 1)), 1);
    for (int size = rows; size > 0; size--) {
      Step step = Step.of(rest, size);
      result = multiply(result, step.factor);
      rest = step.rest;
    }
    return List.of(scope.like(0, reshape(result, batch)));
  }

  /** One row eliminated: its factor {@code [B]}, and the matrix without it and its column. */
  private record Step(Node factor, Node rest) {
    static Step of(Node x, int size) {
      Shape shape = x.shape();
      Node column = reshape(slice(x, 2, 0, 1), shape.slice(0, 2));
      Node best = Operations.argReduce(Reduction.MAX, Operations.unary(UnaryOp.ABS, column), 1);
      Node isBest =
          compare(
              Comparison.EQ,
              broadcast(best, shape, List.of(0)),
              Operations.iota(DType.I32, shape, 1));
      Node row = Operations.sum(select(isBest, x, full(x.type(), 0)), List.of(1)); // [B, size]
      Node pivot = reshape(slice(row, 1, 0, 1), shape.slice(0, 1));
      Node moved = compare(Comparison.NE, best, 0);
      Node factor = select(moved, negate(pivot), pivot);
      if (size == 1) {
        return new Step(factor, x);
      }
      // The first row takes the place of the best one.
      Node first = broadcast(reshape(slice(x, 1, 0, 1), row.shape()), shape, List.of(0, 2));
      Node others = slice(select(isBest, first, x), 1, 1, size);
      Node none = compare(Comparison.EQ, pivot, 0);
      Node divisor = select(none, full(pivot.type(), 1), pivot);
      Shape inner = shape.with(1, Dim.of(size - 1)).with(2, Dim.of(size - 1));
      Node heads = reshape(slice(others, 2, 0, 1), inner.slice(0, 2));
      Node shares = divide(heads, broadcast(divisor, heads.shape(), List.of(0)));
      Node taken =
          multiply(
              broadcast(shares, inner, List.of(0, 1)),
              broadcast(slice(row, 1, 1, size), inner, List.of(0, 2)));
      return new Step(factor, subtract(slice(others, 2, 1, size), taken));
    }
  }
}
