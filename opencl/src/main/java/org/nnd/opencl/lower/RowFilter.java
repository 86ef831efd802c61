package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;

/**
 * A correlation along one axis by fewer, shorter ones: F(2, 2) (Winograd 1980, "Arithmetic
 * Complexity of Computations", III; short-length FIR filters, Mou and Duhamel 1991), nested {@code
 * levels} times. With even and odd elements apart, {@code y[2p]} and {@code y[2p + 1]} are
 *
 * <pre>
 * a + b, b + c  where  a = (x[2p] - x[2p + 1]) * g_even
 *                      b =  x[2p + 1]          * (g_even + g_odd)
 *                      c = (x[2p + 2] - x[2p + 1]) * g_odd
 * </pre>
 *
 * each product a correlation of half the length at half the places: three quarters of the
 * multiplications at each level.
 */
record RowFilter(int levels) {
  static final RowFilter DIRECT = new RowFilter(0);
  static final List<RowFilter> FAST = List.of(new RowFilter(1), new RowFilter(2));

  /** {@return results, and taps, for each place of the products} */
  int phases() {
    return 1 << levels;
  }

  int products() {
    int products = 1;
    for (int level = 0; level < levels; level++) {
      products *= 3;
    }
    return products;
  }

  /** {@return elements of the input that are needed for some consecutive places of the products} */
  int inputs(int places) {
    int inputs = places;
    for (int level = 0; level < levels; level++) {
      inputs = 2 * inputs + 1;
    }
    return inputs;
  }

  /** {@return what each product takes at a place, from {@code inputs(1)} elements of the input} */
  List<Expr> data(Body body, List<Expr> x) {
    if (x.size() == 1) {
      return x;
    }
    List<Expr> a = new ArrayList<>();
    List<Expr> b = new ArrayList<>();
    List<Expr> c = new ArrayList<>();
    for (int p = 0; p + 2 < x.size(); p += 2) {
      a.add(let(body, BinaryOp.SUBTRACT, x.get(p), x.get(p + 1)));
      b.add(x.get(p + 1));
      c.add(let(body, BinaryOp.SUBTRACT, x.get(p + 2), x.get(p + 1)));
    }
    List<Expr> all = new ArrayList<>(data(body, a));
    all.addAll(data(body, b));
    all.addAll(data(body, c));
    return all;
  }

  /** {@return a tap of each product, from {@link #phases} taps} */
  List<Expr> taps(Body body, List<Expr> g) {
    if (g.size() == 1) {
      return g;
    }
    List<Expr> even = new ArrayList<>();
    List<Expr> sum = new ArrayList<>();
    List<Expr> odd = new ArrayList<>();
    for (int s = 0; s < g.size(); s += 2) {
      even.add(g.get(s));
      sum.add(let(body, BinaryOp.ADD, g.get(s), g.get(s + 1)));
      odd.add(g.get(s + 1));
    }
    List<Expr> all = new ArrayList<>(taps(body, even));
    all.addAll(taps(body, sum));
    all.addAll(taps(body, odd));
    return all;
  }

  /** {@return the products whose sum is the result at a place's {@code phase}} */
  List<Integer> sum(int phase) {
    List<Integer> sum = List.of(0);
    int block = products();
    for (int level = 0; level < levels; level++) {
      block /= 3;
      int first = (phase >> level) & 1;
      List<Integer> next = new ArrayList<>();
      for (int product : sum) {
        next.add(product + first * block);
        next.add(product + (first + 1) * block);
      }
      sum = next;
    }
    return sum;
  }

  private static Expr let(Body body, BinaryOp function, Expr x, Expr y) {
    return body.let("f", new Expr.Binary(function, x, y));
  }
}
