package org.nnd.opencl.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;

/** Prints a kernel as OpenCL C 1.2: one statement per line, deterministic. */
public final class ClWriter {
  private final StringBuilder out = new StringBuilder();
  private final Set<String> prelude = new LinkedHashSet<>();
  private final Set<Integer> unaligned = new LinkedHashSet<>();
  private final boolean cpu;
  private int indent = 1;

  private ClWriter(boolean cpu) {
    this.cpu = cpu;
  }

  /** {@return the kernel for a reader, with its comment} */
  public static String print(Kernel kernel) {
    StringBuilder text = new StringBuilder();
    kernel.comment().forEach(line -> text.append("// ").append(line).append('\n'));
    return text + code(kernel);
  }

  /** {@return the kernel for the driver; equal for kernels that differ in their comments only} */
  public static String code(Kernel kernel) {
    if (kernel.body().size() == 1 && kernel.body().get(0) instanceof Stmt.Source source) {
      return SourceWriter.code(kernel, source);
    }
    // One work-item per group is what the schedules for CPUs have.
    ClWriter writer = new ClWriter(kernel.local().stream().allMatch(size -> size == 1));
    writer.statements(kernel.body());
    StringBuilder text = new StringBuilder();
    for (int lanes : writer.unaligned) {
      text.append(
          guarded(
              "FLOAT%d_U".formatted(lanes),
              "typedef float%d float%d_u __attribute__((aligned(4)));\n".formatted(lanes, lanes)));
    }
    writer.prelude.forEach(function -> text.append('\n').append(function));
    text.append('\n').append(header(kernel)).append(writer.out).append("}\n");
    return text.toString();
  }

  /** Several kernels may be compiled as one program. */
  private static String guarded(String what, String text) {
    return "#ifndef NND_%s\n#define NND_%s\n%s#endif\n".formatted(what, what, text);
  }

  private static String header(Kernel kernel) {
    List<String> parameters = new ArrayList<>();
    for (Array array : kernel.arguments()) {
      String constness = array.space() == Array.Space.READ ? "const " : "";
      parameters.add(
          "__global %s%s* restrict %s_base, const ulong %s_at"
              .formatted(constness, VType.stored(array.dtype()), array.name(), array.name()));
    }
    parameters.add("const long N");
    StringBuilder text = new StringBuilder();
    text.append(
        "__kernel __attribute__((reqd_work_group_size(%s)))\n"
            .formatted(
                IntStream.range(0, 3)
                    .mapToObj(i -> i < kernel.local().size() ? "" + kernel.local().get(i) : "1")
                    .collect(Collectors.joining(", "))));
    text.append("void %s(\n    ".formatted(kernel.name()));
    text.append(String.join(",\n    ", parameters)).append(") {\n");
    for (Array array : kernel.arguments()) {
      String constness = array.space() == Array.Space.READ ? "const " : "";
      text.append(
          "  __global %s%s* restrict %s = %s_base + %s_at;\n"
              .formatted(
                  constness,
                  VType.stored(array.dtype()),
                  array.name(),
                  array.name(),
                  array.name()));
    }
    for (int i = 0; i < kernel.groups().size(); i++) {
      Kernel.GroupCount count = kernel.groups().get(i);
      if (!Kernel.group(i, count).isConstant()) {
        text.append("  const long group%d = get_group_id(%d);\n".formatted(i, i));
      }
      if (kernel.local().get(i) > 1) {
        text.append("  const long local%d = get_local_id(%d);\n".formatted(i, i));
      }
    }
    return text.toString();
  }

  private void line(String text) {
    out.append("  ".repeat(indent)).append(text).append('\n');
  }

  private void statements(List<Stmt> statements) {
    statements.forEach(this::statement);
  }

  private void block(List<Stmt> statements) {
    indent++;
    statements(statements);
    indent--;
  }

