package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;

/** A small constant matrix, applied in registers. */
record LinearMap(double[][] rows) {
  static LinearMap of(double[]... rows) {
    return new LinearMap(rows);
  }

  /** {@return the matrix times a vector of values} */
  List<Expr> apply(Body body, List<Expr> values) {
    List<Expr> results = new ArrayList<>();
    for (double[] row : rows) {
      results.add(body.let("t", combination(row, values)));
    }
    return results;
  }

  private static Expr combination(double[] row, List<Expr> values) {
    Expr sum = null;
    for (int i = 0; i < row.length; i++) {
      if (row[i] == 0) {
        continue;
      }
      Expr value = values.get(i);
      if (sum == null) {
        sum =
            row[i] == 1 ? value : new Expr.Binary(BinaryOp.MULTIPLY, factor(row[i], value), value);
      } else if (Math.abs(row[i]) == 1) {
        sum = new Expr.Binary(row[i] > 0 ? BinaryOp.ADD : BinaryOp.SUBTRACT, sum, value);
      } else {
        sum = new Expr.Fma(factor(row[i], value), value, sum);
      }
    }
    return sum;
  }

  private static Expr factor(double factor, Expr like) {
    Expr real = new Expr.Real(factor, like.type().dtype());
    return like.type().lanes() == 1 ? real : new Expr.Splat(real, like.type().lanes());
  }

  /** {@return M X Mᵀ for a square X, in row order} */
  List<Expr> applyTwice(Body body, List<Expr> square) {
    int size = rows[0].length;
    List<List<Expr>> columns = new ArrayList<>();
    for (int j = 0; j < size; j++) {
      List<Expr> column = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        column.add(square.get(i * size + j));
      }
      columns.add(apply(body, column));
    }
    List<Expr> results = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      List<Expr> row = new ArrayList<>();
      for (List<Expr> column : columns) {
        row.add(column.get(i));
      }
      results.addAll(apply(body, row));
    }
    return results;
  }
}
