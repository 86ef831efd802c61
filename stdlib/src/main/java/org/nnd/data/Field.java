package org.nnd.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a data set says about one of its columns, without the rows.
 *
 * @param shape the shape of one example, such as {@code [1, 28, 28]}; empty for a scalar
 * @param labels the names of the classes where the column holds class numbers, else empty
 */
public record Field(String name, Role role, Kind kind, int[] shape, List<String> labels) {
  /** Whether a column is given to the network or compared with what it answers. */
  public enum Role {
    INPUT,
    TARGET
  }

  public Field {
    Objects.requireNonNull(role);
    Objects.requireNonNull(kind);
    shape = shape.clone();
    labels = List.copyOf(labels);
  }

  /** A column that networks are given, {@code shape} without the examples. */
  public static Field input(String name, Kind kind, int... shape) {
    return new Field(name, Role.INPUT, kind, shape, List.of());
  }

  /** A column that the network's answers are compared with, {@code shape} without the examples. */
  public static Field target(String name, Kind kind, int... shape) {
    return new Field(name, Role.TARGET, kind, shape, List.of());
  }

  /** A scalar i32 target that counts {@code labels}. */
  public static Field classes(String name, List<String> labels) {
    return new Field(name, Role.TARGET, Kind.I32, new int[0], labels);
  }

  Field withShape(int... shape) {
    return new Field(name, role, kind, shape, labels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Field f
        && name.equals(f.name)
        && role == f.role
        && kind == f.kind
        && Arrays.equals(shape, f.shape)
        && labels.equals(f.labels);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, role, kind, Arrays.hashCode(shape), labels);
  }

  @Override
  public String toString() {
    return name
        + " "
        + kind
        + Arrays.toString(shape)
        + (labels.isEmpty() ? "" : " of " + labels.size() + " classes");
  }
}
