package org.nnd.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.Target;
import org.nnd.opencl.runtime.Executable;

class KernelPrinterTest {
  private static final VType X4 = new VType(DType.F32, 4);

  @Test
  void statementsReadAsTheyAreWritten() {
    Array x = Array.argument("x_0", DType.F32, Array.Space.READ);
    Array y = Array.argument("y_0", DType.F32, Array.Space.WRITE);
    Array local = Array.local("tile_0", DType.F32, 64);
    Index i = Index.of(new Index.Axis("i_0", Dim.of(16)));
    Expr.Variable sum = new Expr.Variable("acc_0", X4);
    Expr load = new Expr.Load(x, i.times(4), 4);
    Expr ends =
        new Expr.Compare(
            Comparison.LT, new Expr.Position(i, DType.I64), new Expr.Position(i, DType.I64));
    List<Stmt> body =
        List.of(
            new Stmt.Declare(local),
            new Stmt.Let(sum, new Expr.Splat(new Expr.Real(0, DType.F32), 4), true),
            new Stmt.For(
                "i_0",
                Index.ZERO,
                Index.of(16),
                4,
                3,
                false,
                List.of(
                    new Stmt.Assign(sum, new Expr.Fma(load, load, sum)),
                    new Stmt.If(
                        ends,
                        List.of(new Stmt.Barrier(false)),
                        List.of(new Stmt.Comment("the rest"))))),
            new Stmt.Store(y, Index.ZERO, new Expr.Binary(BinaryOp.ADD, sum, sum)));
    Kernel kernel =
        new Kernel(
            "sum",
            List.of("template: operations"),
            List.of(x, y),
            List.of(new Kernel.GroupCount(Dim.BATCH, 8), Kernel.GroupCount.of(3)),
            List.of(1, 1),
            body,
            Dim.ZERO,
            Dim.ZERO);
    assertEquals(
        """
        kernel sum
          // template: operations
          groups ceil(N / 8) x 3, items 1 x 1
          read x_0 : f32
          write y_0 : f32
          local tile_0 : f32[64]
          acc_0 := splat(0.0) : f32x4
          for i_0 in 0 .. 16 by 4, whole 4 {
            acc_0 := fma(x_0[4 * i_0 : 4], x_0[4 * i_0 : 4], acc_0)
            if lt((i_0), (i_0)) {
              barrier
            } else {
              // the rest
            }
          }
          y_0[0 : 4] := (acc_0 + acc_0)
        """,
        KernelPrinter.print(kernel));
  }

  /** Every statement and expression that the templates write has a form, balanced and by name. */
  @Test
  void kernelsOfRandomGraphsHaveText() {
    for (int seed = 0; seed < 40; seed++) {
      RandomGraph random = RandomGraphs.sample(seed, RandomGraph.Options.everything());
      for (Target target : List.of(Target.cpu(16), Target.gpu())) {
        for (KernelCall call : Executable.plan(random.graph(), target).calls()) {
          check(call.kernel());
        }
      }
    }
  }

  private static void check(Kernel kernel) {
    String text = KernelPrinter.print(kernel);
    assertTrue(text.startsWith("kernel " + kernel.name() + "\n"), text);
    for (String pair : List.of("{}", "()", "[]")) {
      assertEquals(count(text, pair.charAt(0)), count(text, pair.charAt(1)), text);
    }
    for (Array array : kernel.arguments()) {
      assertTrue(text.contains(" " + array.name() + " : " + array.dtype()), text);
    }
    assertEquals(text, KernelPrinter.print(kernel));
  }

  private static long count(String text, char c) {
    return text.chars().filter(x -> x == c).count();
  }
}
