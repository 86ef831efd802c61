package org.nnd.ir.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.ir.testing.Agreement;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;

class SimplifyTest {
  private final Node x = Operations.input("x", TensorType.f32(Shape.of(2, 3)));
  private final Node y = Operations.input("y", TensorType.f32(Shape.of(2, 3)));
  private final Node i = Operations.input("i", new TensorType(DType.I32, Shape.of(4)));
  private final Node p = Operations.input("p", new TensorType(DType.BOOL, Shape.of(2, 3)));
  private final Node image = Operations.input("image", TensorType.f32(Shape.batchOf(2, 5)));

  private static Graph graph(Node result) {
    return Graph.of(List.of(), Map.of("r", result));
  }

  private static void assertBecomes(Node expected, Node given) {
    Graph before = graph(given);
    Graph after = Graph.of(before.inputs(), Map.of("r", expected));
    assertEquals(after, Verifier.check(Simplify.apply(before)));
  }

  private static void assertStays(Node node) {
    assertBecomes(node, node);
  }

  @Test
  void neutralElementsVanish() {
    assertBecomes(x, Operations.add(x, 0));
    assertBecomes(x, Operations.add(Operations.full(x.type(), 0), x));
    assertBecomes(x, Operations.multiply(x, 1));
    assertBecomes(x, Operations.divide(x, Operations.full(x.type(), 1)));
    assertBecomes(Operations.negate(x), Operations.multiply(x, -1));
    assertBecomes(Operations.multiply(x, 0.25), Operations.divide(x, Operations.full(x.type(), 4)));
    assertBecomes(Operations.square(x), power(x, 2));
    assertBecomes(x, power(x, 1));
    assertBecomes(x, Operations.maximum(x, Double.NEGATIVE_INFINITY));
  }

  private static Node power(Node x, double exponent) {
    return Operations.binary(BinaryOp.POWER, x, Operations.full(x.type(), exponent));
  }

  @Test
  void nothingAssumesFiniteNumbers() {
    assertStays(Operations.multiply(x, 0));
    assertStays(Operations.subtract(x, x));
    assertStays(Operations.compare(Comparison.NE, x, x));
    assertStays(Operations.not(Operations.compare(Comparison.LT, x, y)));
    assertStays(Operations.divide(x, Operations.full(x.type(), 3)));
    assertBecomes(Operations.full(i.type(), 0), Operations.multiply(i, 0));
    assertBecomes(Operations.full(i.type(), 0), Operations.subtract(i, i));
  }

  @Test
  void signsCancel() {
    assertBecomes(x, Operations.negate(Operations.negate(x)));
    assertBecomes(Operations.subtract(x, y), Operations.add(x, Operations.negate(y)));
    assertBecomes(Operations.add(x, y), Operations.subtract(x, Operations.negate(y)));
    assertBecomes(Operations.subtract(y, x), Operations.negate(Operations.subtract(x, y)));
    assertBecomes(
        Operations.multiply(x, y), Operations.multiply(Operations.negate(x), Operations.negate(y)));
    assertBecomes(
        Operations.unary(UnaryOp.ABS, x),
        Operations.unary(UnaryOp.ABS, Operations.unary(UnaryOp.ABS, Operations.negate(x))));
  }

  @Test
  void choicesAndLogic() {
    assertBecomes(x, Operations.select(p, x, x));
    assertBecomes(x, Operations.select(Operations.full(p.type(), 1), x, y));
    assertBecomes(y, Operations.select(Operations.full(p.type(), 0), x, y));
    assertBecomes(Operations.select(p, y, x), Operations.select(Operations.not(p), x, y));
    assertBecomes(p, Operations.binary(BinaryOp.AND, p, Operations.full(p.type(), 1)));
    assertBecomes(p, Operations.binary(BinaryOp.OR, p, p));
    assertBecomes(
        Operations.compare(Comparison.GE, i, 3),
        Operations.not(Operations.compare(Comparison.LT, i, 3)));
  }

