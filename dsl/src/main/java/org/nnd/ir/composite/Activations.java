package org.nnd.ir.composite;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.exp;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.maximum;
import static org.nnd.ir.Operations.minimum;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.negate;
import static org.nnd.ir.Operations.select;
import static org.nnd.ir.Operations.square;
import static org.nnd.ir.Operations.unary;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nnd.ir.Comparison;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;

/** Elementwise activation functions, with PyTorch's definitions and constants. */
public final class Activations {
  private static final double SELU_SCALE = 1.0507009873554804934193349852946;
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

  private Activations() {}

  private static Node of(String name, Node x, UnaryOperator<Node> body) {
    return of(name, Map.of(), x, body);
  }

  private static Node of(
      String name, Map<String, Object> attributes, Node x, UnaryOperator<Node> body) {
    return Operations.composite(name, attributes, List.of(x), a -> body.apply(a.get(0)));
  }

  /** {@return max(x, 0), with derivative 0 at 0} */
  public static Node relu(Node x) {
    return of("relu", x, a -> unlessPositive(a, full(a.type(), 0)));
  }

  /** {@return x where positive or NaN, else {@code otherwise}} */
  private static Node unlessPositive(Node x, Node otherwise) {
    return select(compare(Comparison.LE, x, 0), otherwise, x);
  }

  /** {@return min(max(x, 0), 6)} */
  public static Node relu6(Node x) {
    return of("relu6", x, a -> clamp(a, 0, 6));
  }

  private static Node clamp(Node x, double low, double high) {
    return minimum(maximum(x, low), full(x.type(), high));
  }

  /** {@return x where positive, else slope · x; attribute {@code slope}} */
  public static Node leakyRelu(Node x, double slope) {
    return of("leakyRelu", Map.of("slope", slope), x, a -> unlessPositive(a, multiply(a, slope)));
  }

  /** {@return 1 / (1 + e^-x)} */
  public static Node sigmoid(Node x) {
    return of("sigmoid", x, a -> unary(UnaryOp.LOGISTIC, a));
  }

  /** {@return tanh x} */
  public static Node tanh(Node x) {
    return of("tanh", x, a -> unary(UnaryOp.TANH, a));
  }

  /** {@return x Φ(x) = x/2 (1 + erf(x/√2)) (Hendrycks and Gimpel 2016)} */
  public static Node gelu(Node x) {
    return of(
        "gelu",
        x,
        a -> {
          Node twicePhi = add(unary(UnaryOp.ERF, multiply(a, Math.sqrt(0.5))), 1);
          return multiply(multiply(a, 0.5), twicePhi);
        });
  }

  /** {@return GELU's approximation x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))} */
  public static Node geluTanh(Node x) {
    return of(
        "geluTanh",
        x,
        a -> {
          Node cubic = multiply(a, add(multiply(square(a), 0.044715), 1));
          Node inner = multiply(cubic, Math.sqrt(2 / Math.PI));
          return multiply(multiply(a, 0.5), add(unary(UnaryOp.TANH, inner), 1));
        });
  }

  /** {@return x σ(x), also called swish} */
  public static Node silu(Node x) {
    return of("silu", x, a -> multiply(a, unary(UnaryOp.LOGISTIC, a)));
  }

  /** {@return x where positive, else α (e^x - 1); attribute {@code alpha}} */
  public static Node elu(Node x, double alpha) {
    return of("elu", Map.of("alpha", alpha), x, a -> exponentialUnit(a, alpha));
  }

  /** {@return the self-normalising ELU (Klambauer et al. 2017)} */
  public static Node selu(Node x) {
    return of("selu", x, a -> multiply(exponentialUnit(a, SELU_ALPHA), SELU_SCALE));
  }

  /** The branch not taken must not overflow, or its gradient would be 0 · ∞. */
  private static Node exponentialUnit(Node x, double alpha) {
    Node negative = minimum(x, full(x.type(), 0));
    return unlessPositive(x, multiply(unary(UnaryOp.EXPM1, negative), alpha));
  }

  /** {@return log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)} */
  public static Node softplus(Node x) {
    return of("softplus", x, Activations::softplusOf);
  }

  static Node softplusOf(Node x) {
    Node tail = unary(UnaryOp.LOG1P, exp(negate(unary(UnaryOp.ABS, x))));
    return add(maximum(x, 0), tail);
  }

  /** {@return x tanh(softplus(x)) (Misra 2019)} */
  public static Node mish(Node x) {
    return of("mish", x, a -> multiply(a, unary(UnaryOp.TANH, softplusOf(a))));
  }

  /** {@return min(max(x + 3, 0), 6) / 6} */
  public static Node hardSigmoid(Node x) {
    return of("hardSigmoid", x, Activations::hardSigmoidOf);
  }

  private static Node hardSigmoidOf(Node x) {
    return divide(clamp(add(x, 3), 0, 6), full(x.type(), 6));
  }

  /** {@return x hardSigmoid(x) (Howard et al. 2019)} */
  public static Node hardSwish(Node x) {
    return of("hardSwish", x, a -> multiply(a, hardSigmoidOf(a)));
  }
}
