package org.nnd.dsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.kernel;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.tensor;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nnd.ir.CustomCode;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.GraphParser;
import org.nnd.ir.GraphPrinter;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.WorkSize;
import org.nnd.ir.gradient.Gradient;

/** Declarations of kernels written by hand, and what is told of wrong ones. */
class CustomKernelTest {
  private static final String SCALE =
      """
      // y = factor * x
      __kernel void scale(
          __global const float* x,
          __global float* y, const int C, float factor) {
        const int i = get_global_id(0);
        y[i] = factor * x[i];
      }
      """;

  private static CustomKernel scale() {
    return kernel("scale", SCALE).in("x", "f32[N, C]").out("y", "f32[N, C]").value("factor", 2.5);
  }

  /** A kernel whose parameters are the given ones. */
  private static CustomKernel of(String parameters) {
    return kernel("k", "__kernel void k(" + parameters + ") {}");
  }

  private static final String XY = "__global const float* x, __global float* y";

  private static CustomCode bound(CustomKernel kernel, TensorType... types) {
    return CustomBinding.of(kernel, List.of(types));
  }

  private static TensorType f32(long... sizes) {
    return TensorType.f32(Shape.of(sizes));
  }

  private static Graph lowered(Layer layer, long... sizes) {
    return Lower.lower(layer, List.of(new InputSpec("x", DType.F32, sizes)), Mode.TRAINING).graph();
  }

  private static void assertRefused(String expected, Supplier<?> action) {
    String message = assertThrows(NndException.class, action::get).getMessage();
    assertTrue(message.contains(expected), () -> "expected '" + expected + "' in:\n" + message);
  }

  private static void assertUnbound(String expected, CustomKernel kernel, TensorType... types) {
    assertRefused(expected, () -> bound(kernel, types));
  }

  // Sizes.

  @Test
  void sizesAreFoundByComparingShapes() {
    CustomKernel kernel =
        of(XY + ", __global const float* w, const int H, const long half, uint all")
            .in("x", "f32[N, C, 2 * H]")
            .in("w", "f32[C, H]")
            .out("y", "f32[N, C * 3, H]")
            .value("half", "C / 2")
            .value("all", "count(x)")
            .global("H", "C", "N");
    CustomCode code = bound(kernel, f32(5, 7, 8), f32(7, 4));
    assertEquals(List.of(f32(5, 21, 4)), code.results());
    assertEquals(new CustomCode.Extent(Dim.of(4)), code.scalars().get("H"));
    assertEquals(new CustomCode.Extent(Dim.of(3)), code.scalars().get("half"));
    assertEquals(new CustomCode.Extent(Dim.of(280)), code.scalars().get("all"));
    assertEquals("[4, 7, 5]", code.global().toString());
  }

  @Test
  void theBatchStaysFree() {
    Graph graph = lowered(scale(), 10);
    Op.Custom op = (Op.Custom) graph.output().op();
    assertEquals(TensorType.f32(Shape.batchOf(10)), graph.output().type());
    assertEquals("[10N]", op.code().global().toString());
    assertEquals(List.of(10), op.code().local());
    assertEquals(new CustomCode.Extent(Dim.of(10)), op.code().scalars().get("C"));
  }

  @Test
  void dotsStandForAnyAxes() {
    CustomKernel kernel = of(XY).in("x", "f32[..., C]").out("y", "f32[C, ...]");
    assertEquals(List.of(f32(4, 2, 3)), bound(kernel, f32(2, 3, 4)).results());
    assertEquals(List.of(f32(4)), bound(kernel, f32(4)).results());
    assertUnbound("the input 'x' is f32[], declared as f32[..., C]", kernel, f32());
    assertUnbound(
        "... is [2] before and [3] in 'w' (f32[3, 4])",
        of(XY + ", __global const float* w")
            .in("x", "f32[..., C]")
            .in("w", "f32[..., C]")
            .out("y", "f32[...]"),
        f32(2, 4),
        f32(3, 4));
    assertUnbound(
        "the output 'y' is f32[...], and no input has the axes ...",
        of(XY).in("x", "f32[C]").out("y", "f32[...]"),
        f32(4));
  }

