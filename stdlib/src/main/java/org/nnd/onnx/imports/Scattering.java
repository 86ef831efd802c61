package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.reshape;
import static org.nnd.ir.Operations.select;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** Tensors with some elements written or combined at given indices. */
final class Scattering {
  private Scattering() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("Scatter", Scattering::elements);
    all.put("ScatterElements", Scattering::elements);
    all.put("ScatterND", Scattering::tuples);
    return all;
  }

  private static List<Value> elements(NodeScope scope) {
    Node data = scope.node(0);
    int axis = scope.axis(scope.integer("axis", 0), data.rank());
    Node positions = Indices.along(scope.node(1), data.shape(), axis);
    Dim updates = positions.shape().count();
    Node result =
        rows(
            scope,
            reshape(data, Shape.of(data.shape().count(), Dim.ONE)),
            reshape(positions, Shape.of(updates)),
            reshape(scope.node(2), Shape.of(updates, Dim.ONE)));
    return List.of(scope.like(0, reshape(result, data.shape())));
  }

  private static List<Value> tuples(NodeScope scope) {
    Node data = scope.node(0);
    Node indices = scope.node(1);
    int leading = indices.shape().size(indices.rank() - 1);
    if (leading > data.rank()) {
      throw scope.error("tuples of %d for a tensor of rank %d".formatted(leading, data.rank()));
    }
    Node positions = Indices.tuples(indices, data.shape(), 0);
    Dim updates = positions.shape().count();
    Dim width = data.shape().slice(leading, data.rank()).count();
    Node result =
        rows(
            scope,
            reshape(data, Shape.of(data.shape().slice(0, leading).count(), width)),
            reshape(positions, Shape.of(updates)),
            reshape(scope.node(2), Shape.of(updates, width)));
    return List.of(scope.like(0, reshape(result, data.shape())));
  }

  /**
   * {@return {@code data [P, W]} with {@code updates [U, W]} at the rows {@code positions [U]}}
   * Without a reduction positions do not repeat.
   */
  private static Node rows(NodeScope scope, Node data, Node positions, Node updates) {
    String reduction = scope.text("reduction", "none");
    return switch (reduction) {
      case "none" -> written(data, positions, updates);
      case "add" -> Operations.scatterAdd(data, positions, updates, 0);
      case "mul" -> combined(Reduction.PRODUCT, data, positions, updates);
      case "max" -> combined(Reduction.MAX, data, positions, updates);
      case "min" -> combined(Reduction.MIN, data, positions, updates);
      default -> throw scope.unsupported("the reduction '" + reduction + "'");
    };
  }

  /** Each row looks up which update is its own: numbers from 1, 0 for none. */
  private static Node written(Node data, Node positions, Node updates) {
    Shape rows = data.shape().slice(0, 1);
    Node numbers = add(Operations.iota(DType.I32, positions.shape(), 0), 1);
    Node none = full(new TensorType(DType.I32, rows), 0);
    Node own = Operations.scatterAdd(none, positions, numbers, 0);
    Node chosen = Operations.gather(updates, add(own, -1), 0);
    Node isWritten = Operations.broadcast(compare(Comparison.GT, own, 0), data.shape(), List.of(0));
    return select(isWritten, chosen, data);
  }

  /** Reduces over all updates those that are a row's own: [P, U, W] is never in memory. */
  private static Node combined(Reduction reduction, Node data, Node positions, Node updates) {
    Shape all = updates.shape().prepend(data.shape().dim(0));
    Node own =
        compare(
            Comparison.EQ,
            Operations.broadcast(positions, all, List.of(1)),
            Operations.iota(DType.I32, all, 0));
    Node values = Operations.broadcast(updates, all, List.of(1, 2));
    Node identity = full(values.type(), reduction.identity());
    Node reduced = Operations.reduce(reduction, select(own, values, identity), List.of(1));
    return Operations.binary(reduction.combiner(), data, reduced);
  }
}
