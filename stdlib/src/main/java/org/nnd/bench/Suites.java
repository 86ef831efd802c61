package org.nnd.bench;

import java.util.List;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;

/** The suites there are. */
public final class Suites {
  private Suites() {}

  /** {@return every suite, in the order in which they run} */
  public static List<Suite> all() {
    return List.of(
        new Suite("peak", "the limits of the device, which every run measures first", List.of()),
        new Suite("gemm", "matrix products", MatrixProducts.cases()),
        new Suite("depthwise", "depthwise convolutions and their gradients", Depthwise.cases()),
        new Suite("rows", "elementwise and row-wise kernels", Rows.cases()));
  }

  /**
   * {@return the suites of these names, all where there are none}
   *
   * @throws NndException if a name is none of a suite
   */
  public static List<Suite> named(List<String> names) {
    List<Suite> all = all();
    for (String name : names) {
      if (all.stream().noneMatch(suite -> suite.name().equals(name))) {
        throw new NndException(
            "there is no suite '%s'; there are%n%s"
                .formatted(
                    name,
                    all.stream()
                        .map(suite -> "  %-10s %s".formatted(suite.name(), suite.description()))
                        .collect(Collectors.joining("\n"))));
      }
    }
    return all.stream().filter(s -> names.isEmpty() || names.contains(s.name())).toList();
  }
}
