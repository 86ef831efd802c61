package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.matmul;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.parameter;
import static org.nnd.ir.Operations.sum;
import static org.nnd.ir.Operations.transpose;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

class InvariantsTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static final Node X = input("x", TensorType.f32(Shape.batchOf(2)));
  private static final Node W = parameter("w", TensorType.f32(Shape.of(2, 2)));

  /** Column sums of w for every example: the sums need no example. */
  private static final Node SUMS = broadcast(sum(W, List.of(0)), X.shape(), List.of(1));

  private static Literal matrix(float... values) {
    return Literal.of(values, values.length / 2, 2);
  }

  private static float[] run(Executable executable, Variables variables, float... x) {
    return (float[]) executable.run(variables, Map.of("x", matrix(x))).get("y").array();
  }

  @Test
  void computedOnceAndAgainAfterAChange() {
    Graph graph = Graph.of(List.of(X), Map.of("y", add(matmul(X, transpose(W, 1, 0)), SUMS)));
    Graph step = Graph.of(List.of(), Map.of(), Map.of("w", multiply(W, 2)));
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph);
        Executable update = Executable.compile(device, step)) {
      variables.put("w", matrix(1, 2, 3, 4));
      assertArrayEquals(new float[] {5, 9}, run(executable, variables, 1, 0));
      executable.poison(variables, 1);
      assertArrayEquals(new float[] {6, 10}, run(executable, variables, 0, 1));
      variables.put("w", matrix(1, 0, 0, 1));
      assertArrayEquals(new float[] {2, 2}, run(executable, variables, 1, 1));
      assertArrayEquals(new float[] {2, 1, 1, 2}, run(executable, variables, 1, 0, 0, 1));
      update.run(variables, Map.of());
      assertArrayEquals(new float[] {4, 4}, run(executable, variables, 1, 1));
      assertArrayEquals(new float[] {4, 2, 2, 4}, run(executable, variables, 1, 0, 0, 1));
    }
  }

  @Test
  void eachSetOfVariablesHasItsOwn() {
    Graph graph = Graph.of(List.of(X), Map.of("y", multiply(X, SUMS)));
    try (Variables one = new Variables(device);
        Variables two = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      one.put("w", matrix(1, 2, 3, 4));
      two.put("w", matrix(1, 1, 1, 1));
      for (int turn = 0; turn < 2; turn++) {
        assertArrayEquals(new float[] {4, 6}, run(executable, one, 1, 1));
        assertArrayEquals(new float[] {2, 2}, run(executable, two, 1, 1));
      }
      assertArrayEquals(new float[8], run(executable, two, new float[8]));
      assertArrayEquals(new float[] {4, 6}, run(executable, one, 1, 1));
    }
  }

  @Test
  void notThoseOfVariablesThatTheGraphChanges() {
    Node total = sum(W, List.of(0));
    Graph reads = Graph.of(List.of(X), Map.of("y", multiply(X, SUMS)));
    Graph trains =
        Graph.of(
            List.of(X),
            Map.of("y", multiply(X, SUMS)),
            Map.of("w", add(W, broadcast(total, W.shape(), List.of(1)))));
    assertEquals(8, invariants(reads).bytes());
    assertEquals(0, invariants(trains).bytes());
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, trains)) {
      variables.put("w", matrix(1, 2, 3, 4));
      assertArrayEquals(new float[] {4, 6}, run(executable, variables, 1, 1));
      assertArrayEquals(new float[] {12, 18}, run(executable, variables, 1, 1));
    }
  }

  /** A variable's update by itself: it stays as it is, but what follows from it is not kept. */
  @Test
  void notThoseOfAVariableThatUpdatesItself() {
    Node scale = parameter("scale", TensorType.f32(Shape.of(2, 3)));
    Node scales = broadcast(sum(scale, List.of(1)), X.shape(), List.of(1));
    Graph graph =
        Graph.of(List.of(X), Map.of("y", multiply(multiply(X, SUMS), scales)), Map.of("w", W));
    assertEquals(8, invariants(graph).bytes());
    assertEquals(Map.of(), Executable.plan(graph, Targets.of(device.info())).copies());
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      variables.put("w", matrix(1, 2, 3, 4));
      variables.put("scale", Literal.of(new float[] {1, 0, 0, 2, 0, 1}, 2, 3));
      assertArrayEquals(new float[] {4, 18}, run(executable, variables, 1, 1));
      long state = variables.state();
      executable.poison(variables, 1);
      assertArrayEquals(new float[] {8, 36}, run(executable, variables, 2, 2));
      assertEquals(state, variables.state());
      assertArrayEquals(new float[] {1, 2, 3, 4}, (float[]) variables.get("w").array());
    }
  }

  private static Invariants invariants(Graph graph) {
    return Invariants.of(Executable.plan(graph, Targets.of(device.info())));
  }
}
