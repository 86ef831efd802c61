package org.nnd.opencl.kernel;

import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.UnaryOp;

/** The expressions of a kernel. Operands of one expression have the same number of lanes. */
public sealed interface Expr {
  VType type();

  record Real(double value, DType dtype) implements Expr {
    @Override
    public VType type() {
      return VType.scalar(dtype);
    }
  }

  /** A position as a scalar integer value of the given type. */
  record Position(Index index, DType dtype) implements Expr {
    @Override
    public VType type() {
      return VType.scalar(dtype);
    }
  }

  /** 0, 1, …, lanes - 1. */
  record LaneNumbers(VType type) implements Expr {}

  record Variable(String name, VType type) implements Expr {}

  /** {@code lanes} consecutive elements from {@code index} on. */
  record Load(Array array, Index index, int lanes) implements Expr {
    @Override
    public VType type() {
      DType dtype =
          switch (array.dtype()) {
            case F16, BF16 -> DType.F32;
            default -> array.dtype();
          };
      return new VType(dtype, lanes);
    }
  }

  record Unary(UnaryOp function, Expr x) implements Expr {
    @Override
    public VType type() {
      return x.type();
    }
  }

  record Binary(BinaryOp function, Expr x, Expr y) implements Expr {
    @Override
    public VType type() {
      return x.type();
    }
  }

  /** {@code a * b + c}, rounded once. */
  record Fma(Expr a, Expr b, Expr c) implements Expr {
    @Override
    public VType type() {
      return c.type();
    }
  }

  record Compare(Comparison comparison, Expr x, Expr y) implements Expr {
    @Override
    public VType type() {
      return x.type().lanes() == 1
          ? VType.scalar(DType.BOOL)
          : new VType(DType.BOOL, x.type().lanes());
    }
  }

  /**
   * {@code whenTrue} where the condition holds. A scalar condition chooses between whole vectors
   * and evaluates only the chosen side, so it may guard a load.
   */
  record Choose(Expr condition, Expr whenTrue, Expr whenFalse) implements Expr {
    @Override
    public VType type() {
      return whenTrue.type();
    }
  }

  record Convert(DType dtype, Expr x) implements Expr {
    @Override
    public VType type() {
      return new VType(dtype, x.type().lanes());
    }
  }

  record Bitcast(DType dtype, Expr x) implements Expr {
    @Override
    public VType type() {
      return new VType(dtype, x.type().lanes());
    }
  }

  /** A scalar in every lane. */
  record Splat(Expr x, int lanes) implements Expr {
    @Override
    public VType type() {
      return x.type().withLanes(lanes);
    }
  }

  /** A vector of scalars. */
  record Pack(List<Expr> parts) implements Expr {
    public Pack {
      parts = List.copyOf(parts);
    }

    @Override
    public VType type() {
      return parts.get(0).type().withLanes(parts.size());
    }
  }

  record Lane(Expr x, int lane) implements Expr {
    @Override
    public VType type() {
      return VType.scalar(x.type().dtype());
    }
  }

  /** The even ({@code part} 0) or odd lanes, or the low (2) or high (3) half, of a vector. */
  record Half(Expr x, int part) implements Expr {
    @Override
    public VType type() {
      return x.type().withLanes(x.type().lanes() / 2);
    }
  }

  /** A function of the kernel prelude ({@link Prelude}), named without its lane suffix. */
  record Call(String function, List<Expr> arguments, VType type) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}
