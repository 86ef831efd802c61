package org.nnd.layers.nested;

import java.util.Arrays;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;

/** Lists of widths as they are declared: at least one, positive, ascending. */
final class Widths {
  private Widths() {}

  static List<Integer> of(String layer, int... widths) {
    return checked(layer, Arrays.stream(widths).boxed().toList());
  }

  static List<Integer> checked(String layer, List<Integer> widths) {
    if (widths.isEmpty()) {
      throw Check.error("%s: no widths given, expected such as 8, 16, 32", layer);
    }
    int before = 0;
    for (int width : widths) {
      if (width <= before) {
        throw Check.error("%s: the widths must be positive and ascending, got %s", layer, widths);
      }
      before = width;
    }
    return List.copyOf(widths);
  }

  static int last(List<Integer> widths) {
    return widths.get(widths.size() - 1);
  }

  static void within(Lowering at, String layer, int width, int features) {
    if (width > features) {
      throw at.error(
          "%s: the width %d is larger than the %d features of the input", layer, width, features);
    }
  }
}
