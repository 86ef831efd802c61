package org.nnd.layers.snnk;

import java.util.List;
import java.util.Locale;
import org.nnd.dsl.Check;

/** Activations by the names that scripts give them. */
final class Names {
  private static final List<String> ALL =
      List.of(
          "relu",
          "relu_squared",
          "step",
          "cos",
          "sin",
          "gaussian",
          "sinc",
          "exp",
          "cosh",
          "sinh",
          "rbf");

  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** {@return the feature map of an activation} */
  static FeaturePair map(String layer, String activation) {
    Check.name(layer, "activation", activation, ALL);
    String constant = activation.toUpperCase(Locale.ROOT);
    return switch (activation) {
      case "relu" -> new ArcCosine(1, 0);
      case "relu_squared" -> new ArcCosine(2, 0);
      case "step" -> new ArcCosine(0, 0);
      case "exp", "cosh", "sinh", "rbf" ->
          new Exponential(Exponential.Function.valueOf(constant), 0);
      default -> new Fourier(Fourier.Function.valueOf(constant), 0);
    };
  }
}
