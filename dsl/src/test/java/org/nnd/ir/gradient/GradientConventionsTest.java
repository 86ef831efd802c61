package org.nnd.ir.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Origin;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;
import org.nnd.ir.reference.ReferenceEvaluator;

/** What gradients are where a derivative is a matter of convention, and what is refused. */
class GradientConventionsTest {
  private static double[] gradient(Function<Node, Node> f, double... point) {
    Node x = Operations.parameter("x", new TensorType(DType.F64, Shape.of(point.length)));
    Node y = f.apply(x);
    Node loss = Operations.sum(y, Operations.axes(y.rank()));
    Node gradient = Gradient.of(loss, List.of(x)).get(0);
    return ReferenceEvaluator.evaluate(
            Graph.of(List.of(), Map.of("g", gradient)),
            1,
            Map.of(),
            Map.of("x", Literal.of(point, point.length)))
        .output()
        .toDoubles();
  }

  private static void assertGradient(Function<Node, Node> f, double[] point, double... expected) {
    assertArrayEquals(expected, gradient(f, point), 1e-12);
  }

  @Test
  void tiesAreSharedOrGoToTheFirst() {
    double[] ties = {2, 1, 2};
    assertGradient(x -> Operations.reduce(Reduction.MAX, x, List.of(0)), ties, 0.5, 0, 0.5);
    assertGradient(x -> Operations.maximum(x, 2), ties, 0.5, 0, 0.5);
    assertGradient(x -> Operations.minimum(x, Operations.full(x.type(), 2)), ties, 0.5, 1, 0.5);
    Window window = Window.of(List.of(3));
    assertGradient(x -> Operations.reduceWindow(Reduction.MAX, x, window), ties, 1, 0, 0);
    assertGradient(x -> Operations.cumulative(Reduction.MAX, x, 0, false), ties, 3, 0, 0);
    assertGradient(x -> Operations.cumulative(Reduction.MAX, x, 0, true), ties, 0, 0, 3);
  }

  @Test
  void whereNoWindowFitsTheGradientIsZero() {
    Window cropped = Window.of(List.of(2)).padding(List.of(-1), List.of(-2));
    for (Reduction reduction : Reduction.values()) {
      assertGradient(x -> Operations.reduceWindow(reduction, x, cropped), new double[] {3}, 0);
    }
  }

  @Test
  void powersAtZeroHaveFiniteGradients() {
    Function<Node, Node> square =
        x -> Operations.binary(BinaryOp.POWER, x, Operations.full(x.type(), 2));
    assertGradient(square, new double[] {0, -3}, 0, -6);
    assertGradient(
        x -> Operations.binary(BinaryOp.POWER, x, Operations.full(x.type(), 0)),
        new double[] {0, 2},
        0,
        0);
    assertGradient(
        y -> Operations.binary(BinaryOp.POWER, Operations.full(y.type(), 0), y),
        new double[] {2, 0},
        0,
        0);
  }

  @Test
  void stepsAndStopsHaveNoGradient() {
    double[] point = {1.5, -0.5};
    assertGradient(Operations::stopGradient, point, 0, 0);
    assertGradient(x -> Operations.unary(UnaryOp.FLOOR, x), point, 0, 0);
    assertGradient(x -> Operations.multiply(x, Operations.stopGradient(x)), point, 1.5, -0.5);
    assertGradient(
        x -> Operations.bitcast(Operations.bitcast(x, DType.I64), DType.F64), point, 0, 0);
  }

  @Test
  void aVariableStandsForAllNodesOfItsName() {
    TensorType type = TensorType.scalar(DType.F64);
    Node once = Operations.parameter("w", type);
    Node again = Operations.parameter("w", type);
    Node third = Operations.parameter("w", type);
    Node gradient = Gradient.of(Operations.multiply(once, again), List.of(third)).get(0);
    Literal three = Literal.of(new double[] {3});
    assertEquals(
        6,
        ReferenceEvaluator.evaluate(
                Graph.of(List.of(), Map.of("g", gradient)), 1, Map.of(), Map.of("w", three))
            .output()
            .get(0));
  }

  @Test
  void gradientsGoToIntermediateNodesToo() {
    Node w = Operations.parameter("w", TensorType.scalar(DType.F64));
    Node square = Operations.square(w);
    List<Node> gradients = Gradient.of(Operations.square(square), List.of(square, w));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("square", gradients.get(0));
    outputs.put("w", gradients.get(1));
    Map<String, Literal> values =
        ReferenceEvaluator.evaluate(
                Graph.of(List.of(), outputs),
                1,
                Map.of(),
                Map.of("w", Literal.of(new double[] {3})))
            .outputs();
    assertEquals(18, values.get("square").get(0));
    assertEquals(108, values.get("w").get(0));
  }

  @Test
  void checkpointsComputeTheirBodyAgain() {
    Node w = Operations.parameter("w", TensorType.scalar(DType.F64));
    Function<String, Long> sines =
        name -> {
          Node y =
              Operations.composite(
                  name,
                  Map.of(),
                  List.of(w),
                  x -> Operations.exp(Operations.unary(UnaryOp.SIN, x.get(0))));
          List<Node> results = new ArrayList<>(Gradient.of(y, List.of(w)));
          Graph forward = ((Op.Composite) y.op()).body();
          results.addAll(forward.apply(List.of(w)));
          Graph graph = Graph.of(List.of(), Map.of("g", results.get(0), "y", results.get(1)));
          return graph.nodes().stream()
              .filter(n -> n.op().equals(new Op.Unary(UnaryOp.SIN)))
              .count();
        };
    assertEquals(1, sines.apply("anything"));
    assertEquals(2, sines.apply("checkpoint"));
  }

  @Test
  void gradientNodesOriginateWhereTheirFunctionDoes() {
    Node w = Operations.parameter("w", TensorType.scalar(DType.F64));
    Origin origin = new Origin("stages.0.act", "net.nnd:3");
    Node y = origin.during(() -> Operations.exp(w));
    Node gradient = Gradient.of(Operations.square(y), List.of(w)).get(0);
    assertEquals(origin, gradient.origin());
  }

  @Test
  void refusalsSayWhatToDo() {
    TensorType scalar = TensorType.scalar(DType.F64);
    Node w = Operations.parameter("w", scalar);
    Graph never =
        Operations.trace(
            List.of(scalar), s -> List.of(Operations.compare(Comparison.LT, s.get(0), 0)));
    Graph same = Operations.trace(List.of(scalar), s -> s);
    Node loop = new Origin("head", "net.nnd:7").during(() -> Node.of(new Op.While(never, same), w));
    assertMessage(
        "head (net.nnd:7): a while loop has no gradient, since its number of steps is not known;"
            + " use a scan of fixed length, or stop the gradient before it",
        () -> Gradient.of(loop, List.of(w)));
    Node vector = Operations.parameter("v", new TensorType(DType.F64, Shape.of(2)));
    assertMessage(
        "gradients are those of a floating-point scalar, not of f64[2]; reduce it first, for"
            + " instance by a sum or a mean",
        () -> Gradient.of(vector, List.of(vector)));
    Node count = Operations.parameter("count", TensorType.scalar(DType.I32));
    NndException refused = assertThrows(NndException.class, () -> Gradient.of(w, List.of(count)));
    assertEquals(
        "there is no gradient with respect to Parameter[name=count, type=i32[]] of type i32[]",
        refused.getMessage());
  }

  private static void assertMessage(
      String message, org.junit.jupiter.api.function.Executable executable) {
    assertEquals(message, assertThrows(NndException.class, executable).getMessage());
  }
}