  @Test
  void workSizesMayBeRoundedUp() {
    CustomKernel kernel =
        of(XY)
            .in("x", "f32[N, C]")
            .out("y", "f32[N, C]")
            .global("roundUp(count(y), 64)", "max(C, 3)")
            .local(64, 3);
    assertEquals("[64, 3]", bound(kernel, f32(1, 3)).global().toString());
    TensorType free = TensorType.f32(Shape.batchOf(3));
    List<WorkSize> global = bound(kernel, free).global();
    assertEquals("[ceil(3N / 64) * 64, 3]", global.toString());
    assertEquals(0, global.get(0).at(0));
    assertEquals(64, global.get(0).at(21));
    assertEquals(128, global.get(0).at(22));
    assertUnbound(
        "'+' of the rounded size ceil(3N / 64) * 64",
        kernel.global("roundUp(3 * N, 64) + 1"),
        free);
    assertUnbound("in \"N / 2\": 2 does not divide N", kernel.global("N / 2"), free);
  }

  @Test
  void theUsualGroupDividesTheFirstDimension() {
    CustomKernel kernel = of(XY).in("x", "f32[N, C]").out("y", "f32[N, C]");
    assertEquals(List.of(48), bound(kernel, TensorType.f32(Shape.batchOf(48))).local());
    assertEquals(List.of(1), bound(kernel, TensorType.f32(Shape.batchOf(67))).local());
    assertEquals(List.of(64), bound(kernel, f32(16, 8)).local());
    assertEquals(List.of(64), bound(kernel, f32(0, 8)).local());
  }

  // What is told of wrong declarations and tensors.

  @Test
  void tensorsAreComparedWithTheDeclaration() {
    CustomKernel two =
        of(XY + ", __global const float* w")
            .in("x", "f32[N, C]")
            .in("w", "f32[C]")
            .out("y", "f32[N]");
    assertUnbound(
        "kernel 'k': it takes 2 tensors (x: f32[N, C], w: f32[C]), got 1 (f32[3, 4])",
        two,
        f32(3, 4));
    assertUnbound("the input 'x' is f32[4], declared as f32[N, C]", two, f32(4), f32(4));
    assertUnbound(
        "the input 'w' is i32[4], declared as f32[C]",
        two,
        f32(3, 4),
        new TensorType(DType.I32, Shape.of(4)));
    assertUnbound("C is 4 in 'x' (f32[3, 4]) and 5 in 'w' (f32[5])", two, f32(3, 4), f32(5));
    assertUnbound(
        "the input 'x' is f32[3, 5], declared as f32[N, 2 * H]: 2 * H is 4, not 5",
        of(XY + ", __global const float* w")
            .in("x", "f32[N, 2 * H]")
            .in("w", "f32[H]")
            .out("y", "f32[N]"),
        f32(3, 5),
        f32(2));
    assertUnbound(
        "K is 3 in .value(\"K\", …) and 5 in 'x' (f32[5])",
        of(XY + ", int K").in("x", "f32[K]").out("y", "f32[K]").value("K", 3),
        f32(5));
    assertUnbound(
        "in \"M\": 'M' is not known; known are C, count(x)",
        of(XY).in("x", "f32[C]").out("y", "f32[M]"),
        f32(5));
    assertUnbound(
        "the output 'y', declared as f32[C - 6], would be f32[-1]",
        of(XY).in("x", "f32[C]").out("y", "f32[C - 6]"),
        f32(5));
  }

  @Test
  void launchesThatCannotBeAreRefused() {
    CustomKernel kernel = of(XY).in("x", "f32[C]").out("y", "f32[C]");
    assertUnbound("it would run over C - 9 = -4 work-items", kernel.global("C - 9"), f32(5));
    assertUnbound(
        "it runs over 0 work-items, so that nothing would write 'y' (f32[5])",
        kernel.global("C / 8"),
        f32(5));
    assertUnbound(
        "work-groups of 4 items do not divide the 5 work-items; give .global(\"roundUp(…, 4)\")",
        kernel.local(4),
        f32(5));
    assertUnbound(
        "work-groups of 4 items do not divide the 5N work-items for every batch size N",
        of(XY).in("x", "f32[N, C]").out("y", "f32[N, C]").local(4),
        TensorType.f32(Shape.batchOf(5)));
    assertUnbound(
        "its work-groups have 2 dimensions, its work-items 1", kernel.local(1, 1), f32(5));
    assertUnbound("a work-group of C - 5 = 0 items", kernel.local("C - 5"), f32(5));
    assertRefused("work-items have 1 to 3 dimensions, not 4", () -> kernel.local(1, 1, 1, 1));
    assertUnbound(
        "a size is too large",
        kernel.global("C * C * C * C * C * C * C * C * C * C"),
        f32(1 << 30));
  }

