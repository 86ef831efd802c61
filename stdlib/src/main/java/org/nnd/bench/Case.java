package org.nnd.bench;

import java.util.function.Supplier;

/**
 * One computation to time.
 *
 * @param name what it computes, with its sizes; no other case of the suite has it
 * @param work made when it is needed: the weights of a large network are large
 * @param memory whether what it needs at most in memory is of interest, too
 */
public record Case(String name, Supplier<Work> work, boolean memory) {
  public Case(String name, Supplier<Work> work) {
    this(name, work, false);
  }
}
