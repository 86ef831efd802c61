package org.nnd.onnx.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.onnx.ElementType;

/** Tensors made of nothing but a shape or bounds. */
final class Generators {
  private static final long MOST_ELEMENTS = 1L << 28;

  private Generators() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("ConstantOfShape", Generators::constantOfShape);
    all.put("Range", Generators::range);
    all.put("EyeLike", Generators::eyeLike);
    return all;
  }

  private static List<Value> constantOfShape(NodeScope scope) {
    Shape shape = new Shape(scope.extents(0));
    Value value =
        scope
            .tensorAttribute("value")
            .orElseGet(() -> Value.Known.of(Literal.of(new float[] {0}, 1)));
    if (!(value instanceof Value.Known known) || known.literal().count() != 1) {
      throw scope.error("the attribute 'value' must be one number");
    }
    Node scalar = Operations.reshape(known.node(), Shape.SCALAR);
    return List.of(scope.of(known.type(), Operations.broadcast(scalar, shape, List.of())));
  }

  private static List<Value> range(NodeScope scope) {
    ElementType type = scope.type(0);
    Optional<Node> counted = upToBatch(scope);
    if (counted.isPresent()) {
      return List.of(scope.of(type, counted.get()));
    }
    double start = scope.number(0);
    double limit = scope.number(1);
    double step = scope.number(2);
    double count = Math.max(0, Math.ceil((limit - start) / step));
    if (!(count <= MOST_ELEMENTS)) {
      throw scope.error("from %s to %s by %s".formatted(start, limit, step));
    }
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return List.of(
        new Value.Known(Literal.ofDoubles(scope.storage(type), values, values.length), type));
  }

  /** Steps of 1 to a limit that depends on the batch size. */
  private static Optional<Node> upToBatch(NodeScope scope) {
    if (scope.type(0).isFloat() || scope.literalIfKnown(1).isPresent() || scope.number(2) != 1) {
      return Optional.empty();
    }
    double start = scope.number(0);
    return scope
        .extentsIfKnown(1)
        .map(limit -> limit.get(0).minus((long) start))
        .map(count -> Operations.iota(scope.node(1).dtype(), new Shape(List.of(count)), 0))
        .map(steps -> Operations.add(steps, start));
  }

  private static List<Value> eyeLike(NodeScope scope) {
    Shape shape = scope.node(0).shape();
    ElementType type = scope.elementType("dtype", scope.type(0));
    DType dtype = scope.storage(type);
    if (shape.rank() != 2) {
      throw scope.error("a tensor of rank %d, expected 2".formatted(shape.rank()));
    }
    Node rows = Operations.iota(DType.I32, shape, 0);
    Node columns = Operations.iota(DType.I32, shape, 1);
    Node diagonal =
        Operations.compare(
            Comparison.EQ, Operations.subtract(columns, rows), scope.integer("k", 0));
    TensorType result = new TensorType(dtype, shape);
    return List.of(
        scope.of(
            type,
            Operations.select(diagonal, Operations.full(result, 1), Operations.full(result, 0))));
  }
}
