package org.nnd.ir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How names, attribute values and constants are written. */
final class Text {
  /** Constants up to this size are written as numbers, larger ones as base64 of their bytes. */
  private static final int MOST_NUMBERS = 16;

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Set<String> KEYWORDS = Set.of("graph", "return", "update");

  /** What is printed without quotes: the name of an enumeration's constant, or an extent. */
  record Symbol(String text) {}

  private Text() {}

  static String name(String name) {
    boolean plain = PLAIN_NAME.matcher(name).matches() && !KEYWORDS.contains(name);
    return plain ? name : quoted(name);
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** The Java type of a number shows: {@code 3}, {@code 3L}, {@code 3.0}. */
  static String value(Object value) {
    return switch (value) {
      case String string -> quoted(string);
      case Long number -> number + "L";
      case List<?> list ->
          list.stream().map(Text::value).collect(Collectors.joining(", ", "[", "]"));
      case Window window ->
          "window"
              + OpText.window(window, true).entrySet().stream()
                  .map(e -> e.getKey() + "=" + value(e.getValue()))
                  .collect(Collectors.joining(", ", "{", "}"));
      case Symbol symbol -> symbol.text();
      case Integer number -> number.toString();
      case Double number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> quoted(value.toString());
    };
  }

  static String literal(Literal literal, boolean brief) {
    if (literal.shape().length == 0) {
      return number(literal, 0);
    } else if (literal.count() <= MOST_NUMBERS) {
      return IntStream.range(0, literal.count())
          .mapToObj(i -> number(literal, i))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return brief ? "…" : quoted(Base64.getEncoder().encodeToString(bytes(literal)));
  }

  private static String number(Literal literal, int i) {
    return switch (literal.array()) {
      case float[] floats -> Float.toString(floats[i]);
      case double[] doubles -> Double.toString(doubles[i]);
      case int[] ints -> Integer.toString(ints[i]);
      case long[] longs -> Long.toString(longs[i]);
      // f16 and bf16 by their bits, since not every NaN is the same
      case short[] shorts -> "0x%04x".formatted(shorts[i]);
      default ->
          literal.dtype() == DType.BOOL
              ? String.valueOf(literal.get(i) != 0)
              : Integer.toString((int) literal.get(i));
    };
  }

  static Literal numbers(TensorType type, List<String> numbers) {
    Literal literal = Literal.zeros(type.dtype(), type.shape().at(0));
    if (numbers.size() != literal.count()) {
      throw new NndException(
          "%d numbers for the %d elements of %s".formatted(numbers.size(), literal.count(), type));
    }
    for (int i = 0; i < numbers.size(); i++) {
      String number = numbers.get(i);
      switch (literal.array()) {
        case float[] floats -> floats[i] = Float.parseFloat(number);
        case double[] doubles -> doubles[i] = Double.parseDouble(number);
        case int[] ints -> ints[i] = Integer.parseInt(number);
        case long[] longs -> longs[i] = Long.parseLong(number);
        case short[] shorts -> shorts[i] = (short) (int) Integer.decode(number);
        case byte[] bytes ->
            bytes[i] =
                (byte)
                    (type.dtype() == DType.BOOL
                        ? (Boolean.parseBoolean(number) ? 1 : 0)
                        : Integer.parseInt(number));
        default -> throw new IllegalStateException("literal of " + type);
      }
    }
    return literal;
  }

  /** The elements, little-endian. */
  private static byte[] bytes(Literal literal) {
    ByteBuffer buffer =
        ByteBuffer.allocate(literal.count() * literal.dtype().bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (literal.array()) {
      case float[] floats -> buffer.asFloatBuffer().put(floats);
      case double[] doubles -> buffer.asDoubleBuffer().put(doubles);
      case int[] ints -> buffer.asIntBuffer().put(ints);
      case long[] longs -> buffer.asLongBuffer().put(longs);
      case short[] shorts -> buffer.asShortBuffer().put(shorts);
      case byte[] bytes -> buffer.put(bytes);
      default -> throw new IllegalStateException("literal of " + literal.dtype());
    }
    return buffer.array();
  }

  static Literal fromBase64(TensorType type, String text) {
    Literal literal = Literal.zeros(type.dtype(), type.shape().at(0));
    byte[] decoded = Base64.getDecoder().decode(text);
    if (decoded.length != literal.count() * type.dtype().bytes()) {
      throw new NndException(
          "%d bytes for the %d elements of %s".formatted(decoded.length, literal.count(), type));
    }
    ByteBuffer buffer = ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN);
    switch (literal.array()) {
      case float[] floats -> buffer.asFloatBuffer().get(floats);
      case double[] doubles -> buffer.asDoubleBuffer().get(doubles);
      case int[] ints -> buffer.asIntBuffer().get(ints);
      case long[] longs -> buffer.asLongBuffer().get(longs);
      case short[] shorts -> buffer.asShortBuffer().get(shorts);
      case byte[] bytes -> buffer.get(bytes);
      default -> throw new IllegalStateException("literal of " + type);
    }
    return literal;
  }

  /** Reads the result of {@link #value} that the lexer has cut into a word. */
  static Object word(String word) {
    if (word.matches("-?[0-9]+")) {
      return Integer.valueOf(word);
    } else if (word.matches("-?[0-9]+L")) {
      return Long.valueOf(word.substring(0, word.length() - 1));
    } else if (word.matches("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?|-?Infinity|NaN")) {
      return Double.valueOf(word);
    }
    return Map.<String, Object>of("true", true, "false", false)
        .getOrDefault(word, new Symbol(word));
  }
}
