package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.parameter;
import static org.nnd.ir.Operations.subtract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.lower.Target;

/** All of a run reads the variables as they were before it; then all updates happen. */
class UpdatesTest {
  private static final TensorType PAIR = TensorType.f32(Shape.of(2));
  private static Device device;

  private final Node a = parameter("a", PAIR);
  private final Node b = parameter("b", PAIR);

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static Literal pair(float x, float y) {
    return Literal.of(new float[] {x, y}, 2);
  }

  /** Runs twice from a = (1, 2), b = (10, 20). */
  private static void check(
      Map<String, Node> outputs,
      Map<String, Node> updates,
      Map<String, Literal> wantOutputs,
      Map<String, Literal> wantVariables) {
    Graph graph = Graph.of(List.of(), outputs, updates);
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      variables.put("a", pair(1, 2));
      variables.put("b", pair(10, 20));
      executable.run(variables, Map.of());
      Results second = executable.run(variables, Map.of());
      wantVariables.forEach(
          (name, want) ->
              assertArrayEquals(want.toDoubles(), variables.get(name).toDoubles(), name));
      variables.put("a", pair(-1, -1));
      wantOutputs.forEach(
          (name, want) -> assertArrayEquals(want.toDoubles(), second.get(name).toDoubles(), name));
    }
  }

  @Test
  void anOutputThatIsAVariableIsItsValueBeforeTheRun() {
    check(
        Map.of("old", a),
        Map.of("a", add(a, b)),
        Map.of("old", pair(11, 22)),
        Map.of("a", pair(21, 42)));
  }

  @Test
  void anOutputThatIsAnUpdateStaysWhenTheVariableIsSet() {
    Node next = add(a, b);
    check(
        Map.of("new", next),
        Map.of("a", next),
        Map.of("new", pair(21, 42)),
        Map.of("a", pair(21, 42)));
  }

  @Test
  void variablesCanChangePlaces() {
    Map<String, Node> updates = new LinkedHashMap<>();
    updates.put("a", b);
    updates.put("b", a);
    check(Map.of("sum", subtract(a, b)), updates, Map.of("sum", pair(9, 18)), Map.of());
    Node c = add(a, b);
    updates.put("a", c);
    check(Map.of(), updates, Map.of(), Map.of("a", pair(12, 24), "b", pair(11, 22)));
  }

  @Test
  void anUpdateMayKeepAVariableAndOneMayCopyItsOldValue() {
    check(
        Map.of("y", multiply(a, b)),
        Map.of("a", a, "b", a),
        Map.of("y", pair(1, 4)),
        Map.of("a", pair(1, 2), "b", pair(1, 2)));
  }

  @Test
  void aVariableThatIsNotReadIsWritten() {
    check(Map.of(), Map.of("a", multiply(b, b)), Map.of(), Map.of("a", pair(100, 400)));
  }

  @Test
  void variablesMustBeWhatTheGraphExpects() {
    Graph graph = Graph.of(List.of(), Map.of("y", add(a, b)), Map.of("c", a));
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      variables.put("a", pair(1, 2));
      assertError("there is no variable 'b'; there are [a]", executable, variables);
      variables.put("b", Literal.of(new float[3], 3));
      assertError("the variable 'b' is f32[3], the graph expects f32[2]", executable, variables);
      assertEquals(
          "the variable 'b' is f32[3] and cannot be set to f32[2]",
          assertThrows(NndException.class, () -> variables.put("b", pair(1, 2))).getMessage());
    }
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      variables.put("a", pair(1, 2));
      variables.put("b", pair(1, 2));
      variables.put("c", Literal.of(new int[2], 2));
      assertError("the variable 'c' is i32[2], the graph expects f32[2]", executable, variables);
    }
  }

  @Test
  void stateWithABatchAxisFitsOneBatchSize() {
    TensorType type = TensorType.f32(Shape.batchOf(2));
    Node x = input("x", type);
    Node state = parameter("state", type);
    Graph graph = Graph.of(List.of(x), Map.of("y", add(x, state)), Map.of("state", add(x, state)));
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      variables.put("state", Literal.of(new float[] {1, 2, 3, 4}, 2, 2));
      Literal two = Literal.of(new float[] {1, 1, 1, 1}, 2, 2);
      executable.run(variables, Map.of("x", two));
      assertArrayEquals(
          new double[] {3, 4, 5, 6},
          executable.run(variables, Map.of("x", two)).get("y").toDoubles());
      NndException wrong =
          assertThrows(
              NndException.class,
              () -> executable.run(variables, Map.of("x", Literal.of(new float[6], 3, 2))));
      assertEquals(
          "the variable 'state' is f32[2, 2], the graph expects f32[N, 2] with N = 3",
          wrong.getMessage());
    }
  }

  private static void assertError(String message, Executable executable, Variables variables) {
    NndException error =
        assertThrows(NndException.class, () -> executable.run(variables, Map.of()));
    assertEquals(message, error.getMessage());
  }

  /** The result of adding to rows of {@code a}, which another result reads. */
  private static Graph rows(boolean unique) {
    Node table = parameter("table", TensorType.f32(Shape.of(5, 3)));
    Node indices = input("rows", new TensorType(DType.I32, Shape.of(Dim.BATCH)));
    Node old = Operations.gather(table, indices, 0);
    Node change = multiply(old, 2);
    Node next =
        unique
            ? Operations.scatterAddUnique(table, indices, change, 0)
            : Operations.scatterAdd(table, indices, change, 0);
    Node total = Operations.sum(table, List.of(0, 1));
    return Graph.of(List.of(indices), Map.of("total", total), Map.of("table", next));
  }

  @Test
  void rowsThatDoNotRepeatAreUpdatedInPlace() {
    for (Target target : List.of(Target.cpu(8), Target.gpu())) {
      Graph graph = rows(true);
      assertEquals(1, Executable.plan(graph, target).inPlace().size(), target.toString());
      assertEquals(0, Executable.plan(rows(false), target).inPlace().size());
      float[] before = new float[15];
      for (int i = 0; i < before.length; i++) {
        before[i] = i + 1;
      }
      try (Variables variables = new Variables(device);
          Executable executable = Executable.compile(device, graph, target)) {
        variables.put("table", Literal.of(before, 5, 3));
        Map<String, Literal> inputs = Map.of("rows", Literal.of(new int[] {4, -1, 0, 5}, 4));
        Results results = executable.run(variables, inputs);
        double[] want = new double[15];
        for (int i = 0; i < want.length; i++) {
          want[i] = before[i] * (i / 3 == 0 || i / 3 == 4 ? 3 : 1);
        }
        assertArrayEquals(want, variables.get("table").toDoubles());
        assertEquals(120, results.get("total").get(0));
      }
    }
  }
}