  @Test
  void parametersAreComparedWithTheDeclaration() {
    assertUnbound(
        "it has no input; declare what it reads with .in", of(XY).out("y", "f32[C]"), f32(5));
    assertUnbound(
        "it has no output; declare what it writes with .out", of(XY).in("x", "f32[C]"), f32(5));
    assertUnbound(
        "its source has no kernel function; expected '__kernel void k(…) { … }'",
        kernel("k", "// __kernel void k() {}").in("x", "f32[C]").out("y", "f32[C]"),
        f32(5));
    assertUnbound(
        "its source has no kernel function 'scala'; it has scale",
        kernel("scala", SCALE).in("x", "f32[C]").out("y", "f32[C]"),
        f32(5));
    CustomKernel plain = scale();
    assertUnbound(
        "the function has no parameter for 'w'; expected '__global const float* w' among"
            + " (__global const float* x, __global float* y, const int C, float factor)",
        plain.in("w", "f32[C]"),
        f32(5, 4),
        f32(4));
    assertUnbound(
        "line 1 of its source: the parameter '__global float* z': declared tensors are x, y",
        of(XY + ", __global float* z").in("x", "f32[C]").out("y", "f32[C]"),
        f32(5));
    assertUnbound(
        "line 3 of its source: the parameter '__global const float* x': the input 'x' is declared"
            + " as i32[N, C]: expected '__global const int* x'",
        kernel("scale", SCALE).in("x", "i32[N, C]").out("y", "f32[N, C]"),
        f32(5, 4));
    assertUnbound(
        "the input 'x' is declared as f32[C]: expected '__global const float* x'",
        of("__global float* x, __global float* y").in("x", "f32[C]").out("y", "f32[C]"),
        f32(5));
    assertUnbound(
        "the output 'y' is declared as f32[C]: expected '__global float* y'",
        of("__global const float* x, __global const float* y").in("x", "f32[C]").out("y", "f32[C]"),
        f32(5));
    assertUnbound(
        "the input 'x' is declared as bool[C]: expected '__global const uchar* x'",
        of(XY).in("x", "bool[C]").out("y", "f32[C]"),
        f32(5));
    assertUnbound(
        "local memory is declared in the body, such as '__local float tile[64];'",
        of(XY + ", __local float* tile").in("x", "f32[C]").out("y", "f32[C]"),
        f32(5));
    assertUnbound(
        "its parameter '__global float4** x' is not understood",
        of("__global float4** x").in("x", "f32[C]").out("y", "f32[C]"),
        f32(5));
  }

  @Test
  void numbersAreComparedWithTheirParameters() {
    CustomKernel known = of(XY + ", int K").in("x", "f32[C]").out("y", "f32[C]");
    assertUnbound(
        "the parameter 'int K': no shape names it (known are C); give it with .value(\"K\", …)",
        known,
        f32(5));
    assertUnbound("the parameter 'int K': its value is 0.5", known.value("K", 0.5), f32(5));
    assertUnbound(
        "the parameter 'int K': its value is 3000000000", known.value("K", 3_000_000_000L), f32(5));
    assertUnbound(
        "the function has no parameter for the value 'eps' among",
        known.value("K", 1).value("eps", 0.1),
        f32(5));
    assertUnbound(
        "numbers are float or of an integer type, tensors '__global' pointers",
        of(XY + ", double K").in("x", "f32[C]").out("y", "f32[C]").value("K", 1.5),
        f32(5));
    assertEquals(
        new CustomCode.Number(-1e-20),
        bound(
                of(XY + ", const float K").in("x", "f32[C]").out("y", "f32[C]").value("K", -1e-20),
                f32(5))
            .scalars()
            .get("K"));
  }

