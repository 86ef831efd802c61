package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/** Axis {@code i} of the result is axis {@code axes[i]} of the input; axis 0 stays the batch. */
public record Permute(List<Integer> axes, Site site) implements UnaryLayer {
  public Permute {
    axes = List.copyOf(axes);
    for (int i = 0; i < axes.size(); i++) {
      if (!axes.contains(i) || axes.get(0) != 0) {
        throw Check.error(
            "permute: expected the axes 0 (the batch) to %d in another order, got %s",
            axes.size() - 1, axes);
      }
    }
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "permute", x, axes.size(), "axes " + axes);
    return x.permute(axes.stream().mapToInt(i -> i).toArray());
  }

  @Override
  public String toString() {
    String all = axes.toString();
    return "permute(" + all.substring(1, all.length() - 1) + ")";
  }
}
