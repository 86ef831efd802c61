package org.nnd.ir.testing;

import java.util.List;
import java.util.Random;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.testing.Pool.Entry;

/** The random steps that compute element by element. */
final class RandomElementwise {
  private final Pool pool;
  private final Random random;

  RandomElementwise(Pool pool) {
    this.pool = pool;
    this.random = pool.random;
  }

  void size() {
    Dim dim = Dim.BATCH.times(1 + random.nextInt(3)).plus(random.nextInt(2));
    if (pool.options.dtypes().contains(DType.I64)) {
      pool.add(Node.of(new Op.Size(dim)), dim.at(pool.batch), true);
    } else {
      pool.add(Operations.size(DType.F32, dim), dim.at(pool.batch), true);
    }
  }

  void unary() {
    UnaryOp function = pool.choose(List.of(UnaryOp.values()));
    Entry x = pool.any(e -> true);
    boolean isFloat = x.node().dtype().isFloat();
    switch (function) {
      case NEGATE, ABS -> {
        if (!x.is(DType.BOOL)) {
          pool.add(Operations.unary(function, x.node()), x.bound(), x.exact());
        }
      }
      case SIGN -> {
        if (!x.is(DType.BOOL) && x.exact()) {
          pool.add(Operations.unary(function, x.node()), 1, true);
        }
      }
      case NOT -> {
        if (!isFloat) {
          pool.add(Operations.not(x.node()), x.bound() + 1, true);
        }
      }
      case FLOOR, CEIL, ROUND -> {
        if (isFloat && x.exact()) {
          pool.add(Operations.unary(function, x.node()), Math.ceil(x.bound()), true);
        }
      }
      case EXP, EXPM1 -> smooth(function, x, isFloat && x.bound() < 5, Math.exp(x.bound()));
      case SIN, COS, TANH, LOGISTIC, ERF -> smooth(function, x, isFloat && x.bound() < 50, 1);
      case ATAN -> smooth(function, x, isFloat, 2);
      case TAN -> smooth(function, x, isFloat && x.bound() < 1.2, 3);
      case LOG, LOG1P, SQRT, RSQRT -> {
        if (isFloat) {
          Node positive = Operations.add(Operations.unary(UnaryOp.ABS, x.node()), 0.5);
          smooth(function, new Entry(positive, x.bound(), false), true, 2 + x.bound());
        }
      }
    }
  }

  private void smooth(UnaryOp function, Entry x, boolean allowed, double bound) {
    if (allowed && !pool.options.integerValued()) {
      pool.add(Operations.unary(function, x.node()), bound, false);
    }
  }

  void binary() {
    BinaryOp function = pool.choose(List.of(BinaryOp.values()));
    Entry x = pool.any(e -> true);
    Entry y = pool.like(x.type());
    double sum = x.bound() + y.bound();
    double product = x.bound() * y.bound();
    boolean exact = x.exact() && y.exact();
    boolean isFloat = x.node().dtype().isFloat();
    switch (function) {
      case ADD, SUBTRACT -> arithmetic(function, x, y, sum);
      case MULTIPLY -> arithmetic(function, x, y, product);
      case MAXIMUM, MINIMUM ->
          pool.add(
              Operations.binary(function, x.node(), y.node()),
              Math.max(x.bound(), y.bound()),
              exact);
      case AND, OR, XOR -> {
        if (!isFloat) {
          pool.add(Operations.binary(function, x.node(), y.node()), 2 * sum + 1, true);
        }
      }
      case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL -> {
        if (x.node().dtype().isInteger()) {
          pool.add(Operations.binary(function, x.node(), y.node()), 0x1p62, true);
        }
      }
      case DIVIDE, REMAINDER, POWER, ATAN2 -> quotient(function, x, y);
    }
  }

  private void arithmetic(BinaryOp function, Entry x, Entry y, double bound) {
    if (!x.is(DType.BOOL)) {
      boolean exact = !x.node().dtype().isFloat();
      pool.add(Operations.binary(function, x.node(), y.node()), bound, exact);
    }
  }

  private void quotient(BinaryOp function, Entry x, Entry y) {
    if (x.is(DType.BOOL)) {
      return;
    }
    if (!x.node().dtype().isFloat()) {
      if (function != BinaryOp.ATAN2) {
        pool.add(Operations.binary(function, x.node(), y.node()), 0x1p62, true);
      }
      return;
    }
    if (pool.options.integerValued()) {
      return;
    }
    Node positive = Operations.add(Operations.unary(UnaryOp.ABS, x.node()), 0.5);
    Node divisor = Operations.add(Operations.unary(UnaryOp.ABS, y.node()), 0.5);
    switch (function) {
      case DIVIDE -> pool.add(Operations.divide(x.node(), divisor), 2 * x.bound(), false);
      case ATAN2 -> pool.add(Operations.binary(function, x.node(), divisor), 2, false);
      case POWER -> {
        if (x.bound() < 4 && y.bound() < 4) {
          pool.add(Operations.binary(function, positive, y.node()), 500, false);
        }
      }
      default -> {}
    }
  }

  void compare() {
    Entry x = pool.any(Entry::exact);
    Entry y = pool.like(x.type());
    if (y.exact()) {
      Comparison comparison = pool.choose(List.of(Comparison.values()));
      pool.add(Operations.compare(comparison, x.node(), y.node()), 1, true);
    }
  }

  void select() {
    Entry x = pool.any(e -> true);
    Entry y = pool.like(x.type());
    Entry predicate = pool.like(x.type().withDType(DType.BOOL));
    double bound = Math.max(x.bound(), y.bound());
    pool.add(
        Operations.select(predicate.node(), x.node(), y.node()), bound, x.exact() && y.exact());
  }

  void convert() {
    Entry x = pool.any(e -> true);
    DType to = pool.dtype();
    boolean fits = x.exact() && x.bound() < 1 << 20;
    if (to != x.node().dtype() && (fits || !to.isFloat() && x.exact())) {
      pool.add(Operations.convert(x.node(), to), x.bound(), true);
    }
  }

  void bitcast() {
    Entry x = pool.any(e -> e.node().dtype().isInteger());
    for (DType to : List.of(DType.U8, DType.I8, DType.BOOL)) {
      if (x.node().dtype().bytes() == 1 && to != x.node().dtype() && random.nextBoolean()) {
        pool.add(Operations.bitcast(x.node(), to), 255, true);
      }
    }
    Entry real = pool.any(e -> e.is(DType.F32));
    if (real.exact()
        && !pool.options.integerValued()
        && pool.options.dtypes().contains(DType.I32)) {
      Node positive = Operations.unary(UnaryOp.ABS, real.node());
      pool.add(Operations.bitcast(positive, DType.I32), 0x1p31, true);
    }
  }
}
