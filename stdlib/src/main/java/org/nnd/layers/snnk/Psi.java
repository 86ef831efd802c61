package org.nnd.layers.snnk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.reference.ReferenceEvaluator;

/**
 * The features {@code Psi(W, b)} of a dense layer's weights, computed in float64: as initial value,
 * of weights drawn as for a dense layer, and of given weights.
 */
record Psi(RandomFeatures phi, int in) implements Initializer.Computed {
  @Override
  public Literal sample(long seed, String path, int[] shape) {
    int[] weightShape = {shape[0], in};
    Literal weight = Initializer.kaimingUniform(Math.sqrt(5)).sample(seed, path, weightShape);
    Optional<Literal> bias =
        phi.bias()
            ? Optional.of(
                Initializer.kaimingUniform(Math.sqrt(5), in)
                    .sample(seed, path + ".bias", new int[] {shape[0]}))
            : Optional.empty();
    int dot = path.lastIndexOf('.');
    return of(
        Source.initial(seed, dot < 0 ? "" : path.substring(0, dot), phi.projection()),
        weight,
        bias);
  }

  /** {@return {@code Psi} of a weight {@code [out, in]} and a bias {@code [out]}} */
  Literal of(Source source, Literal weight, Optional<Literal> bias) {
    Features features = phi.map().draw(source, in, phi.projections(), phi.bias());
    Tensor w = phi.normalisedWeight(constant(weight));
    Tensor psi = features.psi(w, bias.map(Psi::constant));
    Graph graph = Graph.of(List.of(), Map.of("y", psi.node()));
    return ReferenceEvaluator.evaluate(graph, 1, Map.of(), Map.of()).outputs().get("y");
  }

  private static Tensor constant(Literal value) {
    return Tensor.of(
        Operations.constant(Literal.ofDoubles(DType.F64, value.toDoubles(), value.shape())));
  }
}
