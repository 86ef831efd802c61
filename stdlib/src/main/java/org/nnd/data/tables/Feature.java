package org.nnd.data.tables;

import java.util.List;

/** How one column of a table becomes inputs. */
public sealed interface Feature {
  /** The column of the table. */
  String name();

  /**
   * A number: {@code (x - mean) / deviation}.
   *
   * @param mean what is taken away; 0 where the encoding does not standardise
   * @param deviation what is divided by; 1 where the encoding does not standardise
   * @param fill what stands for a missing value where the encoding allows one
   */
  record Numeric(String name, double mean, double deviation, double fill) implements Feature {}

  /** A category as one input per category, 1 for its own and 0 for the others. */
  record OneHot(String name, List<String> categories) implements Feature {
    public OneHot {
      categories = List.copyOf(categories);
    }
  }

  /** A category as its number, an i32 input of its own, for embeddings. */
  record Code(String name, List<String> categories) implements Feature {
    public Code {
      categories = List.copyOf(categories);
    }
  }

  /** False and true as 0 and 1. */
  record Flag(String name) implements Feature {}
}
