package org.nnd.opencl.kernel;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.nnd.ir.DType;
import org.nnd.ir.reference.Philox;

/**
 * Evaluates expressions for one work-item. A value is a {@code double[]} or, for integers and bool,
 * a {@code long[]}, with one element per lane.
 */
final class Evaluation {
  private final WorkItem item;

  Evaluation(WorkItem item) {
    this.item = item;
  }

  double[] reals(Expr expr) {
    return (double[]) value(expr);
  }

  long[] integers(Expr expr) {
    return (long[]) value(expr);
  }

  private static boolean isReal(Expr expr) {
    return expr.type().dtype().isFloat();
  }

  Object value(Expr expr) {
    return switch (expr) {
      case Expr.Real real ->
          isReal(real)
              ? new double[] {Arithmetic.round(real.dtype(), real.value())}
              : new long[] {constant(real)};
      case Expr.Position position -> {
        long at = item.position(position.index());
        yield isReal(position)
            ? new double[] {Arithmetic.round(position.dtype(), at)}
            : new long[] {Arithmetic.wrap(position.dtype(), at)};
      }
      case Expr.LaneNumbers numbers ->
          isReal(numbers) ? reals(numbers, l -> l) : integers(numbers, l -> l);
      case Expr.Variable variable -> item.variable(variable.name());
      case Expr.Load load -> item.load(load.array(), item.position(load.index()), load.lanes());
      case Expr.Unary unary -> unary(unary);
      case Expr.Binary binary -> binary(binary);
      case Expr.Fma fma -> {
        double[] a = reals(fma.a());
        double[] b = reals(fma.b());
        double[] c = reals(fma.c());
        yield reals(fma, l -> Math.fma((float) a[l], (float) b[l], (float) c[l]));
      }
      case Expr.Compare compare -> compare(compare);
      case Expr.Choose choose -> choose(choose);
      case Expr.Convert convert -> convert(convert);
      case Expr.Bitcast bitcast -> bitcast(bitcast);
      case Expr.Splat splat -> {
        Object x = value(splat.x());
        yield x instanceof double[] d
            ? reals(splat, l -> d[0])
            : integers(splat, l -> ((long[]) x)[0]);
      }
      case Expr.Pack pack -> pack(pack);
      case Expr.Lane lane -> part(value(lane.x()), lane.lane(), 1, 1);
      case Expr.Half half -> {
        int lanes = half.type().lanes();
        yield switch (half.part()) {
          case 0 -> part(value(half.x()), 0, 2, lanes);
          case 1 -> part(value(half.x()), 1, 2, lanes);
          case 2 -> part(value(half.x()), 0, 1, lanes);
          default -> part(value(half.x()), lanes, 1, lanes);
        };
      }
      case Expr.Call call -> call(call);
    };
  }

  private static long constant(Expr.Real real) {
    return real.dtype() == DType.BOOL
        ? (real.value() != 0 ? 1 : 0)
        : Arithmetic.truncate(real.dtype(), real.value());
  }

  private static double[] reals(Expr expr, IntToDoubleFunction lane) {
    double[] result = new double[expr.type().lanes()];
    for (int l = 0; l < result.length; l++) {
      result[l] = Arithmetic.round(expr.type().dtype(), lane.applyAsDouble(l));
    }
    return result;
  }

  private static long[] integers(Expr expr, IntToLongFunction lane) {
    long[] result = new long[expr.type().lanes()];
    for (int l = 0; l < result.length; l++) {
      result[l] = Arithmetic.wrap(expr.type().dtype(), lane.applyAsLong(l));
    }
    return result;
  }

  private Object unary(Expr.Unary unary) {
    if (isReal(unary)) {
      double[] x = reals(unary.x());
      return reals(unary, l -> Arithmetic.unary(unary.function(), x[l]));
    }
    long[] x = integers(unary.x());
    return integers(unary, l -> Arithmetic.unary(unary.function(), unary.type().dtype(), x[l]));
  }

