package org.nnd.layers.linear;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Tensor;
import org.nnd.ir.NndException;
import org.nnd.ir.Shape;
import org.nnd.ir.composite.Normalizations;

/**
 * Where a computation finds its variables: with the layer that is being lowered, or among tensors
 * that are given. So that the mathematics of a layer exists once, as a function of tensors.
 */
public interface Variables {
  /** {@return a trained variable} */
  Tensor parameter(String name, Initializer start, long... shape);

  /** {@return a variable that is fixed once drawn} */
  Tensor buffer(String name, Initializer start, long... shape);

  /** {@return those of a layer} */
  static Variables in(Lowering at) {
    // Queries and keys go through the same feature map: its variables are declared once.
    Map<String, Tensor> declared = new HashMap<>();
    return new Variables() {
      @Override
      public Tensor parameter(String name, Initializer start, long... shape) {
        return declared.computeIfAbsent(name, n -> at.parameter(n, start, shape));
      }

      @Override
      public Tensor buffer(String name, Initializer start, long... shape) {
        return declared.computeIfAbsent(name, n -> at.buffer(n, start, shape));
      }
    };
  }

  /** {@return the given tensors, by name; one that is missing or of another shape is an error} */
  static Variables given(Map<String, Tensor> tensors) {
    return new Variables() {
      @Override
      public Tensor parameter(String name, Initializer start, long... shape) {
        Tensor found = tensors.get(name);
        if (found == null) {
          throw new NndException(
              "the variable '%s' is not among those given: %s".formatted(name, tensors.keySet()));
        }
        if (!found.shape().equals(Shape.of(shape))) {
          throw new NndException(
              "the variable '%s' must have the shape %s, got %s"
                  .formatted(name, Shape.of(shape), found.shape()));
        }
        return found;
      }

      @Override
      public Tensor buffer(String name, Initializer start, long... shape) {
        return parameter(name, start, shape);
      }
    };
  }

  /** {@return these under {@code prefix.}} */
  default Variables under(String prefix) {
    Variables all = this;
    return new Variables() {
      @Override
      public Tensor parameter(String name, Initializer start, long... shape) {
        return all.parameter(Paths.join(prefix, name), start, shape);
      }

      @Override
      public Tensor buffer(String name, Initializer start, long... shape) {
        return all.buffer(Paths.join(prefix, name), start, shape);
      }
    };
  }

  /** {@return {@code x weight^T} with the variable {@code name.weight [out, in]}} */
  default Tensor linear(String name, Tensor x, int out) {
    Initializer start = Initializer.kaimingUniform(Math.sqrt(5));
    return x.matmul(parameter(name + ".weight", start, out, x.size(-1)).transpose());
  }

  /** {@return {@code x weight^T + bias} with {@code name.weight} and {@code name.bias}} */
  default Tensor affine(String name, Tensor x, int out) {
    Initializer start = Initializer.kaimingUniform(Math.sqrt(5), x.size(-1));
    return linear(name, x, out).add(parameter(name + ".bias", start, out));
  }

  /** {@return the last axis normalised, with {@code name.weight} and {@code name.bias}} */
  default Tensor layerNorm(String name, Tensor x, double eps) {
    int features = x.size(-1);
    Tensor scale = parameter(name + ".weight", Initializer.ones(), features);
    Tensor shift = parameter(name + ".bias", Initializer.zeros(), features);
    return Tensor.of(
        Normalizations.layerNorm(x.node(), scale.node(), shift.node(), List.of(x.rank() - 1), eps));
  }
}