  private void statement(Stmt statement) {
    switch (statement) {
      case Stmt.Comment comment -> line("// " + comment.text());
      case Stmt.Let let ->
          line(
              "%s%s %s = %s;"
                  .formatted(
                      let.mutable() ? "" : "const ",
                      let.variable().type().cl(),
                      let.variable().name(),
                      expr(let.value())));
      case Stmt.LetIndex let -> line("const long %s = %s;".formatted(let.name(), let.value()));
      case Stmt.Assign assign ->
          line("%s = %s;".formatted(assign.variable().name(), expr(assign.value())));
      case Stmt.Store store -> store(store);
      // Into the second-level cache (locality 2): the first holds the row that is worked on.
      case Stmt.Prefetch prefetch ->
          line(
              "__builtin_prefetch((const void *)(uintptr_t)(%s + %s), 0, 2);"
                  .formatted(prefetch.array().name(), prefetch.index()));
      case Stmt.Declare declare -> declare(declare.array());
      case Stmt.For loop -> {
        String bound =
            loop.margin() == 0
                ? "%s < %s".formatted(loop.name(), loop.to())
                : "%s + %d < %s".formatted(loop.name(), loop.margin(), loop.to());
        if (loop.unroll()) {
          line("_Pragma(\"unroll\")");
        }
        line(
            "for (long %s = %s; %s; %s) {"
                .formatted(
                    loop.name(),
                    loop.from(),
                    bound,
                    loop.step() == 1 ? loop.name() + "++" : loop.name() + " += " + loop.step()));
        block(loop.body());
        line("}");
      }
      case Stmt.If choice -> {
        line("if (%s) {".formatted(expr(choice.condition())));
        block(choice.then());
        if (!choice.otherwise().isEmpty()) {
          line("} else {");
          block(choice.otherwise());
        }
        line("}");
      }
      case Stmt.Barrier barrier ->
          line(
              barrier.global()
                  ? "barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);"
                  : "barrier(CLK_LOCAL_MEM_FENCE);");
      case Stmt.Source source -> throw new IllegalStateException("not the only statement");
    }
  }

  private void declare(Array array) {
    String space = array.space() == Array.Space.LOCAL ? "__local " : "";
    line(
        "%s%s %s[%d] __attribute__((aligned(64)));"
            .formatted(space, VType.stored(array.dtype()), array.name(), array.size()));
  }

  private static String space(Array array) {
    return switch (array.space()) {
      case READ, WRITE, READ_WRITE -> "__global";
      case LOCAL -> "__local";
      case PRIVATE -> "__private";
    };
  }

  private void store(Stmt.Store store) {
    Array array = store.array();
    int lanes = store.value().type().lanes();
    String value = expr(store.value());
    String at = array.name() + " + " + store.index();
    String suffix = lanes == 1 ? "" : String.valueOf(lanes);
    switch (array.dtype()) {
      case F16 ->
          line(
              lanes == 1
                  ? "vstore_half(%s, %s, %s);".formatted(value, store.index(), array.name())
                  : "vstore_half%s(%s, 0, %s);".formatted(suffix, value, at));
      case BF16 -> {
        String bits = "as_uint%s(%s)".formatted(suffix, value);
        String rounded =
            "convert_ushort%s((%s + 0x7fffu + ((%s >> 16) & 1u)) >> 16)"
                .formatted(suffix, bits, bits);
        plainStore(array, lanes, rounded, store.index().toString());
      }
      case BOOL ->
          plainStore(
              array, lanes, "convert_uchar%s(%s & 1)".formatted(suffix, value), "" + store.index());
      default -> plainStore(array, lanes, value, store.index().toString());
    }
  }

