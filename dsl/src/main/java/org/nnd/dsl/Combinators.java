package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Layers made of layers. */
@Vocabulary
public final class Combinators {
  private Combinators() {}

  /** {@return layers one after the other, called {@code 0}, {@code 1}, … unless {@link #named}} */
  public static Sequential sequential(Layer... layers) {
    return new Sequential(List.of(layers), Site.here());
  }

  /** {@return the layers one after the other, each given the result of the one before} */
  public static Sequential sequential(List<? extends Layer> layers) {
    return new Sequential(List.copyOf(layers), Site.here());
  }

  /** {@return {@code x + layer(x)}} */
  public static Residual residual(Layer layer) {
    return new Residual(layer, new Identity(), Site.here());
  }

  /** {@return {@code x + (layers one after the other)(x)}} */
  public static Residual residual(Layer first, Layer second, Layer... more) {
    List<Layer> layers = new ArrayList<>(List.of(first, second));
    layers.addAll(List.of(more));
    return residual(sequential(layers));
  }

  /** {@return {@code shortcut(x) + layer(x)}; the shortcut's variables lie under shortcut} */
  public static Residual residualWith(Layer shortcut, Layer layer) {
    return new Residual(layer, shortcut, Site.here());
  }

  /** {@return layers side by side, their outputs summed unless joined otherwise} */
  public static Parallel parallel(Layer... branches) {
    return new Parallel(List.of(branches), new Parallel.Join.Sum(), Site.here());
  }

  /**
   * {@return layers that are each given the same input; see {@link Parallel} for what becomes of
   * their results}
   */
  public static Parallel parallel(List<? extends Layer> branches) {
    return new Parallel(List.copyOf(branches), new Parallel.Join.Sum(), Site.here());
  }

  /** {@return {@code count} layers like this one, one after the other} */
  public static Repeat repeat(int count, Layer layer) {
    return new Repeat(count, layer, Site.here());
  }

  /** {@return a layer whose variables lie under {@code name}, common to all that share it} */
  public static Share share(String name, Layer layer) {
    return new Share(name, layer);
  }

  /** {@return a layer under a name of its own, instead of its number} */
  public static Named named(String name, Layer layer) {
    return new Named(Check.path("named", name), layer);
  }

  /** {@return a layer whose variables lie directly in the layer around it} */
  public static Named inline(Layer layer) {
    return new Named("", layer);
  }

  /** {@return a layer of one tensor given by code; the layers it applies become its children} */
  public static Traced layer(String name, UnaryOperator<Tensor> body) {
    Check.path("layer", name);
    return new Traced(
        name, inputs -> Tensors.of(body.apply(inputs.one())).with(inputs.masks()), Site.here());
  }

  /** {@return a layer of two tensors given by code} */
  public static Traced layer(String name, BinaryOperator<Tensor> body) {
    Check.path("layer", name);
    return new Traced(
        name, inputs -> Tensors.of(body.apply(inputs.get(0), inputs.get(1))), Site.here());
  }

  /** {@return a layer of named tensors given by code} */
  public static Traced network(String name, UnaryOperator<Tensors> body) {
    Check.path("network", name);
    return new Traced(name, body, Site.here());
  }

  /**
   * {@return an operation whose kernel is written by hand in OpenCL C} What it reads and writes is
   * declared by {@link CustomKernel#in} and {@link CustomKernel#out}; see there for an example.
   *
   * @param name of the {@code __kernel} function in the source
   */
  public static CustomKernel kernel(String name, String source) {
    return CustomKernel.of(name, source);
  }

  /** {@return the layer, with its inner results computed again for the gradient} */
  public static Checkpoint checkpoint(Layer layer) {
    return new Checkpoint(layer, Site.here());
  }

  /** {@return a layer that gives its input} */
  public static Identity identity() {
    return new Identity();
  }

  /** {@return those inputs of the network or layer that have the given names} */
  public static Take input(String... names) {
    return new Take(List.of(names), Site.here());
  }

  /** {@return a number as an f32 tensor of rank 0} */
  public static Tensor tensor(double value) {
    return Tensor.of(value);
  }

  /** {@return an f32 tensor of numbers} */
  public static Tensor tensor(double... values) {
    return Tensor.of((Object) values);
  }

  /** {@return a tensor of nested arrays, see {@link Tensor#of(Object)}} */
  public static Tensor tensor(Object nestedArray) {
    return Tensor.of(nestedArray);
  }
}
