package org.nnd.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Axes, positions and sizes as users give them, negative ones counted from the end. */
final class Axes {
  private Axes() {}

  static int one(String name, int axis, int rank) {
    int result = axis < 0 ? axis + rank : axis;
    if (result < 0 || result >= rank) {
      throw new NndException(
          "%s: there is no axis %d in a tensor of rank %d".formatted(name, axis, rank));
    }
    return result;
  }

  static List<Integer> all(String name, int[] axes, int rank) {
    List<Integer> result = Arrays.stream(axes).mapToObj(axis -> one(name, axis, rank)).toList();
    if (result.stream().distinct().count() != result.size()) {
      throw new NndException("%s: repeated axis in %s".formatted(name, Arrays.toString(axes)));
    }
    return result;
  }

  /** The given axes, or all of them if none are given. */
  static List<Integer> some(String name, int[] axes, int rank) {
    return axes.length == 0 ? Operations.axes(rank) : all(name, axes, rank);
  }

  /** A position on an axis, negative from its end. */
  static Dim position(Dim extent, long position) {
    return position < 0 ? extent.plus(position) : Dim.of(position);
  }

  /** The shape meant by sizes of which one may be -1. */
  static Shape reshape(Shape from, List<Dim> sizes) {
    List<Dim> result = new ArrayList<>(sizes);
    List<Integer> open = new ArrayList<>();
    Dim known = Dim.ONE;
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i).is(-1)) {
        open.add(i);
      } else if (sizes.get(i).isFixed() && sizes.get(i).fixed() < 0) {
        throw new NndException("reshape: negative size in " + text(sizes));
      } else {
        known = known.times(sizes.get(i));
      }
    }
    boolean fits = open.isEmpty() ? known.equals(from.count()) : from.count().isDivisibleBy(known);
    if (open.size() > 1 || !fits) {
      throw new NndException(
          "reshape: the %s elements of %s do not fill %s"
              .formatted(from.count(), from, text(sizes)));
    }
    for (int i : open) {
      result.set(i, from.count().dividedBy(known));
    }
    return new Shape(result);
  }

  static List<Tensor> split(Tensor x, int axis, int... sizes) {
    int at = one("split", axis, x.rank());
    if (!x.shape().dim(at).is(Arrays.stream(sizes).asLongStream().sum())) {
      throw new NndException(
          "split: the sizes %s do not add up to axis %d of %s"
              .formatted(Arrays.toString(sizes), axis, x.type()));
    }
    List<Tensor> parts = new ArrayList<>();
    int start = 0;
    for (int size : sizes) {
      parts.add(x.narrow(at, start, size));
      start += size;
    }
    return parts;
  }

  static Node concat(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new NndException("concat: no tensors given");
    }
    Tensor first = parts.get(0);
    int at = one("concat", axis, first.rank());
    for (Tensor part : parts) {
      boolean fits =
          part.rank() == first.rank()
              && part.dtype() == first.dtype()
              && part.shape().with(at, Dim.ONE).equals(first.shape().with(at, Dim.ONE));
      if (!fits) {
        throw new NndException(
            "concat along axis %d: %s and %s differ in another axis or in type"
                .formatted(axis, first.type(), part.type()));
      }
    }
    return Operations.concatenate(parts.stream().map(Tensor::node).toList(), at);
  }

  static Node pad(Node x, int axis, long low, long high, double value) {
    List<Dim> lows = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ZERO));
    List<Dim> highs = new ArrayList<>(lows);
    lows.set(axis, Dim.of(low));
    highs.set(axis, Dim.of(high));
    return Operations.pad(x, lows, highs, Collections.nCopies(x.rank(), 0), value);
  }

  private static String text(List<Dim> sizes) {
    return sizes.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
