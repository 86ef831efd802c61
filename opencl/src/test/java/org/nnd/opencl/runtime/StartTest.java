package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.ir.Operations.exp;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.matmul;
import static org.nnd.ir.Operations.parameter;
import static org.nnd.ir.Operations.sum;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

/** What is compiled, and when. */
class StartTest {
  @TempDir Path temporary;

  @AfterEach
  void restoreTheCache() {
    System.clearProperty("nnd.cache.dir");
  }

  private static Graph graph() {
    Node x = input("x", TensorType.f32(Shape.batchOf(5)));
    Node w = parameter("w", TensorType.f32(Shape.of(5, 5)));
    Node y = x;
    for (int i = 0; i < 4; i++) {
      y = matmul(exp(matmul(y, w)), w);
    }
    return Graph.of(List.of(x), Map.of("y", sum(y, List.of(1))));
  }

  private static void run(Executable executable, Variables variables, int batch) {
    Map<String, Literal> inputs = Map.of("x", Literal.of(new float[batch * 5], batch, 5));
    Literal y = executable.run(variables, inputs).get("y");
    assertEquals(batch, y.count());
    assertEquals(0, y.get(batch - 1));
  }

  private static Variables variables(Device device) {
    Variables variables = new Variables(device);
    variables.put("w", Literal.of(new float[25], 5, 5));
    return variables;
  }

  @Test
  void nothingIsCompiledTwice() {
    System.setProperty("nnd.cache.dir", temporary.toString());
    try (Device device = Devices.open();
        Variables variables = variables(device);
        Executable executable = Executable.compile(device, graph())) {
      int built = device.programsBuilt();
      assertTrue(built >= 1 && built <= executable.plan().calls().size(), built + " programs");
      for (int batch : new int[] {1, 64, 40, 3}) {
        run(executable, variables, batch);
      }
      assertEquals(built, device.programsBuilt(), "the same kernels serve all batch sizes");
      try (Executable second = Executable.compile(device, graph())) {
        run(second, variables, 7);
        assertEquals(built, device.programsBuilt(), "and the same graph again");
      }
      run(executable, variables, 2);
    }
  }

  @Test
  void equalKernelsOfANetworkAreOneSource() {
    try (Device device = Devices.open();
        Executable executable = Executable.compile(device, graph())) {
      // Four times the same two products, but for what is fused into the first and the last.
      assertTrue(executable.plan().calls().size() >= 8);
      assertTrue(executable.distinctKernels() <= 4, executable.distinctKernels() + " kernels");
    }
  }

  @Test
  void aCacheThatCannotBeWrittenCostsOnlyTime() throws Exception {
    Path file = Files.createFile(temporary.resolve("a file"));
    for (Path root : List.of(file.resolve("below"), temporary.resolve("not/there/yet"))) {
      System.setProperty("nnd.cache.dir", root.toString());
      try (Device device = Devices.open();
          Variables variables = variables(device);
          Executable executable = Executable.compile(device, graph())) {
        run(executable, variables, 3);
      }
    }
    assertEquals(0, Files.size(file));
    assertTrue(Files.isDirectory(temporary.resolve("not/there/yet")), "made where it can be");
  }
}
