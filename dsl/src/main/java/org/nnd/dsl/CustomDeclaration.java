package org.nnd.dsl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnd.ir.ClFunction;
import org.nnd.ir.CustomCode;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;

/** A kernel's declaration held against the parameters of its function. */
@Vocabulary
final class CustomDeclaration {
  /** The integer types of OpenCL C: least and largest value, as far as a long holds it. */
  private static final Map<String, long[]> INTEGERS =
      Map.of(
          "char", new long[] {Byte.MIN_VALUE, Byte.MAX_VALUE},
          "uchar", new long[] {0, 255},
          "short", new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
          "ushort", new long[] {0, 65535},
          "int", new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
          "uint", new long[] {0, 4294967295L},
          "long", new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
          "ulong", new long[] {0, Long.MAX_VALUE},
          "size_t", new long[] {0, Long.MAX_VALUE});

  private final CustomKernel kernel;
  private final ClFunction function;

  private CustomDeclaration(CustomKernel kernel, ClFunction function) {
    this.kernel = kernel;
    this.function = function;
  }

  /**
   * {@return the declaration of a kernel, of which every tensor is a parameter of the right type}
   *
   * @throws NndException with the parameter that is not
   */
  static CustomDeclaration of(CustomKernel kernel) {
    if (kernel.inputs().isEmpty()) {
      throw new NndException("it has no input; declare what it reads with .in(\"x\", \"f32[N]\")");
    }
    if (kernel.outputs().isEmpty()) {
      throw new NndException(
          "it has no output; declare what it writes with .out(\"y\", \"f32[N]\")");
    }
    CustomDeclaration declaration =
        new CustomDeclaration(kernel, ClFunction.find(kernel.code().source(), kernel.name()));
    declaration.checkTensors();
    return declaration;
  }

  static void checkName(String name, String what) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.startsWith("nnd_")) {
      throw Check.error(
          "kernel: '%s' cannot be the name of a %s; expected letters, digits and _%s",
          name, what, name.startsWith("nnd_") ? ", not beginning with nnd_" : "");
    }
  }

  /** {@return whether the text of a value is a number that is not whole} */
  static boolean isReal(String text) {
    return text.matches("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?|-?Infinity|NaN");
  }

  private void checkTensors() {
    Map<String, CustomKernel.Declared> declared = new LinkedHashMap<>();
    kernel.inputs().forEach(input -> declared.put(input.name(), input));
    kernel.outputs().forEach(output -> declared.put(output.name(), output));
    for (ClFunction.Parameter parameter : function.parameters()) {
      if (parameter.space().equals("local")) {
        throw wrong(
            parameter,
            "local memory is declared in the body, such as '__local %s %s[64];'"
                .formatted(parameter.type(), parameter.name()));
      }
      CustomKernel.Declared tensor = declared.remove(parameter.name());
      if (tensor != null) {
        check(parameter, tensor);
      } else if (parameter.pointer()) {
        throw wrong(
            parameter,
            "declared tensors are %s"
                .formatted(
                    Stream.of(kernel.inputs(), kernel.outputs())
                        .flatMap(List::stream)
                        .map(CustomKernel.Declared::name)
                        .collect(Collectors.joining(", "))));
      }
    }
    declared
        .values()
        .forEach(
            missing -> {
              throw new NndException(
                  "the function has no parameter for '%s'; expected '%s' among (%s)"
                      .formatted(missing.name(), expected(missing), parameters()));
            });
  }

  private void check(ClFunction.Parameter parameter, CustomKernel.Declared tensor) {
    boolean input = kernel.inputs().contains(tensor);
    boolean fits =
        parameter.pointer()
            && parameter.space().equals("global")
            && parameter.constant() == input
            && parameter.type().equals(stored(tensor.pattern().dtype()));
    if (!fits) {
      throw wrong(
          parameter,
          "the %s '%s' is declared as %s: expected '%s'"
              .formatted(
                  input ? "input" : "output", tensor.name(), tensor.type(), expected(tensor)));
    }
  }

  private String expected(CustomKernel.Declared tensor) {
    return "__global %s%s* %s"
        .formatted(
            kernel.inputs().contains(tensor) ? "const " : "",
            stored(tensor.pattern().dtype()),
            tensor.name());
  }

  private String parameters() {
    return function.parameters().stream()
        .map(ClFunction.Parameter::toString)
        .collect(Collectors.joining(", "));
  }

  private NndException wrong(ClFunction.Parameter parameter, String why) {
    return new NndException(
        "line %d of its source: the parameter '%s': %s"
            .formatted(parameter.line(), parameter, why));
  }

  /** The type of elements in memory. */
  private static String stored(DType dtype) {
    return switch (dtype) {
      case BOOL, U8 -> "uchar";
      case I8 -> "char";
      case I32 -> "int";
      case I64 -> "long";
      case F16 -> "half";
      case BF16 -> "ushort";
      case F32 -> "float";
      case F64 -> "double";
    };
  }

  /**
   * {@return the numbers that the function takes}
   *
   * @throws NndException with one that is not known, or not of its parameter's type
   */
  Map<String, CustomCode.Scalar> scalars(Map<String, Dim> sizes) {
    Map<String, CustomCode.Scalar> scalars = new TreeMap<>();
    for (ClFunction.Parameter parameter : function.parameters()) {
      if (!parameter.pointer()) {
        scalars.put(parameter.name(), scalar(parameter, sizes));
      }
    }
    for (Map.Entry<String, String> value : kernel.values().entrySet()) {
      if (isReal(value.getValue()) && !scalars.containsKey(value.getKey())) {
        throw new NndException(
            "the function has no parameter for the value '%s' among (%s)"
                .formatted(value.getKey(), parameters()));
      }
    }
    return scalars;
  }

  private CustomCode.Scalar scalar(ClFunction.Parameter parameter, Map<String, Dim> sizes) {
    boolean real = parameter.type().equals("float");
    long[] range = INTEGERS.get(parameter.type());
    if (!real && range == null) {
      throw wrong(
          parameter, "numbers are float or of an integer type, tensors '__global' pointers");
    }
    String value = kernel.values().get(parameter.name());
    if (value != null && isReal(value)) {
      if (!real) {
        throw wrong(parameter, "its value is %s".formatted(value));
      }
      return new CustomCode.Number(Double.parseDouble(value));
    }
    Dim dim = sizes.get(parameter.name());
    if (dim == null) {
      String known =
          sizes.keySet().stream()
              .filter(name -> !name.startsWith("count("))
              .collect(Collectors.joining(", "));
      throw wrong(
          parameter,
          "no shape names it%s; give it with .value(\"%s\", …)"
              .formatted(known.isEmpty() ? "" : " (known are " + known + ")", parameter.name()));
    }
    boolean fits =
        real || !dim.isFixed() || dim.coefficient(0) >= range[0] && dim.coefficient(0) <= range[1];
    if (!fits) {
      throw wrong(parameter, "its value is %s".formatted(dim));
    }
    return new CustomCode.Extent(dim);
  }
}
