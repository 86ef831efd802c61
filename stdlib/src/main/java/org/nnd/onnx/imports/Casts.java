package org.nnd.onnx.imports;

import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.onnx.ElementType;

/** Conversions among ONNX's element types. */
final class Casts {
  private Casts() {}

  /** {@return the value modulo the range of its type, where the graph holds a wider one} */
  static Node wrap(Node x, ElementType type) {
    return switch (type) {
      case UINT16 -> and(x, 0xffff);
      case UINT32 -> and(x, 0xffffffffL);
      case INT16 -> {
        Node low = and(x, 0xffff);
        Node negative = Operations.compare(Comparison.GE, low, 0x8000);
        yield Operations.select(negative, Operations.add(low, -0x10000), low);
      }
      default -> x;
    };
  }

  private static Node and(Node x, long mask) {
    Literal bits =
        x.dtype() == DType.I64
            ? Literal.of(new long[] {mask}, new int[0])
            : Literal.of(new int[] {(int) mask}, new int[0]);
    Node everywhere = Operations.broadcast(Operations.constant(bits), x.shape(), List.of());
    return Operations.binary(BinaryOp.AND, x, everywhere);
  }

  /**
   * {@return the value under another type: floats are truncated towards zero, integers wrap, to
   * bool is {@code != 0}}
   */
  static Node cast(Node x, ElementType from, ElementType to, DType storage) {
    if (from == to) {
      return x;
    }
    Node source = x;
    if (x.dtype().isFloat() && (to == ElementType.INT8 || to == ElementType.UINT8)) {
      // Through a wide integer, so that values outside the range wrap as in NumPy.
      source = Operations.convert(x, DType.I32);
    }
    if (x.dtype() == DType.I64 && storage == DType.I32 && to.isNarrowed()) {
      source = Operations.convert(x, DType.I32);
    }
    return wrap(Operations.convert(source, storage), to);
  }
}
