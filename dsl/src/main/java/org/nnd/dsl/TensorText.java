package org.nnd.dsl;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** The printed form of a value: type, statistics, and its elements, long axes shortened. */
final class TensorText {
  private static final int EDGE = 3;

  private TensorText() {}

  static String of(Literal value) {
    StringBuilder text = new StringBuilder(value.type().toString());
    if (value.count() > 1 && value.dtype() != DType.BOOL) {
      text.append("  ").append(statistics(value));
    }
    return text.append('\n').append(elements(value, 0, 0, value.count(), "")).toString();
  }

  /** Of the finite elements; how many others there are is counted. */
  private static String statistics(Literal value) {
    double[] all = value.toDoubles();
    double[] finite = Arrays.stream(all).filter(Double::isFinite).toArray();
    StringJoiner text = new StringJoiner(", ");
    if (finite.length > 0) {
      double mean = Arrays.stream(finite).average().orElseThrow();
      double variance =
          Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      text.add("mean " + number(mean)).add("deviation " + number(Math.sqrt(variance)));
      text.add(
          "from %s to %s"
              .formatted(
                  number(Arrays.stream(finite).min().orElseThrow()),
                  number(Arrays.stream(finite).max().orElseThrow())));
    }
    long nan = Arrays.stream(all).filter(Double::isNaN).count();
    long infinite = all.length - finite.length - nan;
    if (nan > 0) {
      text.add(nan + " not a number");
    }
    if (infinite > 0) {
      text.add(infinite + " infinite");
    }
    return text.toString();
  }

  private static String elements(Literal value, int axis, int start, int count, String indent) {
    if (axis == value.shape().length) {
      return element(value, start);
    }
    int extent = value.shape()[axis];
    boolean rows = axis < value.shape().length - 1;
    StringJoiner text = new StringJoiner(rows ? ",\n" + indent + " " : ", ", "[", "]");
    int step = extent == 0 ? 0 : count / extent;
    int edge = rows ? EDGE : 2 * EDGE;
    for (int i = 0; i < extent; i++) {
      if (extent > 2 * edge && i == edge) {
        text.add("…");
        i = extent - edge;
      }
      text.add(elements(value, axis + 1, start + i * step, step, indent + " "));
    }
    return text.toString();
  }

  private static String element(Literal value, int index) {
    double v = value.get(index);
    return value.dtype() == DType.BOOL
        ? String.valueOf(v != 0)
        : value.dtype().isFloat() ? number(v) : String.valueOf((long) v);
  }

  /** Four significant decimals, in scientific notation only where plain digits would mislead. */
  private static String number(double v) {
    double size = Math.abs(v);
    boolean plain = v == 0 || Double.isNaN(v) || Double.isInfinite(v) || size >= 1e-3 && size < 1e6;
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", v);
  }
}
