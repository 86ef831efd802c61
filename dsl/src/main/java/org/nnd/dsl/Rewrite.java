package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Replaces layers throughout a network. */
final class Rewrite {
  private Rewrite() {}

  /**
   * {@return the network with {@code function} applied to every layer, from the outside in} A layer
   * that was replaced is not looked into, so that a replacement may contain what it replaces.
   */
  static Layer replace(Layer layer, UnaryOperator<Layer> function) {
    Optional<Layer> changed = itself(layer, function);
    if (changed.isPresent()) {
      return changed.get();
    }
    if (layer instanceof Block) {
      return new Rewriting(layer, function);
    }
    List<Layer> children = new ArrayList<>();
    boolean same = true;
    for (Child child : layer.children()) {
      Layer after = replace(child.layer(), function);
      same &= after == child.layer();
      children.add(after);
    }
    return same ? layer : layer.withChildren(children);
  }

  /**
   * {@return what the layer is replaced by} A block whose layers are rewritten already counts as
   * the block; what was to happen to its layers happens to those of the replacement.
   */
  private static Optional<Layer> itself(Layer layer, UnaryOperator<Layer> function) {
    Layer changed = function.apply(layer);
    if (changed != layer) {
      return Optional.of(changed);
    }
    return layer instanceof Rewriting rewriting
        ? itself(rewriting.block(), function)
            .map(replacement -> replace(replacement, rewriting.function()))
        : Optional.empty();
  }

  /** {@return the block whose rewriting {@code layer} is, or the layer itself} */
  static Layer original(Layer layer) {
    return layer instanceof Rewriting rewriting ? original(rewriting.block()) : layer;
  }

  /** A block whose layers are rewritten when it meets its input and calls them. */
  record Rewriting(Layer block, UnaryOperator<Layer> function) implements Block {
    @Override
    public Tensors lower(Lowering at, Tensors inputs) {
      return at.rewriting(inner -> replace(inner, function), block, inputs);
    }

    @Override
    public Site site() {
      return block.site();
    }

    @Override
    public String kind() {
      return block.kind();
    }

    @Override
    public String toString() {
      return block + " rewritten";
    }
  }
}