  private void plainStore(Array array, int lanes, String value, String index) {
    if (lanes == 1) {
      line("%s[%s] = %s;".formatted(array.name(), index, value));
    } else if (array.dtype() == DType.F32 && array.streaming()) {
      line(
          "__builtin_nontemporal_store(%s, (%s float%d*)(%s + %s));"
              .formatted(value, space(array), lanes, array.name(), index));
    } else if (array.dtype() == DType.F32 && array.lanes() >= lanes) {
      line(
          "*(%s float%d*)(%s + %s) = %s;"
              .formatted(space(array), lanes, array.name(), index, value));
    } else if (array.dtype() == DType.F32) {
      // PoCL builds vstore16 from 128-bit halves; an under-aligned pointer is one store.
      unaligned.add(lanes);
      line(
          "*(%s float%d_u*)(%s + %s) = %s;"
              .formatted(space(array), lanes, array.name(), index, value));
    } else {
      line("vstore%d(%s, 0, %s + %s);".formatted(lanes, value, array.name(), index));
    }
  }

  private String load(Expr.Load load) {
    Array array = load.array();
    int lanes = load.lanes();
    String suffix = lanes == 1 ? "" : String.valueOf(lanes);
    String index = load.index().toString();
    String plain =
        lanes == 1
            ? "%s[%s]".formatted(array.name(), index)
            : array.dtype() == DType.F32 && array.lanes() >= lanes
                ? "*(%s const float%d*)(%s + %s)"
                    .formatted(space(array), lanes, array.name(), index)
                : "vload%d(0, %s + %s)".formatted(lanes, array.name(), index);
    return switch (array.dtype()) {
      case F16 ->
          lanes == 1
              ? "vload_half(%s, %s)".formatted(index, array.name())
              : "vload_half%d(0, %s + %s)".formatted(lanes, array.name(), index);
      case BF16 -> "as_float%s(convert_uint%s(%s) << 16)".formatted(suffix, suffix, plain);
      case BOOL -> "(convert_int%s(%s) != 0)".formatted(suffix, plain);
      default -> plain;
    };
  }

  private String expr(Expr expr) {
    return switch (expr) {
      case Expr.Real real -> real(real.value(), real.dtype());
      case Expr.Position position ->
          position.dtype() == DType.I64
              ? (position.index().isConstant()
                  ? position.index().toString()
                  : "(" + position.index() + ")")
              : "(%s)(%s)".formatted(VType.element(position.dtype()), position.index());
      case Expr.LaneNumbers numbers ->
          "(%s)(%s)"
              .formatted(
                  numbers.type().cl(),
                  IntStream.range(0, numbers.type().lanes())
                      .mapToObj(String::valueOf)
                      .collect(Collectors.joining(", ")));
      case Expr.Variable variable -> variable.name();
      case Expr.Load load -> load(load);
      case Expr.Unary unary -> narrow(unary.type(), unary(unary));
      case Expr.Binary binary -> narrow(binary.type(), binary(binary));
      case Expr.Fma fma -> "fma(%s, %s, %s)".formatted(expr(fma.a()), expr(fma.b()), expr(fma.c()));
      case Expr.Compare compare -> compare(compare);
      case Expr.Choose choose -> choose(choose);
      case Expr.Convert convert -> convert(convert);
      case Expr.Bitcast bitcast ->
          "as_%s(%s)".formatted(bitcast.type().cl(), narrow(bitcast.x().type(), expr(bitcast.x())));
      // True is 1 as a scalar and -1 in a lane.
      case Expr.Splat splat ->
          "(%s)(%s%s)".formatted(splat.type().cl(), sign(splat.type()), expr(splat.x()));
      case Expr.Pack pack ->
          "(%s)(%s)"
              .formatted(
                  pack.type().cl(),
                  pack.parts().stream()
                      .map(part -> signed(pack.type(), expr(part)))
                      .collect(Collectors.joining(", ")));
      case Expr.Lane lane ->
          "%s%s.s%s".formatted(sign(lane.type()), atom(lane.x()), Integer.toHexString(lane.lane()));
      case Expr.Half half ->
          "%s.%s".formatted(atom(half.x()), List.of("even", "odd", "lo", "hi").get(half.part()));
      case Expr.Call call -> {
        use(call.function(), call.type());
        yield "%s(%s)"
            .formatted(
                Prelude.name(call.function(), call.type()),
                call.arguments().stream().map(this::expr).collect(Collectors.joining(", ")));
      }
    };
  }

