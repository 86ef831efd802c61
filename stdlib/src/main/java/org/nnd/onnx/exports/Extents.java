package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Shape;

/**
 * Extents and shapes as i64 values. Those that depend on the batch size are computed from an axis
 * of an input whose extent is {@code a N + b}; where there is none, the graph gets the input {@code
 * N}, of shape {@code [1]}.
 */
final class Extents {
  private final Scope scope;
  private final Map<String, Shape> inputs;
  private final Map<List<Dim>, String> vectors = new HashMap<>();
  private final Map<Dim, String> scalars = new HashMap<>();
  private Optional<String> own = Optional.empty();

  Extents(Scope scope, Map<String, Shape> inputs) {
    this.scope = scope;
    this.inputs = inputs;
  }

  List<Call> calls() {
    return scope.calls();
  }

  boolean wantsInput() {
    return own.isPresent();
  }

  String input() {
    return own.orElseThrow();
  }

  /** {@return i64 of shape {@code [dims.size()]}} */
  String vector(List<Dim> dims) {
    String known = vectors.get(dims);
    if (known == null) {
      known = compute(dims);
      vectors.put(List.copyOf(dims), known);
    }
    return known;
  }

  String vector(Shape shape) {
    return vector(shape.dims());
  }

  /** {@return i64 of shape {@code []}} */
  String scalar(Dim dim) {
    return scalars.computeIfAbsent(
        dim,
        d ->
            d.isFixed()
                ? scope.constant(Literal.of(new long[] {d.at(0)}))
                : scope.call("Squeeze", List.of(vector(List.of(d)), scope.longs(0))));
  }

  private String compute(List<Dim> dims) {
    if (dims.stream().allMatch(Dim::isFixed)) {
      return scope.longs(dims.stream().mapToLong(d -> d.at(0)).toArray());
    }
    if (dims.size() == 1) {
      return dims.get(0).equals(Dim.BATCH) ? batch() : polynomial(dims.get(0));
    }
    List<String> parts = new ArrayList<>();
    int i = 0;
    while (i < dims.size()) {
      int end = i + 1;
      while (dims.get(i).isFixed() && end < dims.size() && dims.get(end).isFixed()) {
        end++;
      }
      parts.add(vector(dims.subList(i, end)));
      i = end;
    }
    return parts.size() == 1 ? parts.get(0) : scope.call("Concat", parts, Map.of("axis", 0L));
  }

  /** Horner's rule. */
  private String polynomial(Dim dim) {
    String n = vector(List.of(Dim.BATCH));
    String sum = scope.longs(dim.coefficient(dim.degree()));
    for (int power = dim.degree() - 1; power >= 0; power--) {
      boolean one = power == dim.degree() - 1 && dim.coefficient(dim.degree()) == 1;
      sum = one ? n : scope.call("Mul", List.of(sum, n));
      if (dim.coefficient(power) != 0) {
        sum = scope.call("Add", List.of(sum, scope.longs(dim.coefficient(power))));
      }
    }
    return sum;
  }

  private String batch() {
    for (Map.Entry<String, Shape> input : inputs.entrySet()) {
      for (int axis = 0; axis < input.getValue().rank(); axis++) {
        Dim dim = input.getValue().dim(axis);
        if (dim.degree() == 1) {
          String size =
              scope.call(
                  "Gather",
                  List.of(scope.call("Shape", List.of(input.getKey())), scope.longs(axis)));
          return solved(size, dim);
        }
      }
    }
    if (own.isEmpty()) {
      own = Optional.of(scope.fresh("N"));
    }
    return own.get();
  }

  /** The batch size of which {@code dim} is {@code size}. */
  private String solved(String size, Dim dim) {
    String rest = size;
    if (dim.coefficient(0) != 0) {
      rest = scope.call("Sub", List.of(rest, scope.longs(dim.coefficient(0))));
    }
    return dim.coefficient(1) == 1
        ? rest
        : scope.call("Div", List.of(rest, scope.longs(dim.coefficient(1))));
  }
}
