package org.nnd.onnx.exports;

import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;

/** The discrete Fourier transform. ONNX's inverse is divided by the length, the graph's is not. */
final class Fourier {
  private Fourier() {}

  static String transform(Scope s, Node node, boolean inverse) {
    Shape shape = node.shape();
    if (shape.dims().stream().anyMatch(dim -> dim.is(0))) {
      return s.operand(node, 0);
    }
    int rank = shape.rank();
    Dim length = shape.dim(rank - 2);
    Dim rows = shape.slice(0, rank - 2).count();
    Shape flat = Shape.of(rows, length, Dim.of(2));
    String x = s.cast(s.operand(node, 0), node.dtype(), DType.F32);
    String given = s.reshape(x, shape, flat);
    String result =
        s.call(
            "DFT",
            List.of(given),
            inverse ? Map.of("axis", 1L, "inverse", 1L) : Map.of("axis", 1L));
    if (inverse) {
      String scale = s.cast(s.extent(length), DType.I64, DType.F32);
      result = s.call("Mul", List.of(result, scale));
    }
    return s.cast(s.reshape(result, flat, shape), DType.F32, node.dtype());
  }
}
