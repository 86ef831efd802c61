package org.nnd.bench;

import java.util.Map;
import java.util.Random;
import org.nnd.ir.Literal;
import org.nnd.ir.TensorType;

/** Where the data and weights of a case come from: the same for everybody who computes it. */
@FunctionalInterface
public interface Values {
  /** {@return the value of an input or parameter of a fixed shape} */
  Literal of(String name, TensorType type);

  /** {@return values from [-0.5, 0.5), whole numbers being zeros} */
  static Values random() {
    return indices(Map.of());
  }

  /**
   * {@return {@link #random}, but whole numbers from 0 up for those inputs}
   *
   * @param below what the numbers of an input stay below, by name
   */
  static Values indices(Map<String, Integer> below) {
    return (name, type) -> {
      Random random = new Random(name.hashCode());
      double[] values = new double[type.shape().count().fixed()];
      if (type.dtype().isFloat()) {
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextFloat() - 0.5f;
        }
      } else if (below.containsKey(name)) {
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextInt(below.get(name));
        }
      }
      return Literal.ofDoubles(type.dtype(), values, type.shape().at(1));
    };
  }

  /** {@return these values, those of the given names taken from a map} */
  default Values with(Map<String, Literal> known) {
    return (name, type) -> known.containsKey(name) ? known.get(name) : of(name, type);
  }
}
