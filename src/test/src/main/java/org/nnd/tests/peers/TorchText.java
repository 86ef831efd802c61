package org.nnd.tests.peers;

import java.util.List;
import java.util.stream.Collectors;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Shape;

/** Values as Python has them. */
final class TorchText {
  private TorchText() {}

  static String dtype(DType dtype) {
    return switch (dtype) {
      case BOOL -> "torch.bool";
      case U8 -> "torch.uint8";
      case I8 -> "torch.int8";
      case I32 -> "torch.int32";
      case I64 -> "torch.int64";
      case F16 -> "torch.float16";
      case BF16 -> "torch.bfloat16";
      case F32 -> "torch.float32";
      case F64 -> "torch.float64";
    };
  }

  static String number(DType dtype, double value) {
    if (dtype == DType.BOOL) {
      return truth(value != 0);
    }
    if (dtype.isInteger()) {
      return Long.toString((long) value);
    }
    if (Double.isNaN(value)) {
      return "float('nan')";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "float('inf')" : "float('-inf')";
    }
    return Double.toString(value);
  }

  static String truth(boolean value) {
    return value ? "True" : "False";
  }

  static String string(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  static String tuple(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ",)"));
  }

  /** A tuple even of nothing, which {@code (,)} is not. */
  static String sizes(Shape shape, long batch) {
    return shape.rank() == 0 ? "()" : tuple(shape.dims().stream().map(d -> d.at(batch)).toList());
  }

  static String extents(List<Dim> dims, long batch) {
    return dims.stream()
        .map(d -> Long.toString(d.at(batch)))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
