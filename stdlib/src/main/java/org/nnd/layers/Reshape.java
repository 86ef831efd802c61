package org.nnd.layers;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;

/** The elements of every example in another shape; one size may be -1 and is worked out. */
public record Reshape(List<Long> sizes, Site site) implements UnaryLayer {
  public Reshape {
    sizes = List.copyOf(sizes);
    long open = sizes.stream().filter(size -> size == -1).count();
    if (open > 1 || sizes.stream().anyMatch(size -> size < -1)) {
      throw Check.error(
          "reshape: sizes must not be negative, but for one -1 to be worked out; got %s", sizes);
    }
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    List<Dim> dims = new ArrayList<>();
    dims.add(x.dim(0));
    sizes.forEach(size -> dims.add(Dim.of(size)));
    try {
      return x.reshape(dims.toArray(Dim[]::new));
    } catch (NndException e) {
      throw at.error(
          "reshape: examples of the shape %s do not fill %s", x.shape().slice(1, x.rank()), sizes);
    }
  }

  @Override
  public String toString() {
    String all = sizes.toString();
    return "reshape(" + all.substring(1, all.length() - 1) + ")";
  }
}
