package org.nnd.layers;

import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;

/** What layers expect of their inputs, with errors that say what was met. */
public final class Expect {
  private Expect() {}

  public static void floats(Lowering at, String layer, Tensor x) {
    if (!x.dtype().isFloat()) {
      throw at.error(
          "%s expects floating-point numbers, got %s; cast the input first", layer, x.type());
    }
  }

  public static void dtype(Lowering at, String layer, Tensor x, DType dtype) {
    if (x.dtype() != dtype) {
      throw at.error("%s expects %s, got %s", layer, dtype, x.type());
    }
  }

  /** Wants the rank of a layout such as {@code [N, C, H, W]}. */
  public static void rank(Lowering at, String layer, Tensor x, int rank, String layout) {
    if (x.rank() != rank) {
      throw at.error(
          "%s expects %s (rank %d), got %s (rank %d)", layer, layout, rank, x.shape(), x.rank());
    }
  }

  public static void rankAtLeast(Lowering at, String layer, Tensor x, int rank, String layout) {
    if (x.rank() < rank) {
      throw at.error(
          "%s expects %s (rank %d or more), got %s (rank %d)",
          layer, layout, rank, x.shape(), x.rank());
    }
  }

  /** {@return the extent of an axis, which must be a number} */
  public static int fixed(Lowering at, String layer, Tensor x, int axis, String what) {
    Dim dim = x.dim(axis);
    if (!dim.isFixed()) {
      throw at.error(
          "%s expects a fixed number of %s, got %s on axis %d of %s",
          layer, what, dim, axis, x.shape());
    }
    return dim.fixed();
  }

  public static void divides(
      Lowering at, String layer, long divisor, String of, long number, String n) {
    if (divisor < 1 || number % divisor != 0) {
      throw at.error("%s: %d %s do not divide %d %s", layer, divisor, of, number, n);
    }
  }
}
