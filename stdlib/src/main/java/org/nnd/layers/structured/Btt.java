package org.nnd.layers.structured;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;

/**
 * Block tensor train (Qiu et al. 2024): with {@code in = m0 m1} and {@code out = n0 n1},
 *
 * <pre>{@code
 * y[a n1 + b] = sum over j < m1, p < rank of (sum over i < m0 of x[j m0 + i] W1[j, i, a rank + p])
 *                                          * W2[a, j rank + p, b]
 * }</pre>
 *
 * Variables {@code W1 [m1, m0, n0 rank]}, {@code W2 [n0, m1 rank, n1]} and, if wanted, {@code
 * bias}.
 *
 * @param input {@code m0, m1}; empty to split the input as evenly as it allows
 * @param output {@code n0, n1}
 */
public record Btt(List<Integer> input, List<Integer> output, int rank, boolean bias, Site site)
    implements UnaryLayer {
  public Btt {
    input = List.copyOf(input);
    output = List.copyOf(output);
    Check.positive("btt", "the rank", rank);
  }

  static Btt of(int out, Site site) {
    return new Btt(List.of(), split(out), 1, false, site);
  }

  /** {@return this for inputs of {@code m0 * m1} features} */
  public Btt input(int m0, int m1) {
    Check.allPositive("btt", "the input sizes", m0, m1);
    return new Btt(List.of(m0, m1), output, rank, bias, site);
  }

  /** {@return this with the output features split into {@code n0 * n1}} */
  public Btt output(int n0, int n1) {
    Check.allPositive("btt", "the output sizes", n0, n1);
    int out = out();
    if ((long) n0 * n1 != out) {
      throw Check.error("btt: %d x %d is not the number of output features %d", n0, n1, out);
    }
    return new Btt(input, List.of(n0, n1), rank, bias, site);
  }

  /** {@return this with {@code value} terms {@code p} in the inner sum} */
  public Btt rank(int value) {
    return new Btt(input, output, value, bias, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public Btt bias(boolean wanted) {
    return new Btt(input, output, rank, wanted, site);
  }

  private int out() {
    return output.get(0) * output.get(1);
  }

  /** The divisor at or below the square root that is nearest to it, and what is left. */
  private static List<Integer> split(int size) {
    int low = (int) Math.sqrt(size);
    while (size % low != 0) {
      low--;
    }
    return List.of(low, size / low);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Rows rows = Rows.of(at, "btt", x);
    int in = rows.features();
    List<Integer> m = input.isEmpty() ? split(in) : input;
    int m0 = m.get(0);
    int m1 = m.get(1);
    int n0 = output.get(0);
    int n1 = output.get(1);
    if ((long) m0 * m1 != in) {
      throw at.error("btt: %d x %d is not the number of input features %d", m0, m1, in);
    }
    Tensor first = at.parameter("W1", scaled(m0, (long) n0 * rank), m1, m0, (long) n0 * rank);
    Tensor second = at.parameter("W2", scaled((long) m1 * rank, n1), n0, (long) m1 * rank, n1);

    Dim n = rows.count();
    Tensor parts = rows.x().reshape(n, Dim.of(m1), Dim.of(m0)).transpose(0, 1);
    Tensor u = parts.matmul(first); // [m1, N, n0 rank]
    Tensor turned = u.reshape(Dim.of(m1), n, Dim.of(n0), Dim.of(rank)).permute(2, 1, 0, 3);
    Tensor v = turned.reshape(Dim.of(n0), n, Dim.of((long) m1 * rank)).matmul(second);
    Tensor result = rows.restore(v.transpose(0, 1).reshape(n, Dim.of(out())));
    return bias ? result.add(at.parameter("bias", Initializer.zeros(), out())) : result;
  }

  /** The scale at which features learn alike at any width (Qiu et al. 2024, equation 3). */
  private static Initializer scaled(long in, long out) {
    return Initializer.normal(0, Math.min(1, Math.sqrt((double) out / in)) / Math.sqrt(in));
  }

  /** {@return the matrix {@code [out, in]} of the layer with these parameters} */
  public static Tensor matrix(Tensor w1, Tensor w2) {
    int m1 = w1.size(0);
    int m0 = w1.size(1);
    int n0 = w2.size(0);
    int n1 = w2.size(2);
    int rank = w2.size(1) / m1;
    Tensor left = w1.reshape(m1, m0, n0, rank).permute(2, 0, 1, 3); // [n0, m1, m0, rank]
    Tensor right = w2.reshape(n0, m1, rank, n1); // [n0, m1, rank, n1]
    Tensor blocks = left.matmul(right); // [n0, m1, m0, n1]
    return blocks.permute(0, 3, 1, 2).reshape((long) n0 * n1, (long) m1 * m0);
  }

  @Override
  public String toString() {
    return "btt("
        + out()
        + ")"
        + (input.isEmpty() ? "" : ".input(" + input.get(0) + ", " + input.get(1) + ")")
        + ".output("
        + output.get(0)
        + ", "
        + output.get(1)
        + ").rank("
        + rank
        + ")"
        + (bias ? ".bias(true)" : "");
  }
}
