package org.nnd.dsl;

import org.nnd.ir.Literal;
import org.nnd.ir.TensorType;

/**
 * A variable that a network declares: a fixed-size tensor that lives between calls.
 *
 * @param byRows whether a step of training changes only those entries along axis 0 that it has
 *     read; the state of the optimiser for the other ones stays as it is (lazy, as usual for sparse
 *     embeddings)
 */
public record Variable(
    String path, TensorType type, Kind kind, Initializer initializer, boolean byRows) {
  /** A variable all of whose entries a step of training may change. */
  public Variable(String path, TensorType type, Kind kind, Initializer initializer) {
    this(path, type, kind, initializer, false);
  }

  /** What a variable is for. */
  public enum Kind {
    /** Trained by gradients. */
    PARAMETER,
    /** Part of the model, updated by its layers in training, such as running statistics. */
    BUFFER,
    /** Carried from call to call, not part of a saved model, such as the random step. */
    STATE
  }

  /** {@return the initial value; the same for equal seeds and paths} */
  public Literal initial(long seed) {
    Literal value = initializer.sample(seed, path, type.shape().at(1));
    return value.dtype() == type.dtype()
        ? value
        : Literal.ofDoubles(type.dtype(), value.toDoubles(), value.shape());
  }
}
