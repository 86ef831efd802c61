package org.nnd.conformance;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnd.dsl.Layer;
import org.nnd.ir.Node;

/** NND's own form of what a case was made with. */
public sealed interface Subject {
  /**
   * {@return a layer} Its inputs are the case's {@code in.*} in the order of the manifest, axis 0
   * the free batch; its variables are named exactly {@code p.*} and {@code b.*} (buffers that are
   * not floating-point may be left out); its outputs as {@code out.*}, an only one {@code y}.
   * Outputs called {@code ref.X} are compared with {@code ref.X}.
   */
  static OfLayer layer(Layer layer) {
    return new OfLayer(layer, true, nodes -> Map.of(), List.of());
  }

  /**
   * {@return a function of nodes} It maps nodes of fixed shapes, by full tensor name ({@code in.x},
   * {@code p.weight}, {@code b.mean}, {@code c.mask}), to outputs by name ({@code y}, {@code
   * indices}, {@code ref.phi}): for functions without variables of their own, and for inputs
   * without a batch axis. The nodes are f64 for reference and f32 on a device.
   */
  static Subject function(Function<Map<String, Node>, Map<String, Node>> function) {
    return new OfFunction(function);
  }

  /**
   * {@code freeBatch}: axis 0 of all inputs is the batch; otherwise all shapes are those of the
   * case. {@code references} gives further outputs {@code ref.X}, as {@link Subject#function} does.
   */
  record OfLayer(
      Layer layer,
      boolean freeBatch,
      Function<Map<String, Node>, Map<String, Node>> references,
      List<Fold> folds)
      implements Subject {
    public OfLayer {
      folds = List.copyOf(folds);
    }

    /** {@return the same of another layer} */
    public OfLayer with(Layer other) {
      return new OfLayer(other, freeBatch, references, folds);
    }

    /** {@return the same with inputs of exactly the case's shapes, none of them with a batch} */
    public OfLayer fixed() {
      return new OfLayer(layer, false, references, folds);
    }

    /** {@return the same with further outputs {@code ref.X} computed from the case's tensors} */
    public OfLayer references(Function<Map<String, Node>, Map<String, Node>> function) {
      return new OfLayer(layer, freeBatch, function, folds);
    }

    /** {@return the same, with batch norms that merging folds further than the official code} */
    public OfLayer foldedFurther(Fold... more) {
      return new OfLayer(layer, freeBatch, references, List.of(more));
    }
  }

  /**
   * A batch norm that the official merged form keeps and that NND folds into the convolution or
   * dense layer after it, both by the end of their paths: {@code prelkb_bn} into {@code pw1.conv}.
   */
  record Fold(String norm, String into) {}

  /** A training run; every layer's case in the mode {@code train trajectory} is one. */
  record OfTraining(Trajectory trajectory) implements Subject {}

  record OfFunction(Function<Map<String, Node>, Map<String, Node>> function) implements Subject {}
}
