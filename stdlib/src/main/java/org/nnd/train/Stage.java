package org.nnd.train;

import java.util.List;
import org.nnd.dsl.Layer;
import org.nnd.ir.NndException;

/**
 * What is trained from an epoch on, instead of the model's own network: other networks on the same
 * variables, such as smaller forms of it. Each batch trains one of them, drawn at random. Each is
 * compiled on its own.
 *
 * @param epoch the first one, counted from 0
 */
public record Stage(int epoch, List<Layer> networks) {
  /** Each network needs kernels of its own; more would be compiled again and again. */
  static final int MOST = 6;

  public Stage {
    networks = List.copyOf(networks);
    if (epoch < 0) {
      throw new NndException("stage: the first epoch must not be negative, got " + epoch);
    }
    if (networks.isEmpty() || networks.size() > MOST) {
      throw new NndException(
          "stage: 1 to %d networks are expected, each compiled on its own; got %d"
              .formatted(MOST, networks.size()));
    }
  }

  /** {@return networks of which each batch trains one, from an epoch on (the first is 0)} */
  public static Stage stage(int epoch, Layer... networks) {
    return new Stage(epoch, List.of(networks));
  }

  /** {@return networks of which each batch trains one, from an epoch on (the first is 0)} */
  public static Stage stage(int epoch, List<? extends Layer> networks) {
    return new Stage(epoch, List.copyOf(networks));
  }
}
