package org.nnd.bench.suites;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnd.bench.Case;
import org.nnd.bench.Starts;
import org.nnd.bench.Suite;
import org.nnd.ir.NndException;

/** The suites there are. */
public final class Suites {
  /** The suite whose cases are processes, see {@link Starts}. */
  public static final String START = "start";

  private Suites() {}

  /** {@return every suite, in the order in which they run} */
  public static List<Suite> all() {
    return List.of(
        new Suite("peak", "the limits of the device, which every run measures first", List::of),
        new Suite("gemm", "matrix products", MatrixProducts::cases),
        new Suite("depthwise", "depthwise convolutions and their gradients", Depthwise::cases),
        new Suite("conv", "the convolutions of well-known networks", Convolutions::cases),
        new Suite("rows", "elementwise and row-wise kernels", Rows::cases),
        new Suite("attention", "attention, Hopfield, linear, delta rule", Attentions::cases),
        new Suite("memory", "memories with product keys", Memory::cases),
        new Suite("longconv", "convolutions as long as the sequence", LongConvolutions::cases),
        new Suite("models", "whole networks, inference and training", Models::cases),
        new Suite(START, "from the start of a script to its first result", List::of));
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

  /** {@return those of the suites that have cases whose {@code suite/name} fits a pattern} */
  public static List<Suite> matching(List<Suite> suites, String glob) {
    Suite.Pattern pattern = new Suite.Pattern(glob);
    return suites.stream()
        .map(suite -> suite.matching(pattern))
        .filter(suite -> !suite.cases().isEmpty() || !starts(suite, pattern).isEmpty())
        .toList();
  }

  /** {@return those of the scripts to start whose {@code start/name} fits a pattern} */
  public static List<String> starts(Suite suite, Suite.Pattern pattern) {
    return suite.name().equals(START)
        ? Starts.names().stream().filter(name -> pattern.fits(START + "/" + name)).toList()
        : List.of();
  }

  /** {@return the cases, each as a line {@code suite TAB case}, after a heading} */
  public static String list(List<Suite> suites) {
    return suites.stream()
        .flatMap(suite -> names(suite).map(name -> suite.name() + "\t" + name + "\n"))
        .collect(Collectors.joining("", "suite\tcase\n", ""));
  }

  private static Stream<String> names(Suite suite) {
    return suite.name().equals(START)
        ? Starts.names().stream()
        : suite.cases().stream().map(Case::name);
  }
}
