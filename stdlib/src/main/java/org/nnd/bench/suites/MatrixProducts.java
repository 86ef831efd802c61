package org.nnd.bench.suites;

import static org.nnd.bench.suites.Operands.data;
import static org.nnd.bench.suites.Operands.forward;
import static org.nnd.bench.suites.Operands.weights;

import java.util.ArrayList;
import java.util.List;
import org.nnd.bench.Case;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.composite.Activations;

/** Products of matrices: square and not, of odd sizes, transposed, batched, with an epilogue. */
final class MatrixProducts {
  private static final int[] SIZES = {128, 256, 512, 1009, 1024, 2048};

  private MatrixProducts() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int n : SIZES) {
      cases.add(product(n, n, n, false, false));
    }
    for (int n : new int[] {512, 1009, 1024}) {
      cases.add(product(n, n, n, false, true));
      cases.add(product(n, n, n, true, false));
      cases.add(product(n, n, n, true, true));
    }
    cases.add(product(4096, 4096, 1, false, false));
    cases.add(product(1, 4096, 4096, false, true));
    cases.add(product(65536, 64, 64, false, false));
    cases.add(product(64, 65536, 64, false, false));
    cases.add(product(64, 64, 65536, false, false));
    cases.add(batched(64, 128));
    cases.add(batched(16, 256));
    cases.add(dense(3136, 96, 384));
    cases.add(dense(1024, 1024, 1024));
    return cases;
  }

  /**
   * {@code [m, k]} times {@code [k, n]}.
   *
   * @param left whether the left operand lies as {@code [k, m]}
   * @param right whether the right operand lies as {@code [n, k]}
   */
  static Case product(int m, int k, int n, boolean left, boolean right) {
    String name = "A%s B%s, %d x %d x %d".formatted(left ? "^T" : "", right ? "^T" : "", m, k, n);
    return new Case(
        name,
        () ->
            forward(
                Operations.dot(
                    left ? data("a", k, m) : data("a", m, k),
                    right ? data("b", n, k) : data("b", k, n),
                    List.of(),
                    List.of(),
                    List.of(left ? 0 : 1),
                    List.of(right ? 1 : 0))));
  }

  static Case batched(int batch, int n) {
    return new Case(
        "batched A B, %d of %d x %d x %d".formatted(batch, n, n, n),
        () -> forward(Operations.matmul(data("a", batch, n, n), data("b", batch, n, n))));
  }

  /** A layer of weights {@code [out, in]}, as PyTorch has them. */
  static Case dense(int rows, int in, int out) {
    return new Case(
        "GELU(A W^T + b), %d x %d x %d".formatted(rows, in, out),
        () -> {
          Node product =
              Operations.dot(
                  data("a", rows, in),
                  weights("w", out, in),
                  List.of(),
                  List.of(),
                  List.of(1),
                  List.of(1));
          Node bias = Operations.broadcastTrailing(weights("bias", out), product.shape());
          return forward(Activations.gelu(Operations.add(product, bias)));
        });
  }
}
