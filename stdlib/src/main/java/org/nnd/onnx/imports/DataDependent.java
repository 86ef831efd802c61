package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * Operators whose result's shape depends on values. They are computed on the host from values that
 * are known or bound.
 */
final class DataDependent {
  private DataDependent() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("NonZero", DataDependent::nonZero);
    all.put("Compress", DataDependent::compress);
    all.put("Unique", DataDependent::unique);
    return all;
  }

  /** {@code [rank, count]}: the coordinates of elements that are not zero. */
  private static List<Value> nonZero(NodeScope scope) {
    Literal x = scope.literal(0);
    int[] found = IntStream.range(0, x.count()).filter(i -> x.get(i) != 0).toArray();
    int[] shape = x.shape().length == 0 ? new int[] {1} : x.shape();
    long[] coordinates = new long[shape.length * found.length];
    for (int i = 0; i < found.length; i++) {
      int rest = found[i];
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        coordinates[axis * found.length + i] = rest % shape[axis];
        rest /= shape[axis];
      }
    }
    return List.of(Indexing.longs(coordinates, shape.length, found.length));
  }

  private static List<Value> compress(NodeScope scope) {
    Literal condition = scope.literal(1);
    Node x = scope.node(0);
    boolean flat = !scope.hasAttribute("axis");
    Node from = flat ? Operations.reshape(x, Shape.of(x.shape().count())) : x;
    int axis = flat ? 0 : scope.axis(scope.integer("axis"), x.rank());
    int[] kept = IntStream.range(0, condition.count()).filter(i -> condition.get(i) != 0).toArray();
    return List.of(scope.like(0, Operations.gather(from, Cutting.positions(kept), axis)));
  }

  /** Distinct elements, or distinct slices along an axis: their first places, inverse, counts. */
  private static List<Value> unique(NodeScope scope) {
    Literal x = scope.literal(0);
    boolean flat = !scope.hasAttribute("axis");
    int[] shape = flat ? new int[] {x.count()} : x.shape();
    int axis = flat ? 0 : scope.axis(scope.integer("axis"), shape.length);
    int inner = product(shape, axis + 1, shape.length);
    int outer = product(shape, 0, axis);
    List<List<Double>> slices = new ArrayList<>();
    for (int i = 0; i < shape[axis]; i++) {
      List<Double> slice = new ArrayList<>();
      for (int o = 0; o < outer; o++) {
        for (int k = 0; k < inner; k++) {
          slice.add(x.get((o * shape[axis] + i) * inner + k));
        }
      }
      slices.add(slice);
    }
    Map<List<Double>, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < slices.size(); i++) {
      places.computeIfAbsent(slices.get(i), key -> new ArrayList<>()).add(i);
    }
    List<List<Double>> distinct = new ArrayList<>(places.keySet());
    if (scope.flag("sorted", true)) {
      distinct.sort(LEXICOGRAPHIC);
    }
    long[] inverse = new long[slices.size()];
    long[] first = new long[distinct.size()];
    long[] counts = new long[distinct.size()];
    for (int i = 0; i < distinct.size(); i++) {
      List<Integer> own = places.get(distinct.get(i));
      first[i] = own.get(0);
      counts[i] = own.size();
      for (int place : own) {
        inverse[place] = i;
      }
    }
    Node all = scope.node(0);
    Node from = flat ? Operations.reshape(all, Shape.of(x.count())) : all;
    int[] kept = Arrays.stream(first).mapToInt(Math::toIntExact).toArray();
    return List.of(
        scope.like(0, Operations.gather(from, Cutting.positions(kept), axis)),
        Indexing.longs(first, first.length),
        Indexing.longs(inverse, inverse.length),
        Indexing.longs(counts, counts.length));
  }

  private static final Comparator<List<Double>> LEXICOGRAPHIC =
      (a, b) -> {
        for (int i = 0; i < a.size(); i++) {
          int order = Double.compare(a.get(i), b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  private static int product(int[] shape, int from, int to) {
    return Arrays.stream(shape, from, to).reduce(1, Math::multiplyExact);
  }
}
