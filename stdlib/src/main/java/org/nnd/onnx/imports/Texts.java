package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nnd.ir.Literal;
import org.nnd.onnx.ElementType;

/** Numbers as strings and strings as numbers, on the host. */
final class Texts {
  private Texts() {}

  /** {@return the numbers that strings print; also {@code INF} and {@code NaN} in any case} */
  static Value parsed(NodeScope scope, Value.Strings strings, ElementType type) {
    if (type == ElementType.STRING) {
      return strings;
    }
    double[] values = new double[strings.values().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(scope, strings.values().get(i));
    }
    return new Value.Known(Literal.ofDoubles(scope.storage(type), values, strings.shape()), type);
  }

  private static double number(NodeScope scope, String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    try {
      return switch (word) {
        case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
        case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
        case "nan", "+nan", "-nan" -> Double.NaN;
        default -> Double.parseDouble(word);
      };
    } catch (NumberFormatException e) {
      throw scope.error("the string '" + text + "' is not a number");
    }
  }

  static Value printed(Literal literal, ElementType type) {
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < literal.count(); i++) {
      strings.add(text(literal, i, type));
    }
    return new Value.Strings(strings, literal.shape());
  }

  private static String text(Literal literal, int i, ElementType type) {
    double value = literal.get(i);
    if (type == ElementType.BOOL) {
      return value != 0 ? "1" : "0";
    }
    if (literal.array() instanceof long[] longs) {
      return type == ElementType.UINT64 ? Long.toUnsignedString(longs[i]) : Long.toString(longs[i]);
    }
    if (!type.isFloat()) {
      return Long.toString((long) value);
    }
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "INF" : "-INF";
    }
    String shortest =
        type == ElementType.DOUBLE ? Double.toString(value) : Float.toString((float) value);
    return shortest.endsWith(".0") ? shortest.substring(0, shortest.length() - 2) : shortest;
  }
}
