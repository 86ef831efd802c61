package org.nnd.dsl;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A description of how tensors become tensors: an immutable record, comparable and printable,
 * without weights. Options are withers that return a changed copy.
 */
public interface Layer {
  /**
   * Writes this layer into the graph that {@code at} builds.
   *
   * @return the outputs
   * @throws org.nnd.ir.NndException if the inputs do not fit; {@link Lowering#error} makes one that
   *     names the path and the place of declaration
   */
  Tensors lower(Lowering at, Tensors inputs);

  /**
   * {@return the layers this one consists of, as far as they are known before it meets an input}
   */
  default List<Child> children() {
    return List.of();
  }

  /** {@return this layer with other children, as many as {@link #children()} gives} */
  default Layer withChildren(List<Layer> children) {
    if (!children.isEmpty()) {
      throw new IllegalArgumentException(kind() + " has no children");
    }
    return this;
  }

  /** {@return where this layer was declared} */
  default Site site() {
    return Site.UNKNOWN;
  }

  /** {@return the name of this kind of layer, such as {@code batchNorm}} */
  default String kind() {
    String name = getClass().getSimpleName();
    if (name.isEmpty() || getClass().isHidden()) {
      return "layer";
    }
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * Applies this layer. Inside a layer being lowered, that makes it a child of that layer. On
   * values, its parameters are initialised from seed 0 and the result is computed, in inference
   * mode, when looked at.
   */
  default Tensors apply(Tensors inputs) {
    return Lower.apply(this, inputs);
  }

  /** Applies this layer to several tensors; see {@link #apply(Tensors)}. */
  default Tensor apply(Tensor first, Tensor... more) {
    return apply(Tensors.of(first, more)).one();
  }

  /** {@return this network with every layer of a class replaced, from the outside in} */
  default <T extends Layer> Layer rewrite(Class<T> kind, Function<T, ? extends Layer> function) {
    return Rewrite.replace(
        this, layer -> kind.isInstance(layer) ? function.apply(kind.cast(layer)) : layer);
  }

  /**
   * {@return this network with every layer of the prototype's kind replaced} {@code
   * net.rewrite(dense(1), d -> …)}: the prototype's options do not matter.
   */
  @SuppressWarnings("unchecked")
  default <T extends Layer> Layer rewrite(T prototype, Function<T, ? extends Layer> function) {
    return rewrite((Class<T>) prototype.getClass(), function);
  }

  /** {@return this network with every layer that fits {@code which} replaced} */
  default Layer rewriteWhere(Predicate<Layer> which, Function<Layer, ? extends Layer> function) {
    return Rewrite.replace(this, layer -> which.test(layer) ? function.apply(layer) : layer);
  }

  /** {@return the description as indented text, one layer a line} */
  default String describe() {
    return Describe.text(this);
  }

  /** {@return the description with what every block consists of for these inputs} */
  default String describe(InputSpec... inputs) {
    return Expand.expand(this, List.of(inputs), Mode.TRAINING).describe();
  }
}
