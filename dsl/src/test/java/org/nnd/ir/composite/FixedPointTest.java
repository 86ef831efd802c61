package org.nnd.ir.composite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.ir.testing.GradientCheck.distinct;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.GraphParser;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.pass.Passes;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Fixed points: what the gradient test of all composites does not say. */
class FixedPointTest {
  private static final List<Literal> POINT = List.of(distinct(1, 3, 4), distinct(2, 4, 4));

  /** z = tanh(0.2 W z + a): contracts, as W has a norm below 5. */
  private static final BiFunction<Node, List<Node>, Node> STEP =
      (z, o) ->
          Operations.unary(
              UnaryOp.TANH,
              Operations.add(Operations.matmul(z, Operations.multiply(o.get(1), 0.15)), o.get(0)));

  private static List<Node> variables() {
    return List.of(
        Operations.parameter("a", POINT.get(0).type()),
        Operations.parameter("w", POINT.get(1).type()));
  }

  private static Map<String, Literal> evaluate(Graph graph) {
    return ReferenceEvaluator.evaluate(
            graph, 1, Map.of(), Map.of("a", POINT.get(0), "w", POINT.get(1)))
        .outputs();
  }

  private static Graph withGradients(Node z, List<Node> variables) {
    Node loss = Operations.sum(Operations.square(z), Operations.axes(z.rank()));
    List<Node> gradients = Gradient.of(loss, variables);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("z", z);
    outputs.put("da", gradients.get(0));
    outputs.put("dw", gradients.get(1));
    return Graph.of(List.of(), outputs);
  }

  @Test
  void theImplicitGradientIsThatOfTheUnrolledIteration() {
    List<Node> variables = variables();
    Node start = Operations.full(variables.get(0).type(), 0);
    Node unrolled = start;
    for (int i = 0; i < 120; i++) {
      unrolled = STEP.apply(unrolled, variables);
    }
    Map<String, Literal> expected = evaluate(withGradients(unrolled, variables));
    Node solved = FixedPoint.fixedPoint(start, variables, STEP, 1e-15, 500).value();
    Graph graph = withGradients(solved, variables);
    for (Graph form : List.of(graph, Passes.optimize(graph), GraphParser.parse(graph.toString()))) {
      Map<String, Literal> actual = evaluate(form);
      expected.forEach(
          (name, value) ->
              assertArrayEquals(value.toDoubles(), actual.get(name).toDoubles(), 1e-11, name));
    }
  }

  @Test
  void theStartDoesNotMatter() {
    List<Node> variables = variables();
    for (double start : new double[] {-100, 0.3, 7}) {
      Node from = Operations.full(variables.get(0).type(), start);
      Node z = FixedPoint.fixedPoint(from, variables, STEP, 1e-14, 500).value();
      Node distance = Operations.subtract(z, STEP.apply(z, variables));
      Node least = FixedPoint.fixedPoint(z, variables, STEP, 1e-14, 500).value();
      Map<String, Literal> results =
          evaluate(Graph.of(List.of(), Map.of("d", distance, "e", Operations.subtract(z, least))));
      for (Literal result : results.values()) {
        assertArrayEquals(new double[12], result.toDoubles(), 1e-13);
      }
    }
  }

  private static Map<String, Literal> solve(double start, double factor, double offset, int steps) {
    Node from = Operations.scalar(DType.F64, start);
    FixedPoint.Solution solution =
        FixedPoint.fixedPoint(
            from,
            List.of(),
            (z, o) -> Operations.add(Operations.multiply(z, factor), offset),
            1e-3,
            steps);
    return evaluate(
        Graph.of(
            List.of(),
            Map.of("z", solution.value(), "change", solution.change(), "n", solution.steps())));
  }

  @Test
  void itEndsAtTheToleranceOrAfterTheSteps() {
    Map<String, Literal> converged = solve(0, 0.5, 1, 100);
    assertEquals(2, converged.get("z").get(0), 4e-3);
    assertTrue(converged.get("change").get(0) <= 1e-3);
    assertEquals(10, converged.get("n").get(0)); // step n changes 2^(1 - n), relatively to nearly 2
    Map<String, Literal> diverging = solve(1, 2, 1, 7);
    assertEquals(255, diverging.get("z").get(0));
    assertEquals(7, diverging.get("n").get(0));
  }

  @Test
  void whatIsNoNumberEndsItAndStaysSo() {
    Map<String, Literal> broken = solve(Double.NaN, 0.5, 1, 1000);
    assertEquals(Double.NaN, broken.get("z").get(0));
    assertEquals(1, broken.get("n").get(0));
  }

  private static void refused(String message, Runnable wrong) {
    assertEquals(message, assertThrows(NndException.class, wrong::run).getMessage());
  }

  @Test
  void wrongUseIsRefused() {
    List<Node> variables = variables();
    Node start = Operations.full(variables.get(0).type(), 0);
    refused(
        "fixedPoint wants a floating-point start, got i32[]",
        () ->
            FixedPoint.fixedPoint(
                Operations.scalar(DType.I32, 1), List.of(), (z, o) -> z, 1e-3, 9));
    refused(
        "fixedPoint wants a tolerance of at least 0 and 1 step or more, got NaN and 9",
        () -> FixedPoint.fixedPoint(start, variables, STEP, Double.NaN, 9));
    refused(
        "fixedPoint wants a tolerance of at least 0 and 1 step or more, got 0.001 and 0",
        () -> FixedPoint.fixedPoint(start, variables, STEP, 1e-3, 0));
    refused(
        "fixedPoint: the step turns f64[3, 4] into f64[3]; it must keep the type",
        () ->
            FixedPoint.fixedPoint(
                start, List.of(), (z, o) -> Operations.sum(z, List.of(1)), 1e-3, 9));
    Node hidden =
        FixedPoint.fixedPoint(
                start,
                variables.subList(0, 1),
                (z, o) -> STEP.apply(z, List.of(o.get(0), variables.get(1))),
                1e-3,
                9)
            .value();
    refused(
        ": the body of a loop or branch uses the variable w, which must be an operand to have a"
            + " gradient",
        () -> withGradients(hidden, variables));
  }
}
