package org.nnd.opencl.runtime;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.composite.Normalizations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

class BatchStatisticsTest {
  /** Taken in one sweep, they must not lose the variance beside a mean a thousand times larger. */
  @ParameterizedTest
  @CsvSource({"1, 17, 19, 1000", "3, 17, 19, 1000", "5, 3, 5, 0", "2, 40, 50, -100"})
  void varianceBesideALargeMean(int batch, int height, int width, double mean) {
    Random random = new Random(5);
    float[] values = new float[batch * 3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + random.nextGaussian());
    }
    Node x = Operations.input("x", TensorType.f32(Shape.batchOf(3, height, width)));
    Node ones = Operations.full(TensorType.f32(Shape.of(3)), 1);
    var statistics = Normalizations.batchNorm(x, ones, ones, 1e-5);
    Node loss =
        Operations.sum(
            Operations.multiply(statistics.output(), Operations.unary(UnaryOp.SIN, x)),
            List.of(0, 1, 2, 3));
    Graph graph =
        Graph.of(
            List.of(x),
            Map.of(
                "y", statistics.output(),
                "variance", statistics.unbiasedVariance(),
                "gradient", Gradient.of(loss, List.of(x)).get(0)));
    try (Device device = Devices.open()) {
      Agreement.check(
          device, graph, batch, Map.of("x", Literal.of(values, batch, 3, height, width)), 2e-4);
    }
  }
}
