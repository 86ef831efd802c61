package org.nnd.onnx.exports;

import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;

/** Formulas over values of one element type, which is f32, i32 or i64. Shapes broadcast. */
record Arithmetic(Scope scope, DType dtype) {
  String number(double value) {
    return scope.scalar(dtype, value);
  }

  String call(String operator, String... operands) {
    return scope.call(operator, List.of(operands));
  }

  String add(String x, String y) {
    return call("Add", x, y);
  }

  String subtract(String x, String y) {
    return call("Sub", x, y);
  }

  String multiply(String x, String y) {
    return call("Mul", x, y);
  }

  String divide(String x, String y) {
    return call("Div", x, y);
  }

  String equal(String x, double y) {
    return call("Equal", x, number(y));
  }

  String less(String x, double y) {
    return call("Less", x, number(y));
  }

  String where(String condition, String whenTrue, String whenFalse) {
    return call("Where", condition, whenTrue, whenFalse);
  }

  /** {@return x modulo a positive number, from 0 up} Integers. */
  String modulo(String x, double y) {
    return call("Mod", x, number(y));
  }

  String cast(String x, DType to) {
    return scope.call("Cast", List.of(x), Map.of("to", ElementTypes.code(to)));
  }
}
