package org.nnd.opencl.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.nnd.ir.BinaryOp;

/**
 * The text form of a kernel program, for reading:
 *
 * <pre>
 * kernel matmul_dot
 *   // matmul: dot
 *   groups ceil(1024 / 8) x 64, items 1 x 1
 *   read x_0 : f32
 *   write y_0 : f32
 *   acc_0 := splat(0.0) : f32x16
 *   for k_0 in 0 .. 1024 {
 *     acc_0 := fma(x_0[k_0], x_1[1024L * k_0 : 16], acc_0)
 *   }
 *   y_0[0 : 16] := acc_0
 * </pre>
 *
 * <p>{@code a[i : n]} are {@code n} consecutive elements from {@code i} on; positions are written
 * as in OpenCL C.
 */
public final class KernelPrinter {
  private static final Map<BinaryOp, String> SIGNS =
      Map.of(
          BinaryOp.ADD, "+",
          BinaryOp.SUBTRACT, "-",
          BinaryOp.MULTIPLY, "*",
          BinaryOp.DIVIDE, "/",
          BinaryOp.AND, "and",
          BinaryOp.OR, "or");

  private final StringBuilder out = new StringBuilder();
  private int indent = 1;

  private KernelPrinter() {}

  /** {@return the program, one statement a line} */
  public static String print(Kernel kernel) {
    KernelPrinter printer = new KernelPrinter();
    kernel.comment().forEach(line -> printer.line("// " + line));
    printer.line(space(kernel));
    kernel.arguments().forEach(a -> printer.line(array(a)));
    printer.statements(kernel.body());
    return "kernel " + kernel.name() + "\n" + printer.out;
  }

  private static String space(Kernel kernel) {
    String groups =
        kernel.groups().stream()
            .map(
                g ->
                    g.perGroup() == 1
                        ? "" + g.items()
                        : "ceil(" + g.items() + " / " + g.perGroup() + ")")
            .collect(Collectors.joining(" x "));
    String items = kernel.local().stream().map(String::valueOf).collect(Collectors.joining(" x "));
    return "groups " + groups + ", items " + items;
  }

  private static String array(Array array) {
    String space = array.space().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String type = array.dtype() + (array.lanes() == 1 ? "" : "x" + array.lanes());
    String size = array.isArgument() ? "" : "[" + array.size() + "]";
    return "%s %s : %s%s%s"
        .formatted(space, array.name(), type, size, array.streaming() ? ", past the caches" : "");
  }

  private void line(String text) {
    out.append("  ".repeat(indent)).append(text).append('\n');
  }

  private void statements(List<Stmt> statements) {
    statements.forEach(this::statement);
  }

  private void block(String head, List<Stmt> statements) {
    line(head + " {");
    indent++;
    statements(statements);
    indent--;
  }

  private void statement(Stmt statement) {
    switch (statement) {
      case Stmt.Comment comment -> line("// " + comment.text());
      case Stmt.Let let ->
          line(
              "%s %s %s : %s"
                  .formatted(
                      let.variable().name(),
                      let.mutable() ? ":=" : "=",
                      text(let.value()),
                      type(let.variable().type())));
      case Stmt.LetIndex let -> line(let.name() + " = " + let.value());
      case Stmt.Assign assign -> line(assign.variable().name() + " := " + text(assign.value()));
      case Stmt.Store store ->
          line(
              element(store.array(), store.index(), store.value().type().lanes())
                  + " := "
                  + text(store.value()));
      case Stmt.Prefetch prefetch ->
          line("prefetch %s[%s]".formatted(prefetch.array().name(), prefetch.index()));
      case Stmt.Declare declare -> line(array(declare.array()));
      case Stmt.For loop -> {
        block(loop(loop), loop.body());
        line("}");
      }
      case Stmt.If choice -> {
        block("if " + text(choice.condition()), choice.then());
        if (!choice.otherwise().isEmpty()) {
          block("} else", choice.otherwise());
        }
        line("}");
      }
      case Stmt.Barrier barrier -> line(barrier.global() ? "barrier global" : "barrier");
      case Stmt.Source source -> {
        line("OpenCL C, written by hand");
        indent++;
        source.function().source().lines().forEach(this::line);
        indent--;
      }
    }
  }

  private static String loop(Stmt.For loop) {
    return "for %s in %s .. %s%s%s%s"
        .formatted(
            loop.name(),
            loop.from(),
            loop.to(),
            loop.step() == 1 ? "" : " by " + loop.step(),
            loop.margin() == 0 ? "" : ", whole " + (loop.margin() + 1),
            loop.unroll() ? ", unrolled" : "");
  }

  private static String element(Array array, Index index, int lanes) {
    return array.name() + "[" + index + (lanes == 1 ? "" : " : " + lanes) + "]";
  }

  private static String type(VType type) {
    return type.dtype() + (type.lanes() == 1 ? "" : "x" + type.lanes());
  }

  private static String text(Expr expr) {
    return switch (expr) {
      case Expr.Real real -> Double.toString(real.value());
      case Expr.Position position -> "(" + position.index() + ")";
      case Expr.LaneNumbers numbers -> "lanes " + numbers.type().lanes();
      case Expr.Variable variable -> variable.name();
      case Expr.Load load -> element(load.array(), load.index(), load.lanes());
      case Expr.Unary unary -> call(unary.function().toString(), unary.x());
      case Expr.Binary binary -> binary(binary);
      case Expr.Fma fma -> call("fma", fma.a(), fma.b(), fma.c());
      case Expr.Compare compare -> call(compare.comparison().toString(), compare.x(), compare.y());
      case Expr.Choose choose ->
          "(%s ? %s : %s)"
              .formatted(
                  text(choose.condition()), text(choose.whenTrue()), text(choose.whenFalse()));
      case Expr.Convert convert -> call(convert.dtype().toString(), convert.x());
      case Expr.Bitcast bitcast -> call("bits_" + bitcast.dtype(), bitcast.x());
      case Expr.Splat splat -> call("splat", splat.x());
      case Expr.Pack pack -> call("pack", pack.parts().toArray(Expr[]::new));
      case Expr.Lane lane -> text(lane.x()) + "." + lane.lane();
      case Expr.Half half -> call(List.of("even", "odd", "low", "high").get(half.part()), half.x());
      case Expr.Call call -> call(call.function(), call.arguments().toArray(Expr[]::new));
    };
  }

  private static String binary(Expr.Binary binary) {
    String sign = SIGNS.get(binary.function());
    return sign == null
        ? call(binary.function().toString(), binary.x(), binary.y())
        : "(%s %s %s)".formatted(text(binary.x()), sign, text(binary.y()));
  }

  private static String call(String function, Expr... arguments) {
    return List.of(arguments).stream()
        .map(KernelPrinter::text)
        .collect(Collectors.joining(", ", function + "(", ")"));
  }
}
