package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.convert;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.maximum;
import static org.nnd.ir.Operations.minimum;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.subtract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;
import org.nnd.onnx.ElementType;

/** Numbers as small integers with a scale and a zero point: real = (q - zero) scale. */
final class Quantization {
  private Quantization() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("QuantizeLinear", Quantization::quantize);
    all.put("DequantizeLinear", Quantization::dequantize);
    all.put("DynamicQuantizeLinear", Quantization::dynamic);
    return all;
  }

  /** {@return round(x / scale) + zero, saturated to the type; halves round to even} */
  static Node quantized(Node x, Node scale, Node zero, DType dtype) {
    Node rounded = Operations.unary(UnaryOp.ROUND, divide(x, scale));
    return convert(add(rounded, zero), dtype);
  }

  private static List<Value> quantize(NodeScope scope) {
    Node x = convert(scope.node(0), DType.F32);
    Node scale = along(scope, convert(scope.node(1), DType.F32), x);
    ElementType type = scope.has(2) ? scope.type(2) : ElementType.UINT8;
    Node zero =
        scope.has(2) ? along(scope, convert(scope.node(2), DType.F32), x) : full(x.type(), 0);
    return List.of(scope.of(type, quantized(x, scale, zero, scope.storage(type))));
  }

  private static List<Value> dequantize(NodeScope scope) {
    Node x = convert(scope.node(0), DType.F32);
    Node scale = along(scope, convert(scope.node(1), DType.F32), x);
    Node centred =
        scope.has(2) ? subtract(x, along(scope, convert(scope.node(2), DType.F32), x)) : x;
    ElementType type = scope.type(1);
    return List.of(scope.of(type, convert(multiply(centred, scale), scope.storage(type))));
  }

  /** {@return one number, or one for each index of the axis, repeated to the shape of x} */
  private static Node along(NodeScope scope, Node value, Node x) {
    if (value.shape().count().is(1)) {
      return Operations.broadcast(Operations.reshape(value, Shape.SCALAR), x.shape(), List.of());
    }
    int axis = scope.axis(scope.integer("axis", 1), x.rank());
    return Operations.broadcast(value, x.shape(), List.of(axis));
  }

  /** To u8, with the scale and zero point that fit the range of the tensor and 0. */
  private static List<Value> dynamic(NodeScope scope) {
    Node x = scope.node(0);
    List<Integer> axes = Operations.axes(x.rank());
    Node low = Operations.reduce(Reduction.MIN, x, axes);
    Node zeroScalar = full(low.type(), 0);
    Node least = minimum(low, zeroScalar);
    Node most = maximum(Operations.reduce(Reduction.MAX, x, axes), zeroScalar);
    Node range = multiply(subtract(most, least), 1 / 255.0);
    Node empty = Operations.compare(Comparison.EQ, range, 0);
    Node scale = Operations.select(empty, full(range.type(), 1), range);
    Node zero =
        Operations.unary(
            UnaryOp.ROUND,
            minimum(maximum(divide(Operations.negate(least), scale), 0), full(low.type(), 255)));
    Node y =
        quantized(
            x,
            Operations.broadcast(scale, x.shape(), List.of()),
            Operations.broadcast(zero, x.shape(), List.of()),
            DType.U8);
    return List.of(
        scope.of(ElementType.UINT8, y),
        scope.of(ElementType.FLOAT, scale),
        scope.of(ElementType.UINT8, convert(zero, DType.U8)));
  }
}
