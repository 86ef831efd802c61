package org.nnd.dsl;

import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** An input of a network: name, element type and shape of one example, without the batch axis. */
public record InputSpec(String name, DType dtype, Shape exampleShape) {
  public InputSpec {
    if (name.isBlank()) {
      throw new NndException("an input needs a name");
    }
    for (Dim dim : exampleShape.dims()) {
      if (dim.isFixed() && dim.fixed() < 0) {
        throw new NndException(
            "the input '%s' has a negative size in its shape %s".formatted(name, exampleShape));
      }
    }
  }

  /** An input; {@code exampleShape} is that of one example. */
  public InputSpec(String name, DType dtype, long... exampleShape) {
    this(name, dtype, Shape.of(exampleShape));
  }

  /** {@return an f32 input called {@code x}} */
  public static InputSpec of(long... exampleShape) {
    return new InputSpec("x", DType.F32, exampleShape);
  }

  /** {@return the type of a batch, {@code [N, exampleShape...]}} */
  public TensorType type() {
    return new TensorType(dtype, exampleShape.prepend(Dim.BATCH));
  }
}
