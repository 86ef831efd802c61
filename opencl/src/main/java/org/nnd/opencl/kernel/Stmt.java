package org.nnd.opencl.kernel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nnd.ir.ClFunction;
import org.nnd.ir.CustomCode;

/** The statements of a kernel. */
public sealed interface Stmt {
  record Comment(String text) implements Stmt {}

  /** Declares a variable; {@code mutable} ones may be assigned. */
  record Let(Expr.Variable variable, Expr value, boolean mutable) implements Stmt {}

  /** Declares an integer variable, for use in positions as an axis or value of that name. */
  record LetIndex(String name, Index value) implements Stmt {}

  record Assign(Expr.Variable variable, Expr value) implements Stmt {}

  /** Writes the lanes of a value to consecutive elements from {@code index} on. */
  record Store(Array array, Index index, Expr value) implements Stmt {}

  /** Has the cache line of an element brought near, which may lie beyond the array's end. */
  record Prefetch(Array array, Index index) implements Stmt {}

  /** Declares a private or local array. */
  record Declare(Array array) implements Stmt {}

  /**
   * {@code for (name = from; name + margin < to; name += step)}. A margin of {@code lanes - 1} with
   * a step of {@code lanes} runs over whole vectors. {@code resume}: the variable is declared by an
   * earlier loop and goes on from there.
   */
  record For(
      String name, Index from, Index to, long step, long margin, boolean unroll, List<Stmt> body)
      implements Stmt {
    public For {
      body = List.copyOf(body);
    }
  }

  record If(Expr condition, List<Stmt> then, List<Stmt> otherwise) implements Stmt {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /**
   * All work-items of the group reach this point before any goes on; then they see each other's
   * writes to local memory, and to global memory if {@code global}.
   */
  record Barrier(boolean global) implements Stmt {}

  /**
   * The body of a kernel function written by hand, as the only statement of its kernel. Its
   * pointers have the names of the kernel's arguments.
   *
   * @param scalars the numbers that it takes
   */
  record Source(ClFunction function, Map<String, CustomCode.Scalar> scalars) implements Stmt {
    public Source {
      scalars = new TreeMap<>(scalars);
    }
  }
}