  private void use(String function, VType type) {
    prelude.add(
        guarded(
            Prelude.name(function, type).toUpperCase(java.util.Locale.ROOT),
            Prelude.text(function, type)));
  }

  /** Arithmetic on scalars narrower than int gives an int in C. */
  private static String narrow(VType type, String text) {
    return isNarrow(type) ? "(%s)(%s)".formatted(type.cl(), text) : text;
  }

  private static boolean isNarrow(VType type) {
    return type.lanes() == 1 && (type.dtype() == DType.U8 || type.dtype() == DType.I8);
  }

  /** A lane may have a sign of its own, and two of them would be a decrement. */
  private static String signed(VType type, String value) {
    return sign(type) + (value.startsWith("-") ? "(" + value + ")" : value);
  }

  /** Shifts take the amount modulo the width of the promoted type. */
  private static String amount(VType type, String y) {
    return isNarrow(type) ? "(%s & 7)".formatted(y) : y;
  }

  private static String sign(VType type) {
    return type.dtype() == DType.BOOL ? "-" : "";
  }

  private String atom(Expr expr) {
    String text = expr(expr);
    return expr instanceof Expr.Variable ? text : "(" + text + ")";
  }

  private String unary(Expr.Unary unary) {
    Expr operand = unary.x();
    String x = expr(operand);
    VType type = operand.type();
    boolean isFloat = type.dtype().isFloat();
    return switch (unary.function()) {
      case NEGATE -> "(-%s)".formatted(x);
      case NOT -> type.dtype() == DType.BOOL ? "(%s == 0)".formatted(x) : "(~%s)".formatted(x);
      case ABS -> isFloat ? "fabs(%s)".formatted(x) : "convert_%s(abs(%s))".formatted(type.cl(), x);
      case SIGN ->
          isFloat
              ? "(isnan(%s) ? %s : sign(%s))".formatted(x, x, x)
              : type.dtype() == DType.U8
                  ? "min(%s, (%s)(1))".formatted(x, type.cl())
                  : "clamp(%s, (%s)(-1), (%s)(1))".formatted(x, type.cl(), type.cl());
      case ROUND -> "rint(%s)".formatted(x);
      case LOGISTIC ->
          "((%s)(1.0f) / ((%s)(1.0f) + %s))".formatted(type.cl(), type.cl(), exp(type, "-" + x));
      case EXP -> exp(type, x);
      case ERF -> {
        use("erf", type);
        yield "%s(%s)".formatted(Prelude.name("erf", type), x);
      }
      case TANH -> {
        use("tanh", type);
        yield "%s(%s)".formatted(Prelude.name("tanh", type), x);
      }
      case SIN, COS -> turn(unary.function().toString(), type, x);
      case EXPM1, LOG, LOG1P, SQRT, RSQRT, TAN, ATAN, FLOOR, CEIL ->
          "%s(%s)".formatted(unary.function(), x);
    };
  }

  private String turn(String function, VType type, String x) {
    if (!cpu || type.dtype() != DType.F32 || type.lanes() == 1) {
      return "%s(%s)".formatted(function, x);
    }
    use(function, type);
    return "%s(%s)".formatted(Prelude.name(function, type), x);
  }

  /** CPU drivers have slow vector versions of exp, GPUs have it in hardware. */
  private String exp(VType type, String x) {
    if (!cpu || type.dtype() != DType.F32) {
      return "exp(%s)".formatted(x);
    }
    use("exp", type);
    return "%s(%s)".formatted(Prelude.name("exp", type), x);
  }

