package org.nnd.layers.snnk;

import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;

/** Gives a feature map the random numbers that it asks for by name. */
public interface Source {
  /** {@return random directions, {@code [..., m, d]}} */
  Tensor directions(String name, int... shape);

  /** {@return further random numbers, {@code [size]}} */
  Tensor numbers(String name, Initializer distribution, int size);

  /**
   * {@return buffers of the layer that is being lowered, saved with the model; given directions are
   * constants}
   */
  static Source buffers(Lowering at, Projection projection) {
    return new Source() {
      @Override
      public Tensor directions(String name, int... shape) {
        return switch (projection) {
          case Projection.Drawn drawn -> at.buffer(name, drawn, longs(shape));
          case Projection.Given given ->
              constant(at.dtype(), given.matrix(Paths.join(at.path(), name), shape));
        };
      }

      @Override
      public Tensor numbers(String name, Initializer distribution, int size) {
        return at.buffer(name, distribution, size);
      }
    };
  }

  /** {@return the same tensors whatever the name and shape} */
  static Source given(Tensor directions, Tensor numbers) {
    return new Source() {
      @Override
      public Tensor directions(String name, int... shape) {
        return directions;
      }

      @Override
      public Tensor numbers(String name, Initializer distribution, int size) {
        return numbers;
      }
    };
  }

  /** {@return the initial values of those buffers, as f64 constants} */
  static Source initial(long seed, String layer, Projection projection) {
    return new Source() {
      @Override
      public Tensor directions(String name, int... shape) {
        // A model holds them as f32.
        return constant(DType.F64, f32(projection.sample(seed, layer, name, shape)));
      }

      @Override
      public Tensor numbers(String name, Initializer distribution, int size) {
        String path = Paths.join(layer, name);
        return constant(DType.F64, f32(distribution.sample(seed, path, new int[] {size})));
      }
    };
  }

  private static Literal f32(Literal value) {
    return Literal.of(value.toFloats(), value.shape());
  }

  private static Tensor constant(DType dtype, Literal value) {
    Literal cast = Literal.ofDoubles(dtype, value.toDoubles(), value.shape());
    return Tensor.of(Operations.constant(cast));
  }

  private static long[] longs(int[] shape) {
    long[] sizes = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      sizes[i] = shape[i];
    }
    return sizes;
  }
}
