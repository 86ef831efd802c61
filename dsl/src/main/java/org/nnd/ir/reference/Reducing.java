package org.nnd.ir.reference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;
import org.nnd.ir.Reduction;
import org.nnd.ir.reference.Value.Integers;
import org.nnd.ir.reference.Value.Reals;

/** Reductions, running reductions and sorting. */
final class Reducing {
  private Reducing() {}

  static Value reduce(Reduction reduction, List<Integer> axes, Value x) {
    int[] strides = Indexing.strides(x.shape());
    int[] kept = IntStream.range(0, strides.length).filter(axis -> !axes.contains(axis)).toArray();
    int[] removed = Indexing.array(axes);
    int[] shape = pick(x.shape(), kept);
    int[] inner = pick(x.shape(), removed);
    IntUnaryOperator base = Indexing.affine(shape, 0, pick(strides, kept));
    IntUnaryOperator within = Indexing.affine(inner, 0, pick(strides, removed));
    int length = Indexing.count(inner);
    return fold(reduction, x, shape, length, (i, j) -> base.applyAsInt(i) + within.applyAsInt(j));
  }

  private static int[] pick(int[] from, int[] axes) {
    return Arrays.stream(axes).map(axis -> from[axis]).toArray();
  }

  /** Which element of the operand is the {@code j}-th that result {@code i} reduces; -1: none. */
  interface Members {
    int at(int i, int j);
  }

  /** Reduces, for every result, its {@code length} members in order. */
  static Value fold(Reduction reduction, Value x, int[] shape, int length, Members members) {
    int count = Indexing.count(shape);
    return switch (x) {
      case Reals reals -> {
        DoubleBinaryOperator combine = Elementwise.real(reduction.combiner());
        double[] result = new double[count];
        for (int i = 0; i < count; i++) {
          double sum = reduction.identity();
          for (int j = 0; j < length; j++) {
            int from = members.at(i, j);
            sum = from < 0 ? sum : combine.applyAsDouble(sum, reals.values()[from]);
          }
          result[i] = sum;
        }
        yield new Reals(x.dtype(), shape, result);
      }
      case Integers integers -> {
        LongBinaryOperator combine = Elementwise.integer(reduction.combiner(), x.dtype());
        long[] result = new long[count];
        for (int i = 0; i < count; i++) {
          long sum = identity(reduction, x.dtype());
          for (int j = 0; j < length; j++) {
            int from = members.at(i, j);
            sum = from < 0 ? sum : combine.applyAsLong(sum, integers.values()[from]);
          }
          result[i] = sum;
        }
        yield new Integers(x.dtype(), shape, result);
      }
    };
  }

  /** The smallest bool is false, though the saturated -∞ would be true. */
  private static long identity(Reduction reduction, DType dtype) {
    return dtype == DType.BOOL && reduction == Reduction.MAX
        ? 0
        : Elementwise.saturate(dtype, reduction.identity());
  }

  static Value cumulative(Reduction reduction, int axis, boolean reverse, Value x) {
    int extent = x.shape()[axis];
    int stride = Indexing.strides(x.shape())[axis];
    return fold(
        reduction,
        x,
        x.shape(),
        extent,
        (i, j) -> {
          int place = i / stride % extent;
          int other = reverse ? extent - 1 - j : j;
          boolean before = reverse ? other >= place : other <= place;
          return before ? i + (other - place) * stride : -1;
        });
  }

  /** The first index of the extreme element; the first NaN, if there is one; 0 of nothing. */
  static Value argReduce(Reduction reduction, int axis, Value x) {
    int stride = Indexing.strides(x.shape())[axis];
    int extent = x.shape()[axis];
    int[] shape =
        IntStream.range(0, x.shape().length)
            .filter(a -> a != axis)
            .map(a -> x.shape()[a])
            .toArray();
    long[] result = new long[Indexing.count(shape)];
    for (int i = 0; i < result.length; i++) {
      int base = i / stride * extent * stride + i % stride;
      for (int j = 1; j < extent; j++) {
        if (beats(reduction, x, base + j * stride, base + (int) result[i] * stride)) {
          result[i] = j;
        }
      }
    }
    return new Integers(DType.I32, shape, result);
  }

  private static boolean beats(Reduction reduction, Value x, int challenger, int best) {
    return switch (x) {
      case Integers n -> {
        long a = n.values()[challenger];
        long b = n.values()[best];
        yield reduction == Reduction.MAX ? a > b : a < b;
      }
      case Reals r -> {
        double a = r.values()[challenger];
        double b = r.values()[best];
        boolean better = reduction == Reduction.MAX ? a > b : a < b;
        yield !Double.isNaN(b) && (better || Double.isNaN(a));
      }
    };
  }

  static Value argSort(int axis, boolean descending, Value x) {
    int extent = x.shape()[axis];
    return sorted(axis, extent, descending, x);
  }

  static Value topK(int k, Value x) {
    int axis = x.shape().length - 1;
    if (k > x.shape()[axis]) {
      throw new NndException(
          "top-k with k = %d of an axis of extent %d".formatted(k, x.shape()[axis]));
    }
    return sorted(axis, k, true, x);
  }

  /** The first {@code kept} entries of the sorting permutation along an axis. */
  private static Value sorted(int axis, int kept, boolean descending, Value x) {
    int stride = Indexing.strides(x.shape())[axis];
    int extent = x.shape()[axis];
    int[] shape = Indexing.with(x.shape(), axis, kept);
    long[] result = new long[Indexing.count(shape)];
    int rows = extent == 0 ? 0 : x.count() / extent;
    for (int row = 0; row < rows; row++) {
      int outer = row / stride;
      int base = outer * extent * stride + row % stride;
      Comparator<Integer> order = (a, b) -> compare(x, base + a * stride, base + b * stride);
      Comparator<Integer> directed = descending ? order.reversed() : order;
      Comparator<Integer> nanLast =
          Comparator.comparing(j -> Double.isNaN(x.real(base + j * stride)));
      List<Integer> indices =
          IntStream.range(0, extent).boxed().sorted(nanLast.thenComparing(directed)).toList();
      for (int j = 0; j < kept; j++) {
        result[outer * kept * stride + j * stride + row % stride] = indices.get(j);
      }
    }
    return new Integers(DType.I32, shape, result);
  }

  /** Numerical order, in which -0 equals 0 and NaN equals everything. */
  private static int compare(Value x, int i, int j) {
    return switch (x) {
      case Integers n -> Long.compare(n.values()[i], n.values()[j]);
      case Reals r -> {
        double a = r.values()[i];
        double b = r.values()[j];
        yield a < b ? -1 : a > b ? 1 : 0;
      }
    };
  }
}
