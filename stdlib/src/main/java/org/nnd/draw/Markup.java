package org.nnd.draw;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * XML under construction: HTML and SVG that are well-formed, with all text and attributes escaped.
 * What is not ASCII becomes a character reference, so that a file of it needs no declaration of its
 * encoding.
 */
final class Markup {
  private static final Set<String> EMPTY =
      Set.of("img", "br", "rect", "circle", "path", "line", "polygon", "image", "use", "stop");

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; numbers are rounded to hundredths, and what has the
   *     value {@code ""} is left out
   */
  Markup open(String tag, Object... attributes) {
    start(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  Markup close() {
    text.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content; HTML has few of them, and takes others for opened. */
  Markup empty(String tag, Object... attributes) {
    if (!EMPTY.contains(tag)) {
      throw new IllegalArgumentException(tag);
    }
    start(tag, attributes).append("/>");
    return this;
  }

  /** An element that holds text alone. */
  Markup element(String tag, String content, Object... attributes) {
    return open(tag, attributes).text(content).close();
  }

  Markup text(String content) {
    text.append(escaped(content));
    return this;
  }

  /** What has been made by another. */
  Markup add(Markup other) {
    text.append(other);
    return this;
  }

  /** Markup as text that is known to be well-formed. */
  Markup raw(String markup) {
    text.append(markup);
    return this;
  }

  private StringBuilder start(String tag, Object... attributes) {
    text.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      String value = attributes[i + 1] instanceof Number n ? number(n) : attributes[i + 1] + "";
      if (!value.isEmpty()) {
        text.append(' ').append(attributes[i]).append("=\"").append(escaped(value)).append('"');
      }
    }
    return text;
  }

  /** {@return a number as short as can be, to hundredths} */
  static String number(Number value) {
    if (value instanceof Integer || value instanceof Long) {
      return value.toString();
    }
    double v = value.doubleValue();
    if (!Double.isFinite(v)) {
      throw new IllegalStateException(v + " cannot be drawn");
    }
    String digits = String.format(Locale.ROOT, "%.2f", v);
    String short1 = digits.replaceFirst("\\.?0+$", "");
    return short1.equals("-0") ? "0" : short1;
  }

  private static String escaped(String raw) {
    StringBuilder result = new StringBuilder(raw.length() + 16);
    raw.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '"' -> result.append("&quot;");
                case '\n', '\t' -> result.append((char) c);
                default -> {
                  if (c >= ' ' && c < 0x7f) {
                    result.append((char) c);
                  } else {
                    result.append("&#").append(allowed(c) ? c : 0xfffd).append(';');
                  }
                }
              }
            });
    return result.toString();
  }

  /** Whether XML 1.0 has the character at all (section 2.2), and HTML does not frown at it. */
  private static boolean allowed(int c) {
    return c >= 0xa0 && !(c >= 0xd800 && c <= 0xdfff) && (c & 0xfffe) != 0xfffe;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return text.toString();
  }
}
