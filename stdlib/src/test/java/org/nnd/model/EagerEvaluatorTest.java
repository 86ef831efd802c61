package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.tensor;

import org.junit.jupiter.api.Test;
import org.nnd.dsl.Tensor;
import org.nnd.layers.Layers;
import org.nnd.opencl.jocl.Faults;

class EagerEvaluatorTest {
  @Test
  void tensorsAreComputedOnTheDevice() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, 4}});
    assertArrayEquals(new float[] {7, 10, 15, 22}, x.matmul(x).toFloats());
    assertEquals(10, x.sum().item());
    assertTrue(x.add(1).toString().contains("5"), x.add(1).toString());
  }

  @Test
  void layersAreTriedOnExamples() {
    Tensor y = Layers.relu().apply(tensor(-1, 2, -3));
    assertArrayEquals(new float[] {0, 2, 0}, y.toFloats());
  }

  @Test
  void otherDataOfOneFormCompileNothing() {
    assertEquals(6, tensor(1, 2, 3).mul(1).sum().item());
    Faults.during(
        Faults.Operation.BUILD,
        1,
        -11,
        () -> assertEquals(15, tensor(4, 5, 6).mul(1).sum().item()));
  }

  @Test
  void anInterruptedThreadComputesNothing() {
    Tensor sum = tensor(1, 2, 3).mul(3).sum();
    Thread.currentThread().interrupt();
    assertRefused("interrupted before a tensor was computed", sum::item);
    assertTrue(Thread.interrupted());
    assertEquals(18, sum.item());
  }
}
