package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/**
 * A type with named extents, such as {@code f32[N, C, 2 * H]}. {@code ...} among the axes stands
 * for any number of them, the same wherever it is written.
 *
 * @param axes {@code ...} left out
 * @param rest where {@code ...} stands among them, or -1
 */
record TensorPattern(String text, DType dtype, List<SizeExpression> axes, int rest) {
  private static final Pattern TYPE = Pattern.compile("\\s*([a-z0-9]+)\\s*\\[(.*)]\\s*");

  /**
   * {@return the pattern that a text is}
   *
   * @throws NndException if it is none
   */
  static TensorPattern parse(String text) {
    Matcher type = TYPE.matcher(text);
    if (!type.matches()) {
      throw new NndException(
          "'%s' is no type; expected an element type and extents, such as f32[N, C]"
              .formatted(text));
    }
    List<SizeExpression> axes = new ArrayList<>();
    int rest = -1;
    for (String axis : split(type.group(2))) {
      if (!axis.equals("...")) {
        axes.add(SizeExpression.parse(axis));
      } else if (rest < 0) {
        rest = axes.size();
      } else {
        throw new NndException("'%s' has ... twice".formatted(text));
      }
    }
    return new TensorPattern(text.strip(), DType.parse(type.group(1)), List.copyOf(axes), rest);
  }

  /** At the commas outside of parentheses. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    if (!text.isBlank()) {
      parts.add(text.substring(start).strip());
    }
    return parts;
  }

  /** Whether a tensor may be of this pattern, as far as element type and number of axes go. */
  boolean admits(TensorType type) {
    boolean rankFits = rest < 0 ? type.rank() == axes.size() : type.rank() >= axes.size();
    return type.dtype() == dtype && rankFits;
  }

  /** {@return the axes that {@code ...} stands for in a shape} */
  Shape rest(Shape shape) {
    return shape.slice(rest, shape.rank() - (axes.size() - rest));
  }

  /** {@return the extent of a shape that the expression at {@code index} means} */
  Dim extent(Shape shape, int index) {
    boolean behind = rest >= 0 && index >= rest;
    return shape.dim(behind ? shape.rank() - axes.size() + index : index);
  }

  /**
   * {@return the type for sizes that are known}
   *
   * @param others what {@code ...} stands for
   */
  TensorType type(Map<String, Dim> sizes, Shape others) {
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i <= axes.size(); i++) {
      if (i == rest) {
        dims.addAll(others.dims());
      }
      if (i < axes.size()) {
        dims.add(axes.get(i).dim(sizes));
      }
    }
    return new TensorType(dtype, new Shape(dims));
  }

  @Override
  public String toString() {
    return text;
  }
}
