package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Child;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;

/**
 * A layer of whose weights a part is zero and stays zero in training (Liu et al. 2023, SLaK,
 * section 3): every parameter {@code X} of two axes or more is multiplied by a buffer {@code
 * X_mask} of zeros and ones, so that masked elements have no gradient. Masks start at random
 * places; {@code org.nnd.model.Sparsity} moves them. Merging applies them.
 *
 * @param sparsity the share of zeros in each weight
 */
public record Sparse(Layer layer, double sparsity, Site site) implements Layer {
  static final String SUFFIX = "_mask";

  public Sparse {
    Check.fraction("sparse", "the sparsity", sparsity);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    return at.parametrised("", layer, inputs, this::masked);
  }

  private Tensor masked(Lowering at, String name, Tensor parameter) {
    return parameter.rank() < 2
        ? parameter
        : parameter.mul(
            at.buffer(name + SUFFIX, Initializer.mask(1 - sparsity), parameter.shape()));
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("", layer));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Sparse(children.get(0), sparsity, site);
  }

  @Override
  public String toString() {
    return "sparse(" + sparsity + ")";
  }
}
