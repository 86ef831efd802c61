package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nnd.ir.Comparison;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.composite.Activations;

/** An activation of ONNX's recurrent operators with its coefficients. */
record CellActivation(String name, double alpha, double beta) {

  /**
   * {@return the activations of the given names; those that take coefficients take the next ones of
   * the lists, or their own defaults where the lists are at an end}
   */
  static List<CellActivation> of(List<String> names, List<Double> alphas, List<Double> betas) {
    List<CellActivation> activations = new ArrayList<>();
    int alpha = 0;
    int beta = 0;
    for (String given : names) {
      String name = given.toLowerCase(Locale.ROOT);
      double a =
          switch (name) {
            case "leakyrelu" -> 0.01;
            case "hardsigmoid" -> 0.2;
            default -> 1;
          };
      double b = name.equals("hardsigmoid") ? 0.5 : name.equals("affine") ? 0 : 1;
      if (takesAlpha(name) && alpha < alphas.size()) {
        a = alphas.get(alpha++);
      }
      if (takesBeta(name) && beta < betas.size()) {
        b = betas.get(beta++);
      }
      activations.add(new CellActivation(name, a, b));
    }
    return activations;
  }

  private static boolean takesAlpha(String name) {
    return switch (name) {
      case "affine", "leakyrelu", "thresholdedrelu", "scaledtanh", "hardsigmoid", "elu" -> true;
      default -> false;
    };
  }

  private static boolean takesBeta(String name) {
    return switch (name) {
      case "affine", "scaledtanh", "hardsigmoid" -> true;
      default -> false;
    };
  }

  Node apply(Node x) {
    return switch (name) {
      case "sigmoid" -> Operations.unary(UnaryOp.LOGISTIC, x);
      case "tanh" -> Operations.unary(UnaryOp.TANH, x);
      case "relu" -> Operations.maximum(x, 0);
      case "affine" -> Operations.add(Operations.multiply(x, alpha), beta);
      case "leakyrelu" -> Activations.leakyRelu(x, alpha);
      case "thresholdedrelu" ->
          Operations.select(
              Operations.compare(Comparison.GT, x, alpha), x, Operations.full(x.type(), 0));
      case "scaledtanh" ->
          Operations.multiply(Operations.unary(UnaryOp.TANH, Operations.multiply(x, beta)), alpha);
      case "hardsigmoid" ->
          Operations.minimum(
              Operations.maximum(Operations.add(Operations.multiply(x, alpha), beta), 0),
              Operations.full(x.type(), 1));
      case "elu" -> Activations.elu(x, alpha);
      case "softsign" -> Operations.divide(x, Operations.add(Operations.unary(UnaryOp.ABS, x), 1));
      case "softplus" -> Activations.softplus(x);
      default -> throw new NndException("the activation '%s' is unknown".formatted(name));
    };
  }
}
