package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;

/** Layers that all see the same inputs; their outputs are joined. */
public record Parallel(List<Layer> branches, Join join, Site site) implements Layer {
  /** How the outputs of the branches become one. */
  public sealed interface Join {
    /** Elementwise sum of equal shapes. */
    record Sum() implements Join {}

    /** Elementwise product of equal shapes. */
    record Product() implements Join {}

    /** One after the other along an axis. */
    record Concat(int axis) implements Join {}

    /** Several outputs under these names, one per branch. */
    record Outputs(List<String> names) implements Join {
      public Outputs {
        names = List.copyOf(names);
      }
    }
  }

  public Parallel {
    branches = List.copyOf(branches);
    if (branches.isEmpty()) {
      throw Check.error("parallel: no branches given");
    }
    if (join instanceof Join.Outputs outputs && outputs.names().size() != branches.size()) {
      throw Check.error(
          "parallel: %d output names %s for %d branches",
          outputs.names().size(), outputs.names(), branches.size());
    }
  }

  /** {@return this with the sum of the results} */
  public Parallel sum() {
    return new Parallel(branches, new Join.Sum(), site);
  }

  /** {@return this with the product of the results} */
  public Parallel product() {
    return new Parallel(branches, new Join.Product(), site);
  }

  /** {@return this with the results joined along an axis} */
  public Parallel concat(int axis) {
    return new Parallel(branches, new Join.Concat(axis), site);
  }

  /** {@return this with the results as outputs of these names} */
  public Parallel outputs(String... names) {
    return new Parallel(branches, new Join.Outputs(List.of(names)), site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    List<Tensor> results = new ArrayList<>();
    for (Child child : children()) {
      results.add(at.call(child.name(), child.layer(), inputs).one());
    }
    return switch (join) {
      case Join.Sum sum ->
          one(results.stream().reduce((a, b) -> equal(at, a, b).add(b)).get(), inputs);
      case Join.Product product ->
          one(results.stream().reduce((a, b) -> equal(at, a, b).mul(b)).get(), inputs);
      case Join.Concat concat -> one(Tensor.concat(concat.axis(), results), inputs);
      case Join.Outputs outputs -> {
        Tensors named = inputs.masks();
        for (int i = 0; i < results.size(); i++) {
          named = named.with(outputs.names().get(i), results.get(i));
        }
        yield named;
      }
    };
  }

  private static Tensors one(Tensor y, Tensors inputs) {
    return Tensors.of(y).with(inputs.masks());
  }

  private static Tensor equal(Lowering at, Tensor a, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw at.error(
          "parallel: the branches give %s and %s; they must be equal", a.shape(), b.shape());
    }
    return a;
  }

  @Override
  public List<Child> children() {
    return Sequential.numbered(branches);
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Parallel(children, join, site);
  }

  @Override
  public String toString() {
    return switch (join) {
      case Join.Sum sum -> "parallel.sum()";
      case Join.Product product -> "parallel.product()";
      case Join.Concat concat -> "parallel.concat(" + concat.axis() + ")";
      case Join.Outputs outputs -> "parallel.outputs(" + String.join(", ", outputs.names()) + ")";
    };
  }
}
