package org.nnd.layers.nested;

import java.util.List;
import org.nnd.dsl.Check;

/** A size of a network that may be chosen: its name and the sizes there are, ascending. */
public record Choice(String name, List<Integer> sizes) {
  public Choice {
    Check.path("choice", name);
    sizes = Widths.checked("choice '" + name + "'", sizes);
  }

  /** {@return the largest size} */
  public int largest() {
    return Widths.last(sizes);
  }

  /** {@return the smallest size} */
  public int smallest() {
    return sizes.get(0);
  }

  @Override
  public String toString() {
    return name + " of " + sizes;
  }
}
