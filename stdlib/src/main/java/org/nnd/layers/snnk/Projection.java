package org.nnd.layers.snnk;

import java.util.Arrays;
import java.util.Optional;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Paths;
import org.nnd.dsl.RandomStream;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** Where the random directions {@code G} of a feature map come from; they are never trained. */
public sealed interface Projection {

  /**
   * Drawn from a seed: by default that of the model and the variable's path, so that every layer
   * has its own; with a seed of its own from that and the variable's name alone.
   */
  record Drawn(Coupling coupling, Optional<Long> seed) implements Projection, Initializer.Computed {

    /** {@return directions {@code [..., m, d]}, each matrix on its own} */
    @Override
    public Literal sample(long modelSeed, String path, int[] shape) {
      String name = path.substring(path.lastIndexOf('.') + 1);
      RandomStream random =
          seed.map(own -> new RandomStream(own, name))
              .orElseGet(() -> new RandomStream(modelSeed, path));
      int d = shape[shape.length - 1];
      int m = shape[shape.length - 2];
      int matrices = Arrays.stream(shape, 0, shape.length - 2).reduce(1, Math::multiplyExact);
      double[] values = new double[Math.multiplyExact(matrices, Math.multiplyExact(m, d))];
      for (int matrix = 0; matrix < matrices; matrix++) {
        double[][] rows = Directions.of(coupling, m, d, random);
        for (int row = 0; row < m; row++) {
          System.arraycopy(rows[row], 0, values, (matrix * m + row) * d, d);
        }
      }
      return Literal.ofDoubles(DType.F64, values, shape);
    }
  }

  /** Given, as when a layer is taken over from elsewhere; the map has a single matrix then. */
  record Given(Literal value) implements Projection {
    Literal matrix(String path, int[] shape) {
      if (!Arrays.equals(value.shape(), shape)) {
        throw new NndException(
            "%s: the given projection has the shape %s, expected %s (features, inputs)"
                .formatted(path, Arrays.toString(value.shape()), Arrays.toString(shape)));
      }
      return value;
    }
  }

  /** {@return the directions of the variable {@code layer.name}} */
  default Literal sample(long modelSeed, String layer, String name, int[] shape) {
    String path = Paths.join(layer, name);
    return switch (this) {
      case Drawn drawn -> drawn.sample(modelSeed, path, shape);
      case Given given -> given.matrix(path, shape);
    };
  }
}