  @Test
  void mistakesInTextsAreTold() {
    CustomKernel plain = of(XY);
    assertRefused("'3x' cannot be the name of a kernel", () -> kernel("3x", ""));
    assertRefused("not beginning with nnd_", () -> plain.in("nnd_x", "f32[C]"));
    assertRefused("'f32' is no type; expected", () -> plain.in("x", "f32"));
    assertRefused("unknown element type 'float'", () -> plain.in("x", "float[C]"));
    assertRefused("in \"C +\": it ends too early", () -> plain.in("x", "f32[C +]"));
    assertRefused("in \"2 C\": unexpected 'C'", () -> plain.in("x", "f32[2 C]"));
    assertRefused("has ... twice", () -> plain.in("x", "f32[..., 2, ...]"));
    assertRefused(
        "the tensor 'x' is declared twice", () -> plain.in("x", "f32[C]").out("x", "f32[C]"));
    assertRefused("the value 'k' is given twice", () -> plain.value("k", 1).value("k", "2 * C"));
    assertRefused("unknown function 'log'", () -> plain.global("log(C)"));
    assertRefused("roundUp takes 2 sizes", () -> plain.global("roundUp(C)"));
    assertRefused("count takes the name of a tensor", () -> plain.global("count(2)"));
    assertRefused("unexpected '$'", () -> plain.global("C $"));
    assertRefused("expected ')'", () -> plain.global("(C"));
  }

  @Test
  void errorsNameTheLayerAndTheLine() {
    NndException error =
        assertThrows(
            NndException.class,
            () -> lowered(sequential(new Identity(), scale().in("w", "f32[C]")), 4));
    assertTrue(error.getMessage().startsWith("1: kernel 'scale': "), error.getMessage());
    assertTrue(error.getMessage().contains("; declared at CustomKernelTest.java:"), "site");
  }

  // Gradients and references.

  private static Node gradientOf(CustomKernel kernel) {
    Graph graph = lowered(layer("sum", (Tensor x) -> kernel.apply(x).sum()), 4);
    return Gradient.of(graph.output(), graph.inputs()).get(0);
  }

  @Test
  void withoutAGradientTrainingIsRefused() {
    assertRefused(
        "the kernel 'scale' has no gradient, and training needs that of 'x'; give it with"
            + " .gradient(…), or put .stopGradient() behind the tensor that goes in there",
        () -> gradientOf(scale()));
    CustomKernel two =
        of(XY + ", __global const float* w")
            .in("x", "f32[...]")
            .in("w", "f32[...]")
            .out("y", "f32[...]")
            .gradientOf(t -> Tensors.of("d_x", t.get("d_y").mul(t.get("w"))));
    Graph graph = lowered(layer("k", (Tensor x) -> two.apply(x, x.stopGradient()).sum()), 4);
    assertEquals(1, Gradient.of(graph.output(), graph.inputs()).size());
    Graph both = lowered(layer("k", (Tensor x) -> two.apply(x, x).sum()), 4);
    assertRefused(
        "the kernel 'k' gives no gradient for its input 'w', and training needs that of 'w'",
        () -> Gradient.of(both.output(), both.inputs()));
  }

  @Test
  void gradientsAreExpressionsKernelsOrThoseOfTheReference() {
    Node given = gradientOf(scale().gradient((x, dy) -> dy.mul(2.5)));
    assertTrue(given.op() instanceof Op.Binary, given::toString);
    CustomKernel back =
        kernel("back", "__kernel void back(__global const float* d_y, __global float* d_x) {}")
            .in("d_y", "f32[...]")
            .out("d_x", "f32[...]");
    Node byHand = gradientOf(scale().gradient(back));
    assertEquals("back", ((Op.Custom) byHand.op()).code().name());
    Node derived = gradientOf(scale().reference(x -> x.mul(2.5)));
    assertTrue(derived.op() instanceof Op.Binary, derived::toString);
    assertRefused("the kernel 'back' has no gradient", () -> twice(scale().gradient(back)));
  }

  /** The derivative of a gradient's square sum. */
  private static Node twice(CustomKernel kernel) {
    Graph graph = lowered(layer("sum", (Tensor x) -> kernel.apply(x.square()).square().sum()), 4);
    Node first = Gradient.of(graph.output(), graph.inputs()).get(0);
    Tensor sum = Tensor.of(first).square().sum();
    return Gradient.of(sum.node(), graph.inputs()).get(0);
  }

