package org.nnd.layers;

import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;

/** What layers expect of their inputs, with errors that say what was met. */
public final class Expect {
  private Expect() {}

  /** Refuses a tensor that does not hold floating-point numbers. */
  public static void floats(Lowering at, String layer, Tensor x) {
    if (!x.dtype().isFloat()) {
      throw at.error(
          "%s expects floating-point numbers, got %s; cast the input first", layer, x.type());
    }
  }

  /** Refuses a tensor with another element type. */
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

  /**
   * Refuses a tensor with fewer axes than {@code rank}; {@code layout} says what they should be.
   */
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

  /** Refuses a size that {@code parts} do not divide. */
  public static void divides(
      Lowering at, String layer, long divisor, String of, long number, String n) {
    if (divisor < 1 || number % divisor != 0) {
      throw at.error("%s: %d %s do not divide %d %s", layer, divisor, of, number, n);
    }
  }

  /** {@return how many spatial axes {@code [N, C, spatial…]} has, which must be 1 or 2} */
  public static int spatialAxes(Lowering at, String layer, Tensor x) {
    if (x.rank() != 3 && x.rank() != 4) {
      throw at.error(
          "%s expects [N, C, H, W] or [N, C, L] (rank 4 or 3), got %s (rank %d)",
          layer, x.shape(), x.rank());
    }
    return x.rank() - 2;
  }

  /** Wants a number of spatial axes that convolutions have. */
  static void axes(String layer, int axes) {
    if (axes < 1 || axes > 3) {
      throw Check.error("%s: the number of spatial axes must be 1, 2 or 3, got %d", layer, axes);
    }
  }
}
