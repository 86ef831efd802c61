package org.nnd.onnx.imports;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.onnx.ElementType;

/** Fourier transforms and what belongs to them. */
final class Signals {
  private Signals() {}

  static Map<String, Lowered> operators() {
    return Map.of(
        "DFT",
        Signals::transform,
        "STFT",
        Signals::shortTime,
        "HannWindow",
        window(0.5, 0.5),
        // ONNX asks for these two fractions, not for the rounded 0.54 and 0.46.
        "HammingWindow",
        window(25.0 / 46, 21.0 / 46),
        "BlackmanWindow",
        window(0.42, 0.5, 0.08),
        "MelWeightMatrix",
        Signals::melWeights);
  }

  private static List<Value> transform(NodeScope scope) {
    Node x = scope.node(0);
    long given =
        scope.opset() >= 20 ? scope.has(2) ? (long) scope.number(2) : -2 : scope.integer("axis", 1);
    int axis = scope.axis(given, x.rank());
    if (axis == x.rank() - 1) {
      throw scope.error("the axis %d holds real and imaginary parts".formatted(given));
    }
    int length = scope.has(1) ? (int) scope.number(1) : x.shape().size(axis);
    boolean inverse = scope.flag("inverse", false);
    boolean oneSided = scope.flag("onesided", false);
    return List.of(scope.like(0, FourierTransforms.transform(x, axis, length, inverse, oneSided)));
  }

  private static List<Value> shortTime(NodeScope scope) {
    Node given = scope.node(0);
    Node signal =
        given.rank() == 2 ? Operations.reshape(given, given.shape().concat(Shape.of(1))) : given;
    int step = (int) scope.number(1);
    if (!scope.has(2) && !scope.has(3)) {
      throw scope.error("neither a window nor a frame length is given");
    }
    if (step < 1) {
      throw scope.error("the frame step is %d, expected a positive number".formatted(step));
    }
    Node window =
        scope
            .optionalNode(2)
            .orElseGet(
                () ->
                    Operations.full(
                        new TensorType(signal.dtype(), Shape.of((long) scope.number(3))), 1));
    boolean oneSided = scope.flag("onesided", true);
    return List.of(scope.like(0, FourierTransforms.shortTime(signal, step, window, oneSided)));
  }

  private static Lowered window(double... coefficients) {
    return scope -> {
      int size = (int) scope.number(0);
      if (size < 0) {
        throw scope.error("a window of %d elements".formatted(size));
      }
      boolean periodic = scope.flag("periodic", true);
      ElementType type = scope.elementType("output_datatype", ElementType.FLOAT);
      Literal window =
          FourierTransforms.cosineWindow(size, periodic, scope.storage(type), coefficients);
      return List.of(new Value.Known(window, type));
    };
  }

  private static List<Value> melWeights(NodeScope scope) {
    ElementType type = scope.elementType("output_datatype", ElementType.FLOAT);
    Literal weights =
        FourierTransforms.melWeights(
            (int) scope.number(0),
            (int) scope.number(1),
            scope.number(2),
            scope.number(3),
            scope.number(4),
            scope.storage(type));
    return List.of(new Value.Known(weights, type));
  }
}
