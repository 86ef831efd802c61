package org.nnd.ir.reference;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Arithmetic of row-major indices. */
final class Indexing {
  private Indexing() {}

  static int count(int[] shape) {
    int count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  /** {@return by how many elements a step along each axis moves} */
  static int[] strides(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  /** {@return the multi-index of element {@code i}} */
  static int[] unravel(int i, int[] shape) {
    int[] index = new int[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = i % shape[axis];
      i /= shape[axis];
    }
    return index;
  }

  /** {@return the map from elements of {@code shape} to {@code base + sum index[a] * steps[a]}} */
  static IntUnaryOperator affine(int[] shape, int base, int[] steps) {
    return i -> {
      int offset = base;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        offset += i % shape[axis] * steps[axis];
        i /= shape[axis];
      }
      return offset;
    };
  }

  /** {@return the number of elements of the axes from {@code from} to {@code to} (exclusive)} */
  static int count(int[] shape, int from, int to) {
    return count(Arrays.copyOfRange(shape, from, to));
  }

  /** {@return a shape with one axis replaced} */
  static int[] with(int[] shape, int axis, int size) {
    int[] result = shape.clone();
    result[axis] = size;
    return result;
  }

  static int[] array(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