  @Test
  void wrongRulesAreTold() {
    assertRefused(
        "the gradient of the kernel 'scale': it gives 'dx'; expected are d_x",
        () -> gradientOf(scale().gradientOf(t -> Tensors.of("dx", t.get("d_y")))));
    assertRefused(
        "the gradient of the kernel 'scale': it gives 'd_x' as f32[N], expected f32[N, 4]",
        () -> gradientOf(scale().gradient((x, dy) -> dy.sum(1))));
    assertRefused(
        "the reference of the kernel 'scale': it gives 'y' as f32[], expected f32[N, 4]",
        () -> gradientOf(scale().reference(x -> x.sum())));
    CustomKernel back = of(XY).in("dy", "f32[...]").out("d_x", "f32[...]");
    assertRefused(
        "kernel 'k' takes 'dy'; a gradient can take x, y, d_y",
        () -> gradientOf(scale().gradient(back)));
    Tensor outside = Tensor.of(org.nnd.ir.Operations.parameter("w", f32(4)));
    assertRefused(
        "it depends on 'w', which is none of its tensors; a variable goes in as an input",
        () -> gradientOf(scale().gradient((x, dy) -> dy.mul(outside))));
  }

  @Test
  void aValueInARuleIsAConstantOfIt() {
    Tensor table = tensor(1.0, 2.0, 3.0, 4.0);
    Node gradient = gradientOf(scale().gradient((x, dy) -> dy.mul(table)));
    Graph graph = Graph.of(List.of(), java.util.Map.of("g", gradient));
    assertTrue(graph.parameters().isEmpty(), graph::toString);
  }

  @Test
  void theReferenceStandsForTheKernelWhereThereIsNoDevice() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, -4}});
    assertEquals(-10, scale().reference(a -> a.mul(2.5)).apply(x).toFloats()[3]);
    assertRefused(
        "the reference evaluator cannot run the kernel 'scale', which is OpenCL C; give the same by"
            + " tensor operations with .reference(…)",
        () -> scale().apply(x).value());
    TensorType wide = new TensorType(DType.F64, Shape.batchOf(4));
    Layer withReference = scale().reference(a -> a.mul(2.5));
    Graph graph = Lower.lower(withReference, java.util.Map.of("x", wide), Mode.INFERENCE).graph();
    assertTrue(graph.output().op() instanceof Op.Binary, graph::toString);
    assertRefused(
        "the kernel 'scale' runs in its own types, not in f64",
        () -> Lower.lower(scale(), java.util.Map.of("x", wide), Mode.INFERENCE));
  }

  // As data.

  @Test
  void theGraphReadsBack() {
    CustomKernel full =
        scale()
            .out("trace", "i32[C]", -1)
            .global("roundUp(count(y), 64)")
            .local(64)
            .flops("count(x)");
    CustomKernel both =
        kernel(
                "scale",
                SCALE.replace("__global float* y,", "__global float* y, __global int* trace,"))
            .in("x", "f32[N, C]")
            .out("y", "f32[N, C]")
            .out("trace", "i32[C]", -1)
            .value("factor", 2.5)
            .global(full.work().global().get(0))
            .local(64)
            .flops("count(x)")
            .gradientOf(t -> Tensors.of("d_x", t.get("d_y").mul(2.5)));
    Graph graph = lowered(layer("first", (Tensor x) -> both.apply(Tensors.of(x)).get("y")), 10);
    String text = GraphPrinter.print(graph);
    assertEquals(graph, GraphParser.parse(text), text);
    assertTrue(text.contains("custom \"scale\"(%x)"), text);
    assertTrue(GraphPrinter.brief(graph).contains("source=…"), GraphPrinter.brief(graph));
  }

  @Test
  void kernelsAreEqualByWhatTheySay() {
    assertEquals(scale(), scale());
    assertNotEquals(scale(), scale().local(2));
    assertEquals("kernel(\"scale\")", scale().toString());
    assertEquals(Optional.empty(), ((Op.Custom) lowered(scale(), 4).output().op()).gradient());
  }
}
