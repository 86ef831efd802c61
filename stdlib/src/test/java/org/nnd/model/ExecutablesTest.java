package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.opencl.runtime.Executable;

class ExecutablesTest {
  private static Graph plus(int number) {
    Node x = Operations.input("x", TensorType.f32(Shape.of(4)));
    return Graph.of(List.of(x), Map.of("y", Operations.add(x, number)));
  }

  @Test
  void equalGraphsAreCompiledOnceAndTheLeastUsedGoes() {
    Executables executables = new Executables(SessionDevice.get(), 2);
    Executable one = executables.of(plus(1));
    assertSame(one, executables.of(plus(1)));
    executables.of(plus(2));
    assertSame(one, executables.of(plus(1)));
    executables.of(plus(3));
    assertEquals(2, executables.size());
    assertSame(one, executables.of(plus(1)));
    Executable two = executables.of(plus(2));
    assertSame(two, executables.of(plus(2)));
    executables.of(plus(3));
    assertNotSame(one, executables.of(plus(1)));
  }

  @Test
  void aDeviceIsOpenedOnce() {
    assertSame(SessionDevice.of("0"), SessionDevice.of("0"));
    assertSame(SessionDevice.get(), SessionDevice.get());
  }
}
