package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.maximum;
import static org.nnd.ir.Operations.minimum;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.negate;
import static org.nnd.ir.Operations.select;
import static org.nnd.ir.Operations.subtract;
import static org.nnd.ir.Operations.unary;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.composite.Activations;

/** Functions of one tensor, element by element; those of several are in {@link Arithmetic}. */
final class Elementwise {
  private Elementwise() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    primitives(all);
    derived(all);
    activations(all);
    return all;
  }

  private static void primitives(Map<String, Lowered> all) {
    all.put("Identity", scope -> List.of(scope.value(0)));
    Map.ofEntries(
            Map.entry("Abs", UnaryOp.ABS),
            Map.entry("Neg", UnaryOp.NEGATE),
            Map.entry("Sign", UnaryOp.SIGN),
            Map.entry("Exp", UnaryOp.EXP),
            Map.entry("Log", UnaryOp.LOG),
            Map.entry("Sqrt", UnaryOp.SQRT),
            Map.entry("Sin", UnaryOp.SIN),
            Map.entry("Cos", UnaryOp.COS),
            Map.entry("Tan", UnaryOp.TAN),
            Map.entry("Atan", UnaryOp.ATAN),
            Map.entry("Tanh", UnaryOp.TANH),
            Map.entry("Sigmoid", UnaryOp.LOGISTIC),
            Map.entry("Erf", UnaryOp.ERF),
            Map.entry("Floor", UnaryOp.FLOOR),
            Map.entry("Ceil", UnaryOp.CEIL),
            Map.entry("Round", UnaryOp.ROUND))
        .forEach((name, function) -> all.put(name, unaryOperator(x -> apply(function, x))));
  }

  /** Rounding is the identity on integers, and the absolute value on unsigned ones. */
  private static Node apply(UnaryOp function, Node x) {
    boolean rounding =
        function == UnaryOp.FLOOR || function == UnaryOp.CEIL || function == UnaryOp.ROUND;
    return rounding && !x.dtype().isFloat() ? x : unary(function, x);
  }

  private static void derived(Map<String, Lowered> all) {
    all.put("Reciprocal", unaryOperator(x -> divide(full(x.type(), 1), x)));
    all.put("Asin", unaryOperator(Elementwise::asin));
    all.put("Acos", unaryOperator(x -> add(negate(asin(x)), Math.PI / 2)));
    all.put("Sinh", unaryOperator(x -> multiply(subtract(expm1(x), expm1(negate(x))), 0.5)));
    all.put(
        "Cosh",
        unaryOperator(x -> multiply(add(Operations.exp(x), Operations.exp(negate(x))), 0.5)));
    all.put("Asinh", unaryOperator(Elementwise::asinh));
    all.put(
        "Acosh",
        unaryOperator(x -> Operations.log(add(x, Operations.sqrt(add(multiply(x, x), -1))))));
    all.put("Atanh", unaryOperator(x -> multiply(subtract(log1p(x), log1p(negate(x))), 0.5)));
  }

  private static void activations(Map<String, Lowered> all) {
    all.put("Relu", unaryOperator(x -> maximum(x, 0)));
    all.put("LeakyRelu", withAlpha(0.01, Elementwise::leaky));
    all.put("PRelu", Elementwise::prelu);
    all.put("ThresholdedRelu", withAlpha(1, Elementwise::thresholded));
    all.put("Elu", withAlpha(1, (x, alpha) -> elu(x, alpha, 1)));
    all.put("Celu", withAlpha(1, (x, alpha) -> elu(x, alpha, alpha)));
    all.put("Selu", Elementwise::selu);
    all.put("Softplus", unaryOperator(Activations::softplus));
    all.put("Softsign", unaryOperator(x -> divide(x, add(unary(UnaryOp.ABS, x), 1))));
    all.put("Mish", unaryOperator(Activations::mish));
    all.put("HardSigmoid", Elementwise::hardSigmoid);
    all.put("HardSwish", unaryOperator(x -> multiply(x, hardSigmoid(x, 1 / 6.0, 0.5))));
    all.put("Gelu", Elementwise::gelu);
    all.put("com.microsoft.Gelu", unaryOperator(Activations::gelu));
    all.put("com.microsoft.FastGelu", unaryOperator(Activations::geluTanh));
    all.put("com.microsoft.QuickGelu", Elementwise::quickGelu);
    all.put("Swish", withAlpha(1, (x, alpha) -> multiply(x, sigmoid(multiply(x, alpha)))));
    all.put("Shrink", Elementwise::shrink);
  }

  /** A function of a tensor and a number. */
  @FunctionalInterface
  private interface Parametrised {
    Node apply(Node x, double alpha);
  }

  private static Lowered unaryOperator(UnaryOperator<Node> function) {
    return scope -> List.of(scope.like(0, function.apply(scope.node(0))));
  }

  private static Lowered withAlpha(double otherwise, Parametrised function) {
    ToDoubleFunction<NodeScope> alpha = scope -> scope.real("alpha", otherwise);
    return scope ->
        List.of(scope.like(0, function.apply(scope.node(0), alpha.applyAsDouble(scope))));
  }

  private static Node asin(Node x) {
    // atan2(x, sqrt((1 - x) (1 + x))) keeps its accuracy at both ends.
    Node other = Operations.sqrt(multiply(add(negate(x), 1), add(x, 1)));
    return Operations.binary(BinaryOp.ATAN2, x, other);
  }

  /** sign(x) log1p(|x| + x² / (1 + sqrt(1 + x²))), without cancellation near 0. */
  private static Node asinh(Node x) {
    Node a = unary(UnaryOp.ABS, x);
    Node square = multiply(x, x);
    Node root = add(Operations.sqrt(add(square, 1)), 1);
    return multiply(unary(UnaryOp.SIGN, x), log1p(add(a, divide(square, root))));
  }

  private static Node expm1(Node x) {
    return unary(UnaryOp.EXPM1, x);
  }

  private static Node log1p(Node x) {
    return unary(UnaryOp.LOG1P, x);
  }

  private static Node sigmoid(Node x) {
    return unary(UnaryOp.LOGISTIC, x);
  }

  static Node leaky(Node x, double slope) {
    return select(compare(Comparison.GE, x, 0), x, multiply(x, slope));
  }

  static Node thresholded(Node x, double alpha) {
    return select(compare(Comparison.GT, x, alpha), x, full(x.type(), 0));
  }

  /** max(0, x) + alpha (exp(min(0, x) / scale) - 1) */
  static Node elu(Node x, double alpha, double scale) {
    Node negative = expm1(divide(minimum(x, full(x.type(), 0)), full(x.type(), scale)));
    return add(maximum(x, 0), multiply(negative, alpha));
  }

  /** max(0, min(1, alpha x + beta)) */
  static Node hardSigmoid(Node x, double alpha, double beta) {
    Node line = add(multiply(x, alpha), beta);
    return maximum(minimum(line, full(x.type(), 1)), 0);
  }

  private static List<Value> hardSigmoid(NodeScope scope) {
    double alpha = scope.real("alpha", 0.2f);
    double beta = scope.real("beta", 0.5);
    return List.of(scope.like(0, hardSigmoid(scope.node(0), alpha, beta)));
  }

  private static List<Value> selu(NodeScope scope) {
    double alpha = scope.real("alpha", 1.67326319217681884765625);
    double gamma = scope.real("gamma", 1.05070102214813232421875);
    return List.of(scope.like(0, multiply(elu(scope.node(0), alpha, 1), gamma)));
  }

  private static List<Value> gelu(NodeScope scope) {
    boolean tanh = scope.text("approximate", "none").equals("tanh");
    Node x = scope.node(0);
    return List.of(scope.like(0, tanh ? Activations.geluTanh(x) : Activations.gelu(x)));
  }

  private static List<Value> quickGelu(NodeScope scope) {
    Node x = scope.node(0);
    Node gate = sigmoid(multiply(x, scope.real("alpha", 1.702f)));
    return List.of(scope.like(0, multiply(x, gate)));
  }

  /** The slope is broadcast to x alone; before version 7 one of shape [C] is along axis 1. */
  private static List<Value> prelu(NodeScope scope) {
    Node x = scope.node(0);
    Node slope = scope.node(1);
    if (slope.rank() == 1 && x.rank() > 1 && scope.opset() < 7) {
      Shape channels = new Shape(Collections.nCopies(x.rank(), Dim.ONE));
      slope = Operations.reshape(slope, channels.with(1, slope.shape().dim(0)));
    }
    Node slopes = Operations.broadcastTrailing(slope, x.shape());
    Node negative = compare(Comparison.LT, x, 0);
    return List.of(scope.like(0, select(negative, multiply(x, slopes), x)));
  }

  /** x - bias above lambd, x + bias below -lambd, 0 between. */
  private static List<Value> shrink(NodeScope scope) {
    Node x = scope.node(0);
    double bias = scope.real("bias", 0);
    double threshold = scope.real("lambd", 0.5);
    Node low = select(compare(Comparison.LT, x, -threshold), add(x, bias), full(x.type(), 0));
    return List.of(scope.like(0, select(compare(Comparison.GT, x, threshold), add(x, -bias), low)));
  }
}
