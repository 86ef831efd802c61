package org.nnd.ir.reference;

import java.util.Arrays;
import java.util.List;
import org.nnd.ir.NndException;
import org.nnd.ir.Op;
import org.nnd.ir.reference.Value.Integers;
import org.nnd.ir.reference.Value.Reals;

/** The operations that move elements without computing with them, and scatter-add. */
final class Rearranging {
  private Rearranging() {}

  static Value transpose(List<Integer> permutation, Value x) {
    int[] strides = Indexing.strides(x.shape());
    int[] shape = new int[x.shape().length];
    int[] steps = new int[x.shape().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = x.shape()[permutation.get(i)];
      steps[i] = strides[permutation.get(i)];
    }
    return x.rearrange(shape, Indexing.affine(shape, 0, steps), 0);
  }

  static Value broadcast(int[] shape, List<Integer> axes, Value x) {
    int[] strides = Indexing.strides(x.shape());
    int[] steps = new int[shape.length];
    for (int i = 0; i < axes.size(); i++) {
      steps[axes.get(i)] = x.shape()[i] == 1 ? 0 : strides[i];
    }
    return x.rearrange(shape, Indexing.affine(shape, 0, steps), 0);
  }

  static Value slice(Op.Slice op, long batch, Value x) {
    int[] strides = Indexing.strides(x.shape());
    int[] shape = new int[strides.length];
    int base = 0;
    for (int i = 0; i < shape.length; i++) {
      int start = Math.toIntExact(op.start().get(i).at(batch));
      int limit = Math.toIntExact(op.limit().get(i).at(batch));
      if (start < 0 || start > limit || limit > x.shape()[i]) {
        throw new NndException(
            "slice %d:%d of an axis of extent %d (batch size %d)"
                .formatted(start, limit, x.shape()[i], batch));
      }
      int stride = op.stride().get(i);
      shape[i] = (limit - start + stride - 1) / stride;
      base += start * strides[i];
      strides[i] *= stride;
    }
    return x.rearrange(shape, Indexing.affine(shape, base, strides), 0);
  }

  static Value pad(Op.Pad op, long batch, int[] shape, Value x) {
    int[] strides = Indexing.strides(x.shape());
    return x.rearrange(
        shape,
        i -> {
          int[] index = Indexing.unravel(i, shape);
          int source = 0;
          for (int axis = 0; axis < index.length; axis++) {
            long place = index[axis] - op.low().get(axis).at(batch);
            int step = op.interior().get(axis) + 1;
            if (place < 0 || place % step != 0 || place / step >= x.shape()[axis]) {
              return -1;
            }
            source += (int) (place / step) * strides[axis];
          }
          return source;
        },
        op.value());
  }

  static Value reverse(List<Integer> axes, Value x) {
    int[] steps = Indexing.strides(x.shape());
    int base = 0;
    for (int axis : axes) {
      base += (x.shape()[axis] - 1) * steps[axis];
      steps[axis] = -steps[axis];
    }
    return x.rearrange(x.shape(), Indexing.affine(x.shape(), base, steps), 0);
  }

  static Value concatenate(int axis, List<Value> parts) {
    Value first = parts.get(0);
    int outer = Indexing.count(first.shape(), 0, axis);
    int extent = parts.stream().mapToInt(part -> part.shape()[axis]).sum();
    int[] shape = Indexing.with(first.shape(), axis, extent);
    int total = Indexing.count(shape);
    double[] reals = new double[first instanceof Reals ? total : 0];
    long[] integers = new long[first instanceof Integers ? total : 0];
    int row = outer == 0 ? 0 : total / outer;
    int start = 0;
    for (Value part : parts) {
      int length = outer == 0 ? 0 : part.count() / outer;
      for (int o = 0; o < outer; o++) {
        switch (part) {
          case Reals r -> System.arraycopy(r.values(), o * length, reals, o * row + start, length);
          case Integers n ->
              System.arraycopy(n.values(), o * length, integers, o * row + start, length);
        }
      }
      start += length;
    }
    return first instanceof Reals
        ? new Reals(first.dtype(), shape, reals)
        : new Integers(first.dtype(), shape, integers);
  }

  static Value gather(int axis, Value data, Integers indices) {
    int extent = data.shape()[axis];
    int inner = Indexing.count(data.shape(), axis + 1, data.shape().length);
    int picks = indices.count();
    return data.rearrange(
        gathered(axis, data.shape(), indices.shape()),
        i -> {
          int outer = i / inner / picks;
          long index = indices.values()[i / inner % picks];
          boolean inside = index >= 0 && index < extent;
          return inside ? (outer * extent + (int) index) * inner + i % inner : -1;
        },
        0);
  }

  private static int[] gathered(int axis, int[] data, int[] indices) {
    int[] shape = Arrays.copyOf(data, data.length - 1 + indices.length);
    System.arraycopy(indices, 0, shape, axis, indices.length);
    System.arraycopy(data, axis + 1, shape, axis + indices.length, data.length - axis - 1);
    return shape;
  }

  static Value scatterAdd(int axis, Value data, Integers indices, Value updates) {
    int extent = data.shape()[axis];
    int inner = Indexing.count(data.shape(), axis + 1, data.shape().length);
    int picks = indices.count();
    int[] places = new int[updates.count()];
    for (int i = 0; i < places.length; i++) {
      int outer = i / inner / picks;
      long index = indices.values()[i / inner % picks];
      boolean inside = index >= 0 && index < extent;
      places[i] = inside ? (outer * extent + (int) index) * inner + i % inner : -1;
    }
    return switch (data) {
      case Reals reals -> {
        double[] result = reals.values().clone();
        for (int i = 0; i < places.length; i++) {
          if (places[i] >= 0) {
            result[places[i]] += updates.real(i);
          }
        }
        yield new Reals(data.dtype(), data.shape(), result);
      }
      case Integers integers -> {
        long[] result = integers.values().clone();
        for (int i = 0; i < places.length; i++) {
          if (places[i] >= 0) {
            result[places[i]] += Value.integers(updates).values()[i];
          }
        }
        yield new Integers(data.dtype(), data.shape(), result);
      }
    };
  }
}