  @Test
  void conversionsThatLoseNothingVanish() {
    Node half = Operations.input("h", new TensorType(DType.F16, Shape.of(2)));
    Node byteNode = Operations.input("u", new TensorType(DType.U8, Shape.of(2)));
    assertBecomes(half, Operations.convert(Operations.convert(half, DType.F32), DType.F16));
    assertBecomes(
        Operations.convert(byteNode, DType.F32),
        Operations.convert(Operations.convert(byteNode, DType.I32), DType.F32));
    assertStays(Operations.convert(Operations.convert(x, DType.F16), DType.F32));
    // 200 through f32 saturates to 127, wrapped it is -56
    assertStays(Operations.convert(Operations.convert(byteNode, DType.F32), DType.I8));
  }

  @Test
  void viewsCompose() {
    Node cube = Operations.input("c", TensorType.f32(Shape.of(2, 3, 4)));
    assertBecomes(cube, Operations.transpose(Operations.transpose(cube, 1, 2, 0), 2, 0, 1));
    assertBecomes(
        Operations.reshape(cube, Shape.of(6, 4)),
        Operations.reshape(Operations.reshape(cube, Shape.of(24)), Shape.of(6, 4)));
    Node flat = Operations.reshape(cube, Shape.of(1, 24, 1));
    assertBecomes(
        Operations.reshape(cube, Shape.of(24, 1, 1)), Operations.transpose(flat, 1, 2, 0));
    assertBecomes(
        Operations.broadcast(i, Shape.of(5, 2, 4), List.of(2)),
        Operations.broadcast(
            Operations.broadcast(i, Shape.of(2, 4), List.of(1)), Shape.of(5, 2, 4), List.of(1, 2)));
    assertBecomes(
        Operations.broadcast(i, Shape.of(4, 3), List.of(0)),
        Operations.broadcast(Operations.reshape(i, Shape.of(4, 1)), Shape.of(4, 3), List.of(0, 1)));
    assertBecomes(
        Operations.broadcast(i, Shape.of(3, 1, 4), List.of(2)),
        Operations.reshape(Operations.broadcast(i, Shape.of(3, 4), List.of(1)), Shape.of(3, 1, 4)));
    assertBecomes(
        Operations.broadcast(i, Shape.of(4, 3), List.of(0)),
        Operations.transpose(Operations.broadcast(i, Shape.of(3, 4), List.of(1)), 1, 0));
    assertBecomes(
        Operations.reverse(cube, List.of(0, 1)),
        Operations.reverse(Operations.reverse(cube, List.of(0, 2)), List.of(1, 2)));
  }

  @Test
  void partsCompose() {
    Node row = Operations.input("row", TensorType.f32(Shape.of(10)));
    assertBecomes(strided(row, 3, 10, 6), strided(strided(row, 1, 10, 2), 1, 5, 3));
    Node padded = pad(row, 2, 3, 0);
    assertBecomes(Operations.slice(row, 0, 1, 8), Operations.slice(padded, 0, 3, 10));
    assertBecomes(pad(row, 3, 3, 0), pad(padded, 1, 0, 0));
    assertBecomes(pad(row, -1, 3, 0), pad(padded, -3, 0, 0));
    assertStays(pad(Operations.slice(row, 0, 1, 9), 1, 1, 0));
    assertBecomes(Operations.slice(row, 0, 1, 9), pad(row, -1, -1, 0));
    Node both = Operations.concatenate(List.of(row, row), 0);
    assertBecomes(Operations.slice(row, 0, 2, 7), Operations.slice(both, 0, 12, 17));
    assertBecomes(
        Operations.concatenate(List.of(row, row, row), 0),
        Operations.concatenate(List.of(both, Operations.slice(row, 0, 4, 4), row), 0));
    assertBecomes(
        Operations.broadcast(i, Shape.of(2, 4), List.of(1)),
        Operations.slice(Operations.broadcast(i, Shape.of(9, 4), List.of(1)), 0, 3, 5));
  }

  private static Node strided(Node x, int start, int limit, int stride) {
    return Operations.slice(x, List.of(Dim.of(start)), List.of(Dim.of(limit)), List.of(stride));
  }

  private static Node pad(Node x, int low, int high, int interior) {
    return Operations.pad(x, List.of(Dim.of(low)), List.of(Dim.of(high)), List.of(interior), 0);
  }

