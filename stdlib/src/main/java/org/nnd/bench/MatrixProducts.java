package org.nnd.bench;

import static org.nnd.bench.Operands.tensor;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Operations;

/** Square matrix products, one of them of a prime size, and those that gradients need. */
final class MatrixProducts {
  private static final int[] SIZES = {128, 256, 512, 1009, 1024};

  private MatrixProducts() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int n : SIZES) {
      cases.add(product("A B", n, 1, 0));
    }
    cases.add(product("A B^T", 1024, 1, 1));
    cases.add(product("A^T B", 1024, 0, 0));
    return cases;
  }

  /** The sum over an axis of each. */
  static Case product(String name, int n, int left, int right) {
    return new Case(
        "%s, %d x %d".formatted(name, n, n),
        2.0 * n * n * n,
        () ->
            Operations.dot(
                tensor("a", n, n),
                tensor("b", n, n),
                List.of(),
                List.of(),
                List.of(left),
                List.of(right)));
  }
}
