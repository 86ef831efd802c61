package org.nnd.layers.structured;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.layers.Expect;

/**
 * BLAST (Lee et al. 2024): a matrix of {@code rows x columns} blocks {@code B_i diag(D_ij) C_j}, so
 * that blocks of a row share {@code B} and those of a column share {@code C}. Variables {@code B
 * [rows, out/rows, rank]}, {@code C [columns, rank, in/columns]}, {@code D [rows, columns, rank]}
 * and {@code bias [out]}.
 *
 * @param rank 0 for full rank, {@code min(in, out)}
 */
public record Blast(int out, int rows, int columns, int rank, boolean bias, Site site)
    implements UnaryLayer {
  public Blast {
    Check.notNegative("blast", "the rank", rank);
    Check.positive("blast", "the number of block rows", rows);
    Check.positive("blast", "the number of block columns", columns);
  }

  /** {@return this with {@code number x number} blocks} */
  public Blast blocks(int number) {
    return blocks(number, number);
  }

  /** {@return this with blocks in so many rows, which divide the output, and columns} */
  public Blast blocks(int inRows, int inColumns) {
    return new Blast(out, inRows, inColumns, rank, bias, site);
  }

  /** {@return this with {@code value} shared columns in each block; full rank unless told} */
  public Blast rank(int value) {
    Check.positive("blast", "the rank", value);
    return new Blast(out, rows, columns, value, bias, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public Blast bias(boolean wanted) {
    return new Blast(out, rows, columns, rank, wanted, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Rows input = Rows.of(at, "blast", x);
    int in = input.features();
    Expect.divides(at, "blast", rows, "block rows", out, "output features");
    Expect.divides(at, "blast", columns, "block columns", in, "input features");
    int r = rank == 0 ? Math.min(in, out) : rank;
    double deviation = Math.sqrt(0.02);
    Tensor b = at.parameter("B", Initializer.normal(0, deviation), rows, out / rows, r);
    Tensor c = at.parameter("C", Initializer.normal(0, deviation), columns, r, in / columns);
    Tensor d = at.parameter("D", Initializer.uniform(0, 2), rows, columns, r);

    Tensor blocks = input.x().reshape(input.count(), Dim.of(columns), Dim.of(in / columns));
    Tensor z = Rows.product(blocks.transpose(0, 1), c); // [columns, N, r]
    Tensor mixed = z.unsqueeze(0).mul(d.unsqueeze(2)).sum(1); // [rows, N, r]
    Tensor y = Rows.product(mixed, b).transpose(0, 1); // [N, rows, out / rows]
    Tensor result = input.restore(y.reshape(input.count(), Dim.of(out)));
    return bias ? result.add(at.parameter("bias", Initializer.zeros(), out)) : result;
  }

  /** {@return the matrix {@code [out, in]} of the layer with these parameters} */
  public static Tensor matrix(Tensor b, Tensor c, Tensor d) {
    int rows = d.size(0);
    int columns = d.size(1);
    Tensor left = b.unsqueeze(1).mul(d.unsqueeze(2)); // [rows, columns, p, r]
    Tensor blocks = left.matmul(c.unsqueeze(0)); // [rows, columns, p, q]
    int p = b.size(1);
    int q = c.size(2);
    return blocks.permute(0, 2, 1, 3).reshape((long) rows * p, (long) columns * q);
  }

  @Override
  public String toString() {
    return "blast("
        + out
        + ").blocks("
        + rows
        + ", "
        + columns
        + ")"
        + (rank == 0 ? "" : ".rank(" + rank + ")")
        + (bias ? "" : ".bias(false)");
  }
}