  private String binary(Expr.Binary binary) {
    String x = expr(binary.x());
    String y = expr(binary.y());
    VType type = binary.type();
    boolean isFloat = type.dtype().isFloat();
    boolean isBool = type.dtype() == DType.BOOL;
    return switch (binary.function()) {
      case ADD -> "(%s + %s)".formatted(x, y);
      case SUBTRACT -> "(%s - %s)".formatted(x, y);
      case MULTIPLY -> "(%s * %s)".formatted(x, y);
      case DIVIDE -> isFloat ? "(%s / %s)".formatted(x, y) : integerDivision(type, x, y, "/");
      case REMAINDER -> isFloat ? "fmod(%s, %s)".formatted(x, y) : integerDivision(type, x, y, "%");
      case MAXIMUM, MINIMUM -> {
        boolean max = binary.function() == BinaryOp.MAXIMUM;
        if (isFloat) {
          // The inner choice is one instruction, and y where either is a NaN.
          yield "(%s != %s ? %s : (%s %s %s ? %s : %s))"
              .formatted(x, x, x, x, max ? ">" : "<", y, x, y);
        }
        // The true of a vector is -1.
        boolean flip = isBool && type.lanes() > 1;
        // A constant position is an int to the compiler.
        String cast = type.equals(VType.scalar(DType.I64)) ? "(long)" : "";
        yield "%s(%s%s, %s%s)".formatted(max != flip ? "max" : "min", cast, x, cast, y);
      }
      case POWER -> isFloat ? "pow(%s, %s)".formatted(x, y) : call("ipow", binary, type);
      case ATAN2 -> "atan2(%s, %s)".formatted(x, y);
      case AND -> "(%s & %s)".formatted(x, y);
      case OR -> "(%s | %s)".formatted(x, y);
      case XOR -> "(%s ^ %s)".formatted(x, y);
      case SHIFT_LEFT -> "(%s << %s)".formatted(x, amount(type, y));
      case SHIFT_RIGHT_LOGICAL -> {
        String unsigned = type.dtype() == DType.U8 ? type.cl() : "u" + type.cl();
        yield isNarrow(type)
            ? "((uchar)(%s) >> %s)".formatted(x, amount(type, y))
            : "as_%s(as_%s(%s) >> as_%s(%s))".formatted(type.cl(), unsigned, x, unsigned, y);
      }
    };
  }

  private static String or(VType type) {
    return type.lanes() == 1 ? "||" : "|";
  }

  private String call(String function, Expr.Binary binary, VType type) {
    return expr(new Expr.Call(function, List.of(binary.x(), binary.y()), type));
  }

  /** Division by zero gives zero; the most negative number by -1 wraps instead of trapping. */
  private static String integerDivision(VType type, String x, String y, String operator) {
    String one = "(%s)(1)".formatted(type.cl());
    String zero = "(%s)(0)".formatted(type.cl());
    if (type.dtype() == DType.U8) {
      return "(%s == %s ? %s : (%s)(%s %s (%s == %s ? %s : %s)))"
          .formatted(y, zero, zero, type.cl(), x, operator, y, zero, one, y);
    }
    String minus = "(%s == (%s)(-1))".formatted(y, type.cl());
    String wrapped = operator.equals("/") ? "(%s)(0) - %s".formatted(type.cl(), x) : zero;
    return "(%s == %s ? %s : %s ? %s : %s %s (%s == %s %s %s ? %s : %s))"
        .formatted(y, zero, zero, minus, wrapped, x, operator, y, zero, or(type), minus, one, y);
  }

  private String compare(Expr.Compare compare) {
    String operator =
        switch (compare.comparison()) {
          case EQ -> "==";
          case NE -> "!=";
          case LT -> "<";
          case LE -> "<=";
          case GT -> ">";
          case GE -> ">=";
        };
    VType type = compare.x().type();
    Comparison comparison = compare.comparison();
    boolean order = comparison != Comparison.EQ && comparison != Comparison.NE;
    String x = expr(compare.x());
    String y = expr(compare.y());
    if (type.dtype() == DType.BOOL && type.lanes() > 1 && order) {
      String swap = x;
      x = y;
      y = swap;
    }
    String result = "(%s %s %s)".formatted(x, operator, y);
    // Comparing vectors gives lanes as wide as the operands'.
    return type.lanes() > 1
            && type.dtype().bytes() != 4
            && type.dtype() != DType.BOOL
            && type.dtype() != DType.F16
            && type.dtype() != DType.BF16
        ? "convert_int%d%s".formatted(type.lanes(), result)
        : result;
  }

