package org.nnd.dsl;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** Literals of Java's nested arrays. */
final class NestedArrays {
  private NestedArrays() {}

  static Literal literal(Object array) {
    checkPresent(array);
    Class<?> element = array.getClass();
    while (element.isArray()) {
      element = element.getComponentType();
    }
    DType dtype = dtype(element);
    List<Integer> sizes = new ArrayList<>();
    for (Object level = array; level.getClass().isArray(); level = first(level)) {
      sizes.add(Array.getLength(level));
      if (Array.getLength(level) == 0) {
        break;
      }
    }
    int[] shape = sizes.stream().mapToInt(i -> i).toArray();
    double[] values = new double[sizes.stream().reduce(1, Math::multiplyExact)];
    fill(array, shape, 0, values, 0);
    return Literal.ofDoubles(dtype, values, shape);
  }

  private static Object first(Object level) {
    Object first = Array.get(level, 0);
    checkPresent(first);
    return first;
  }

  private static void checkPresent(Object value) {
    if (value == null) {
      throw new NndException("a tensor is made of numbers or booleans, got null");
    }
  }

  private static DType dtype(Class<?> element) {
    if (element == float.class
        || element == double.class
        || element == Float.class
        || element == Double.class) {
      return DType.F32;
    }
    if (element == int.class
        || element == long.class
        || element == short.class
        || element == Integer.class
        || element == Long.class) {
      return DType.I32;
    }
    if (element == byte.class) {
      return DType.U8;
    }
    if (element == boolean.class || element == Boolean.class) {
      return DType.BOOL;
    }
    throw new NndException("a tensor is made of numbers or booleans, got " + named(element));
  }

  /** The JDK's own collections have classes that nobody knows. */
  private static String named(Class<?> type) {
    return Stream.of(List.class, Map.class, Set.class)
        .filter(known -> known.isAssignableFrom(type))
        .findFirst()
        .map(
            known ->
                "a %s; put its numbers into an array, as in new float[] {1, 2}"
                    .formatted(known.getSimpleName()))
        .orElse(type.getSimpleName());
  }

  private static int fill(Object level, int[] shape, int depth, double[] values, int next) {
    checkPresent(level);
    if (depth == shape.length) {
      values[next] = number(level);
      return next + 1;
    }
    if (Array.getLength(level) != shape[depth]) {
      throw new NndException(
          "the rows of an array must be equally long, got %d and %d"
              .formatted(shape[depth], Array.getLength(level)));
    }
    int position = next;
    for (int i = 0; i < shape[depth]; i++) {
      position = fill(Array.get(level, i), shape, depth + 1, values, position);
    }
    return position;
  }

  private static double number(Object value) {
    double number =
        value instanceof Boolean b
            ? (b ? 1 : 0)
            : value instanceof Byte b ? b & 0xff : ((Number) value).doubleValue();
    if (value instanceof Long wide && wide != (int) (long) wide) {
      throw new NndException(wide + " does not fit into i32");
    }
    return number;
  }
}
