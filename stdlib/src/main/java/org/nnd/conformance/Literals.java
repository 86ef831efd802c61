package org.nnd.conformance;

import java.util.Arrays;
import org.nnd.dsl.InputSpec;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.TensorType;

/** What the values of a case say about types. */
final class Literals {
  private Literals() {}

  /** {@return the largest absolute value that is finite, 0 if there is none} */
  static double largest(Literal value) {
    return Arrays.stream(value.toDoubles()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }

  /** {@return the type of a tensor, in the given one where it is floating-point} */
  static TensorType type(Literal value, DType floats) {
    return value.type().withDType(value.dtype().isFloat() ? floats : value.dtype());
  }

  /** {@return the input of a name, axis 0 the batch} */
  static InputSpec spec(String name, Literal value, DType floats) {
    long[] sizes = Arrays.stream(value.shape()).skip(1).asLongStream().toArray();
    return new InputSpec(name, type(value, floats).dtype(), sizes);
  }
}