  @Test
  void reductionsSeeThroughViews() {
    assertBecomes(
        Operations.sum(x, List.of(0, 1)),
        Operations.sum(Operations.sum(x, List.of(0)), List.of(0)));
    assertBecomes(
        Operations.sum(x, List.of(0)), Operations.sum(Operations.transpose(x, 1, 0), List.of(1)));
    assertBecomes(
        Operations.multiply(i, 5),
        Operations.sum(Operations.broadcast(i, Shape.of(5, 4), List.of(1)), List.of(0)));
    assertBecomes(
        i,
        Operations.reduce(
            Reduction.MAX, Operations.broadcast(i, Shape.of(5, 4), List.of(1)), List.of(0)));
    Node none = Operations.sum(Operations.broadcast(i, Shape.of(0, 4), List.of(1)), List.of(0));
    assertStays(none);
  }

  @Test
  void repeatsMayBeMoreThanAnIntCounts() {
    Node much = Operations.expand(x, Shape.of(2, 3, 65536, 65536), List.of(2, 3));
    assertBecomes(Operations.multiply(x, 0x1p32), Operations.sum(much, List.of(2, 3)));
    assertBecomes(
        Operations.multiply(Operations.multiply(x, 0x1p32), 0x1p-32),
        Operations.mean(much, List.of(2, 3)));
  }

  @Test
  void sumsOfSmallIntegersWrapAsBefore() {
    Node bytes = Operations.input("bytes", new TensorType(DType.U8, Shape.of(2)));
    assertStays(Operations.sum(Operations.expand(bytes, Shape.of(2, 300), List.of(1)), List.of(1)));
  }

  @Test
  void transposesBecomePartOfDots() {
    Node w = Operations.input("w", TensorType.f32(Shape.of(4, 3)));
    Node product = Operations.matmul(x, Operations.transpose(w, 1, 0));
    Node direct = Operations.dot(x, w, List.of(), List.of(), List.of(1), List.of(1));
    assertBecomes(direct, product);
    assertBecomes(
        Operations.dot(w, x, List.of(), List.of(), List.of(1), List.of(1)),
        Operations.transpose(product, 1, 0));
  }

  @Test
  void zerosAroundTheInputBecomePaddingOfTheConvolution() {
    Node kernel = Operations.input("k", TensorType.f32(Shape.of(3, 2, 2)));
    Window window = Window.of(List.of(2)).padding(List.of(1), List.of(0));
    Node padded =
        Operations.pad(
            image,
            List.of(Dim.ZERO, Dim.ZERO, Dim.of(2)),
            List.of(Dim.ZERO, Dim.ZERO, Dim.of(-1)),
            List.of(0, 0, 1),
            0);
    assertBecomes(
        Operations.convolution(
            image,
            kernel,
            window.padding(List.of(3), List.of(-1)).inputDilation(List.of(2)),
            Dim.ONE,
            Dim.ONE),
        Operations.convolution(padded, kernel, window, Dim.ONE, Dim.ONE));
  }

  @Test
  void knownBranchesAreTaken() {
    Graph then =
        Operations.trace(List.of(x.type()), a -> List.of(Operations.exp(a.get(0)), a.get(0)));
    Graph otherwise =
        Operations.trace(List.of(x.type()), a -> List.of(a.get(0), Operations.negate(a.get(0))));
    Node cond = Node.of(new Op.Cond(then, otherwise), Operations.scalar(DType.BOOL, 0), x);
    assertBecomes(Operations.negate(x), Operations.results(cond).get(1));
  }

  @Test
  void barriersStay() {
    assertStays(Operations.negate(Operations.barrier(Operations.negate(x), 1)));
  }

  /** The number of nodes that are neither constants nor repeated constants, bodies included. */
  private static int size(Graph graph) {
    int size = 0;
    for (Node node : graph.nodes()) {
      size += Splat.value(node).isPresent() || node.op() instanceof Op.Constant ? 0 : 1;
      size +=
          switch (node.op()) {
            case Op.Scan scan -> size(scan.body());
            case Op.While loop -> size(loop.condition()) + size(loop.body());
            case Op.Cond cond -> size(cond.then()) + size(cond.otherwise());
            case Op.Composite composite -> size(composite.body());
            default -> 0;
          };
    }
    return size;
  }