  private String choose(Expr.Choose choose) {
    VType condition = choose.condition().type();
    VType type = choose.type();
    String test = expr(choose.condition());
    if (condition.lanes() > 1) {
      test =
          switch (type.dtype()) {
            case I64, F64 -> "convert_long%d(%s)".formatted(type.lanes(), test);
            case U8, I8 -> "convert_char%d(%s)".formatted(type.lanes(), test);
            default -> test;
          };
    }
    return "(%s ? %s : %s)".formatted(test, expr(choose.whenTrue()), expr(choose.whenFalse()));
  }

  private String convert(Expr.Convert convert) {
    VType from = convert.x().type();
    VType to = convert.type();
    String x = expr(convert.x());
    String lanes = to.lanes() == 1 ? "" : String.valueOf(to.lanes());
    if (to.dtype() == DType.BOOL) {
      return compare(new Expr.Compare(Comparison.NE, convert.x(), zero(from)));
    }
    if (from.dtype() == DType.BOOL) {
      return "convert_%s(%s & 1)".formatted(to.cl(), x);
    }
    String target = VType.element(to.dtype()) + lanes;
    if (from.dtype().isFloat() && to.dtype().isInteger()) {
      return "convert_%s_sat_rtz(%s)".formatted(target, x);
    }
    if (to.dtype() == DType.BF16 || to.dtype() == DType.F16) {
      throw new IllegalStateException("values of " + to + " exist in memory only");
    }
    return "convert_%s(%s)".formatted(target, x);
  }

  private static Expr zero(VType type) {
    Expr zero = new Expr.Real(0, type.dtype());
    return type.lanes() == 1 ? zero : new Expr.Splat(zero, type.lanes());
  }

  /** {@return a number as a literal that reads back exactly} */
  static String real(double value, DType dtype) {
    return switch (dtype) {
      case F32, F16, BF16 -> {
        float f = (float) value;
        yield Float.isNaN(f)
            ? "NAN"
            : Float.isInfinite(f)
                ? (f > 0 ? "INFINITY" : "(-INFINITY)")
                : parenthesised(Float.toString(f).replace("E", "e") + "f");
      }
      case F64 ->
          Double.isNaN(value)
              ? "((double)NAN)"
              : Double.isInfinite(value)
                  ? (value > 0 ? "((double)INFINITY)" : "(-(double)INFINITY)")
                  : parenthesised(Double.toString(value));
      case BOOL -> value != 0 ? "1" : "0";
      case I64 -> {
        long v = (long) value;
        yield v == Long.MIN_VALUE ? "LONG_MIN" : parenthesised(v + "L");
      }
      case I32 -> {
        int v = (int) value;
        yield v == Integer.MIN_VALUE ? "INT_MIN" : parenthesised(String.valueOf(v));
      }
      case U8 -> "(uchar)" + (int) Math.max(0, Math.min(255, value));
      case I8 -> "(char)(" + (int) Math.max(-128, Math.min(127, value)) + ")";
    };
  }

  private static String parenthesised(String number) {
    return number.startsWith("-") ? "(" + number + ")" : number;
  }

  /** {@return an extent as OpenCL C} */
  static String size(Dim dim) {
    if (dim.isFixed()) {
      return parenthesised(dim.toString());
    }
    StringBuilder text = new StringBuilder();
    for (int power = dim.degree(); power >= 0; power--) {
      long c = dim.coefficient(power);
      if (c != 0) {
        text.append(text.isEmpty() ? "" : " + ")
            .append(c == 1 && power > 0 ? "" : parenthesised("" + c));
        text.append(c == 1 || power == 0 ? "" : " * ");
        text.append(String.join(" * ", java.util.Collections.nCopies(power, "N")));
      }
    }
    return dim.degree() == 1 && dim.coefficient(0) == 0 && dim.coefficient(1) == 1
        ? "N"
        : "(" + text + ")";
  }
}