  private Object binary(Expr.Binary binary) {
    if (isReal(binary)) {
      double[] x = reals(binary.x());
      double[] y = reals(binary.y());
      return reals(binary, l -> Arithmetic.binary(binary.function(), x[l], y[l]));
    }
    long[] x = integers(binary.x());
    long[] y = integers(binary.y());
    return integers(
        binary, l -> Arithmetic.binary(binary.function(), binary.type().dtype(), x[l], y[l]));
  }

  private Object compare(Expr.Compare compare) {
    if (isReal(compare.x())) {
      double[] x = reals(compare.x());
      double[] y = reals(compare.y());
      return integers(compare, l -> Arithmetic.compare(compare.comparison(), x[l], y[l]) ? 1 : 0);
    }
    long[] x = integers(compare.x());
    long[] y = integers(compare.y());
    return integers(compare, l -> Arithmetic.compare(compare.comparison(), x[l], y[l]) ? 1 : 0);
  }

  private Object choose(Expr.Choose choose) {
    long[] condition = integers(choose.condition());
    if (condition.length == 1) {
      return value(condition[0] != 0 ? choose.whenTrue() : choose.whenFalse());
    }
    if (isReal(choose)) {
      double[] x = reals(choose.whenTrue());
      double[] y = reals(choose.whenFalse());
      return reals(choose, l -> condition[l] != 0 ? x[l] : y[l]);
    }
    long[] x = integers(choose.whenTrue());
    long[] y = integers(choose.whenFalse());
    return integers(choose, l -> condition[l] != 0 ? x[l] : y[l]);
  }

  private Object convert(Expr.Convert convert) {
    Object from = value(convert.x());
    DType to = convert.dtype();
    if (from instanceof double[] x) {
      if (to.isFloat()) {
        return reals(convert, l -> x[l]);
      }
      return to == DType.BOOL
          ? integers(convert, l -> x[l] != 0 ? 1 : 0)
          : integers(convert, l -> Arithmetic.truncate(to, x[l]));
    }
    long[] x = (long[]) from;
    if (to.isFloat()) {
      return reals(convert, l -> to == DType.F32 ? (float) x[l] : x[l]);
    }
    return to == DType.BOOL
        ? integers(convert, l -> x[l] != 0 ? 1 : 0)
        : integers(convert, l -> x[l]);
  }

  private Object bitcast(Expr.Bitcast bitcast) {
    Object from = value(bitcast.x());
    if (from instanceof double[] x) {
      return bitcast.dtype().isFloat()
          ? x
          : integers(bitcast, l -> Float.floatToRawIntBits((float) x[l]));
    }
    long[] x = (long[]) from;
    return bitcast.dtype().isFloat()
        ? reals(bitcast, l -> Float.intBitsToFloat((int) x[l]))
        : integers(bitcast, l -> x[l]);
  }

  private Object pack(Expr.Pack pack) {
    Object[] parts = pack.parts().stream().map(this::value).toArray();
    return isReal(pack)
        ? reals(pack, l -> ((double[]) parts[l])[0])
        : integers(pack, l -> ((long[]) parts[l])[0]);
  }

  private static Object part(Object value, int from, int step, int count) {
    if (value instanceof double[] x) {
      double[] result = new double[count];
      Arrays.setAll(result, l -> x[from + l * step]);
      return result;
    }
    long[] x = (long[]) value;
    long[] result = new long[count];
    Arrays.setAll(result, l -> x[from + l * step]);
    return result;
  }

  private Object call(Expr.Call call) {
    if (!call.function().equals("philox")) {
      throw new IllegalStateException("no meaning for the function " + call.function());
    }
    long[][] a = call.arguments().stream().map(this::integers).toArray(long[][]::new);
    return integers(
        call,
        l -> {
          int[] block =
              Philox.block(
                  (int) (a[0][l] >> 2),
                  (int) a[2][l],
                  (int) a[5][0],
                  (int) a[4][0],
                  (int) a[1][l],
                  (int) a[3][0]);
          return block[(int) (a[0][l] & 3)];
        });
  }
}
