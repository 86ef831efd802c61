package org.nnd.onnx.exports;

import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Node;

/** Conversions between element types; ONNX leaves open what does not fit, the graph does not. */
final class Conversions {
  private Conversions() {}

  static String convert(Scope s, String x, DType from, DType to) {
    if (to == DType.BOOL) {
      DType working = ElementTypes.working(from);
      String zero = s.call("Equal", List.of(s.cast(x, from, working), s.scalar(working, 0)));
      return s.call("Not", List.of(zero));
    }
    if (from.isFloat() && to.isInteger()) {
      return saturated(s, s.cast(x, from, DType.F32), to);
    }
    if (from.isInteger() && to.isInteger() && from.bytes() > 4 && to.bytes() < 4) {
      return s.cast(s.cast(x, from, DType.I32), DType.I32, to);
    }
    return s.cast(x, from, to);
  }

  private static String saturated(Scope s, String x, DType to) {
    Arithmetic f = new Arithmetic(s, DType.F32);
    String number = f.where(f.call("IsNaN", x), f.number(0), x);
    if (to == DType.I8 || to == DType.U8) {
      String low = f.number(to == DType.I8 ? -128 : 0);
      String high = f.number(to == DType.I8 ? 127 : 255);
      String whole = s.cast(f.call("Min", f.call("Max", number, low), high), DType.F32, DType.I32);
      return s.cast(whole, DType.I32, to);
    }
    // The largest integer is no float: what is above the largest float below it is set apart.
    boolean wide = to == DType.I64;
    double limit = wide ? 0x1p63 : 0x1p31;
    String above = f.call("GreaterOrEqual", number, f.number(limit));
    String inside = f.where(above, f.number(0), f.call("Max", number, f.number(-limit)));
    String largest =
        wide
            ? s.constant(org.nnd.ir.Literal.of(new long[] {Long.MAX_VALUE}))
            : s.constant(org.nnd.ir.Literal.of(new int[] {Integer.MAX_VALUE}));
    return s.call("Where", List.of(above, largest, s.cast(inside, DType.F32, to)));
  }

  /** Between integers a cast keeps the bits; ONNX has no way to the bits of a float. */
  static String bitcast(Scope s, Node node, DType to) {
    DType from = node.operand(0).dtype();
    if (from.isFloat() != to.isFloat() || from.isFloat()) {
      throw s.error(node, "it has no operator for the bits of a floating-point number");
    }
    return convert(s, s.operand(node, 0), from, to);
  }
}
