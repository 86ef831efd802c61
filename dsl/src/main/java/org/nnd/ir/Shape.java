package org.nnd.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The extents of a tensor's axes, outermost first; data lie in row-major order. */
public record Shape(List<Dim> dims) {
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    dims = List.copyOf(dims);
  }

  public static Shape of(long... sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  public static Shape of(Dim... dims) {
    return new Shape(List.of(dims));
  }

  /** {@return the shape {@code [N, sizes...]} of a batch of examples} */
  public static Shape batchOf(long... sizes) {
    return of(sizes).prepend(Dim.BATCH);
  }

  public int rank() {
    return dims.size();
  }

  public Dim dim(int axis) {
    return dims.get(axis);
  }

  /** {@return the fixed extent of an axis} Throws IllegalStateException if it depends on N. */
  public int size(int axis) {
    return dims.get(axis).fixed();
  }

  public boolean isFixed() {
    return dims.stream().allMatch(Dim::isFixed);
  }

  /** {@return the number of elements} */
  public Dim count() {
    return dims.stream().reduce(Dim.ONE, Dim::times);
  }

  /** {@return the extents for batch size {@code n}} */
  public int[] at(long n) {
    return dims.stream().mapToInt(d -> Math.toIntExact(d.at(n))).toArray();
  }

  public Shape prepend(Dim dim) {
    return insert(0, dim);
  }

  public Shape insert(int axis, Dim dim) {
    List<Dim> result = new ArrayList<>(dims);
    result.add(axis, dim);
    return new Shape(result);
  }

  public Shape with(int axis, Dim dim) {
    List<Dim> result = new ArrayList<>(dims);
    result.set(axis, dim);
    return new Shape(result);
  }

  /** {@return this shape without the given axes} */
  public Shape without(List<Integer> axes) {
    List<Dim> result = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      if (!axes.contains(i)) {
        result.add(dims.get(i));
      }
    }
    return new Shape(result);
  }

  public Shape slice(int from, int to) {
    return new Shape(dims.subList(from, to));
  }

  public Shape concat(Shape other) {
    List<Dim> result = new ArrayList<>(dims);
    result.addAll(other.dims);
    return new Shape(result);
  }

  /** Prints {@code [N, 32, 14, 14]}. */
  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
