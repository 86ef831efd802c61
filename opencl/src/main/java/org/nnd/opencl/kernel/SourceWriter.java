package org.nnd.opencl.kernel;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.ClFunction;
import org.nnd.ir.CustomCode;
import org.nnd.ir.Dim;

/**
 * Prints a kernel written by hand with the arguments that all kernels have: each pointer comes as a
 * base and an offset, numbers become constants of the text, and the batch size follows. Everything
 * else stays as it was written, on the lines on which it stood, which {@code #line} tells the
 * driver.
 */
final class SourceWriter {
  private static final String BATCH = "nnd_n";

  /** What {@code #line} adds to the name of lines made from the parameters. */
  private static final String PARAMETERS = " parameters";

  private SourceWriter() {}

  static String code(Kernel kernel, Stmt.Source source) {
    ClFunction function = source.function();
    String text = function.source();
    String attributes = text.substring(function.returns() + "void".length(), function.nameAt());
    int line = function.lineOf(function.body());
    return "\n"
        + line(1, function.name())
        + text.substring(0, function.returns())
        + attributes.strip()
        + "\nvoid "
        + kernel.name()
        + "(\n    "
        + parameters(kernel)
        + ") {\n"
        + declarations(kernel, source)
        + line(line, function.name())
        + " ".repeat(function.columnOf(function.body()) - 1)
        + text.substring(function.body()).stripTrailing()
        + "\n";
  }

  private static String line(int number, String of) {
    return "#line %d \"%s\"\n".formatted(number, of);
  }

  private static String parameters(Kernel kernel) {
    List<String> parameters = new ArrayList<>();
    for (Array array : kernel.arguments()) {
      parameters.add(
          "%s* restrict nnd_%s, const ulong nnd_%s_at"
              .formatted(pointed(array), array.name(), array.name()));
    }
    parameters.add("const long " + BATCH);
    return String.join(",\n    ", parameters);
  }

  /** What the parameters were written as, each on its line. */
  private static String declarations(Kernel kernel, Stmt.Source source) {
    StringBuilder text = new StringBuilder();
    for (ClFunction.Parameter parameter : source.function().parameters()) {
      String name = parameter.name();
      String declaration =
          kernel.arguments().stream()
              .filter(array -> array.name().equals(name))
              .map(SourceWriter::array)
              .findFirst()
              .orElseGet(() -> number(parameter, source.scalars().get(name)));
      text.append(line(parameter.line(), source.function().name() + PARAMETERS));
      text.append("  ").append(declaration).append('\n');
    }
    return text.toString();
  }

  private static String array(Array array) {
    String name = array.name();
    return "%s* restrict %s = nnd_%s + nnd_%s_at;".formatted(pointed(array), name, name, name);
  }

  private static String pointed(Array array) {
    return "__global "
        + (array.space() == Array.Space.READ ? "const " : "")
        + VType.stored(array.dtype());
  }

  /** An enumerator is a constant that may be the extent of an array; a variable is not. */
  private static String number(ClFunction.Parameter parameter, CustomCode.Scalar scalar) {
    boolean integer = parameter.type().equals("int") && parameter.constant();
    if (integer && scalar instanceof CustomCode.Extent(Dim dim) && dim.isFixed()) {
      return "enum { %s = %d };".formatted(parameter.name(), dim.fixed());
    }
    String value =
        switch (scalar) {
          case CustomCode.Extent(Dim dim) ->
              "(%s)(%s)".formatted(parameter.type(), polynomial(dim));
          case CustomCode.Number(double number) -> real((float) number);
        };
    return "%s%s %s = %s;"
        .formatted(parameter.constant() ? "const " : "", parameter.type(), parameter.name(), value);
  }

  /** By Horner's rule. */
  private static String polynomial(Dim dim) {
    String text = "";
    for (int power = dim.degree(); power >= 0; power--) {
      String term = dim.coefficient(power) + "L";
      text = text.isEmpty() ? term : "(%s) * %s + %s".formatted(text, BATCH, term);
    }
    return text;
  }

  private static String real(float value) {
    if (Float.isNaN(value)) {
      return "NAN";
    }
    return Float.isInfinite(value) ? (value < 0 ? "-INFINITY" : "INFINITY") : value + "f";
  }
}