  private static final Set<Class<? extends Op>> VIEWS =
      Set.of(
          Op.Reshape.class,
          Op.Transpose.class,
          Op.Broadcast.class,
          Op.Slice.class,
          Op.Pad.class,
          Op.Concatenate.class,
          Op.Reverse.class,
          Op.Reduce.class,
          Op.Dot.class,
          Op.Binary.class,
          Op.Convolution.class);

  private static final Set<Class<? extends Op>> SCALARS =
      Set.of(
          Op.Unary.class,
          Op.Binary.class,
          Op.Compare.class,
          Op.Select.class,
          Op.Convert.class,
          Op.Cond.class,
          Op.Broadcast.class);

  private static List<RandomGraph> samples() {
    // Kernels written by hand lose their references, by which they would be evaluated.
    RandomGraph.Options all = RandomGraph.Options.everything().without(Set.of(Op.Custom.class));
    List<RandomGraph.Options> options = new ArrayList<>();
    for (RandomGraph.Options chosen : List.of(all, all.only(VIEWS), all.only(SCALARS))) {
      options.add(chosen.withSteps(12));
      options.add(chosen.withSteps(12).withIntegers());
    }
    long count = Long.getLong("nnd.fuzz", 100);
    List<RandomGraph> samples = new ArrayList<>();
    for (RandomGraph.Options chosen : options) {
      for (long seed = 0; seed < count; seed++) {
        samples.add(RandomGraphs.sample(seed, chosen));
      }
    }
    return samples;
  }

  private static void fuzz(UnaryOperator<Graph> pass) {
    int simplified = 0;
    for (RandomGraph sample : samples()) {
      Graph once = Verifier.check(pass.apply(sample.graph()));
      Agreement.assertSameResults(sample, once);
      assertEquals(once, pass.apply(once), () -> "idempotent, seed " + sample.seed());
      assertTrue(
          size(once) <= size(sample.graph()),
          () -> "seed " + sample.seed() + "\n" + sample.graph() + "grew to\n" + once);
      simplified += once.equals(sample.graph()) ? 0 : 1;
    }
    assertTrue(simplified > 100, "the fuzzer meets what it tests");
  }

  @Test
  void meaningStaysAndGraphsNeverGrow() {
    fuzz(Simplify::apply);
  }

  @Test
  void foldingKeepsMeaningToo() {
    fuzz(FoldConstants::apply);
  }

  @Test
  void allPassesTogether() {
    fuzz(Passes::optimize);
  }

  @Test
  void foldingTellsZerosAndLargeIntegersApart() {
    Node zeros = Operations.constant(Literal.of(new float[] {0f, -0f}, 2));
    Node large = Operations.constant(Literal.of(new long[] {1L << 53, (1L << 53) + 1}, 2));
    Graph given =
        Graph.of(
            List.of(),
            Map.of(
                "infinities", Operations.divide(Operations.full(zeros.type(), 1), zeros),
                "next", Operations.add(large, Operations.full(large.type(), 1))));
    Map<String, Literal> folded =
        ReferenceEvaluator.evaluate(Passes.optimize(given), 1, Map.of(), Map.of()).outputs();
    assertArrayEquals(
        new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY},
        folded.get("infinities").toDoubles());
    assertEquals(Literal.of(new long[] {(1L << 53) + 1, (1L << 53) + 2}, 2), folded.get("next"));
  }

  @Test
  void constantsFold() {
    Node c = Operations.constant(Literal.of(new float[] {1, 2}, 2));
    Node c3 = Operations.full(c.type(), 3);
    Node folded = Operations.constant(Literal.of(new float[] {3, 6}, 2));
    assertEquals(graph(folded), FoldConstants.apply(graph(Operations.multiply(c, c3))));
    Node splat = Operations.add(Operations.full(image.type(), 2), 5);
    assertEquals(graph(Operations.full(image.type(), 7)), FoldConstants.apply(graph(splat)));
    Node big = Operations.iota(DType.F32, Shape.of(5000), 0);
    assertEquals(graph(big), FoldConstants.apply(graph(big)));
    Node barrier = Operations.barrier(c, 1);
    assertEquals(graph(barrier), FoldConstants.apply(graph(barrier)));
  }
}
