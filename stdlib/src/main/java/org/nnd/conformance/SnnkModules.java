package org.nnd.conformance;

import static org.nnd.layers.snnk.Snnk.bundle;
import static org.nnd.layers.snnk.Snnk.randomFeatures;
import static org.nnd.layers.snnk.Snnk.snnkAdapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nnd.dsl.Block;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.layers.snnk.Bundle;
import org.nnd.layers.snnk.Features;
import org.nnd.layers.snnk.Projection;
import org.nnd.layers.snnk.RandomFeatures;
import org.nnd.layers.snnk.SampledExponential;
import org.nnd.layers.snnk.SampledExponential.Coefficient;
import org.nnd.layers.snnk.SnnkAdapter;
import org.nnd.layers.snnk.SnnkLayer;
import org.nnd.layers.snnk.Source;

/** Scalable neural network kernels. */
final class SnnkModules {
  private SnnkModules() {}

  static Map<String, Function<Vector, Subject>> subjects() {
    Map<String, Function<Vector, Subject>> table = new LinkedHashMap<>();
    table.put("nnk.py:NNK_Relu", SnnkModules::relu);
    table.put("nnk.py:input_to_rfs_torch_vectorized", SnnkModules::sampled);
    table.put("SNNK paper URF estimator", SnnkModules::estimator);
    table.put("real-valued trainable form of the URF SNNK layer", SnnkModules::trainable);
    table.put("SNNK bundling", SnnkModules::bundled);
    table.put("custom_adapter.py:CustomReluAdapter", SnnkModules::adapter);
    return table;
  }

  /** What the official constructors of ReLU layers have in common; seed and device draw G. */
  private static RandomFeatures reluFeatures(Vector v) {
    v.skip("seed", "device", "model_device", "orthogonal");
    RandomFeatures phi =
        randomFeatures(v.number("num_rfs"))
            .constant(v.real("constant", 0))
            .projection(new Projection.Given(v.constant("projection_matrix")));
    return normalised(v, phi);
  }

  /** The official normalisation is along axis 1 whatever the rank. */
  private static RandomFeatures normalised(Vector v, RandomFeatures phi) {
    double length = v.real("normalization_constant", 1);
    boolean other = v.flag("normalization", false);
    return v.flag("normalize", false) || other ? phi.normalise(length).normaliseAxis(1) : phi;
  }

  private static Subject relu(Vector v) {
    v.expect("dim", v.shape("in.x")[v.shape("in.x").length - 1]);
    int[] weights = v.shape("p.weights");
    v.expect("out", weights[0]);
    RandomFeatures phi = reluFeatures(v);
    Layer layer = new SnnkLayer(weights[0], phi, false, Site.UNKNOWN);
    return Subject.layer(layer)
        .references(
            nodes -> {
              Tensor g = tensor(nodes, "c.projection_matrix");
              return weightsReference(nodes, phi, Source.given(g, g));
            });
  }

  /** {@code ref.init_weights}, where the case has the weights that they are made of. */
  private static Map<String, Node> weightsReference(
      Map<String, Node> nodes, RandomFeatures phi, Source source) {
    if (!nodes.containsKey("c.input_weights")) {
      return Map.of();
    }
    Tensor weight = tensor(nodes, "c.input_weights");
    Features features = draw(phi, source, weight);
    Tensor psi = features.psi(phi.normalisedWeight(weight), Optional.empty());
    return Map.of("ref.init_weights", psi.node());
  }

  private static Features draw(RandomFeatures phi, Source source, Tensor z) {
    return phi.map().draw(source, z.size(-1), phi.projections(), phi.bias());
  }

  private static Subject sampled(Vector v) {
    int rank = v.shape("in.x").length;
    v.expect("dim", v.shape("in.x")[rank - 1]).expect("out", v.shape("p.weights")[0]);
    // c.xis and c.G are what these lead to; the correction follows from the rank.
    v.skip("xis", "correction", "seed", "device", "orthogonal");
    SampledExponential map =
        new SampledExponential(
            coefficient(v, "A_fun"), coefficient(v, "a_fun"), rank == 2 ? 0.5 : 1);
    RandomFeatures phi = normalised(v, randomFeatures(v.number("num_rfs")).map(map));
    return Subject.function(
        nodes -> {
          Source source = Source.given(tensor(nodes, "c.G"), tensor(nodes, "c.xis"));
          Tensor x = tensor(nodes, "in.x");
          Tensor z = phi.normalisation().map(n -> n.ofInput(x)).orElse(x);
          Tensor features = draw(phi, source, x).phi(z);
          Map<String, Node> out = new LinkedHashMap<>(weightsReference(nodes, phi, source));
          out.put("y", times(features, tensor(nodes, "p.weights")).node());
          out.put("ref.phi_x", features.node());
          return out;
        });
  }

  private static Coefficient coefficient(Vector v, String name) {
    return switch (v.text(name)) {
      case "sin" -> Coefficient.SIN;
      case "cos" -> Coefficient.COS;
      default ->
          throw new NndException(
              "the hyper-parameter '%s' = %s is not one of sin, cos".formatted(name, v.text(name)));
    };
  }

  private static RandomFeatures universal(Vector v) {
    int[] x = v.shape("in.x");
    v.expect("n", x[0]).expect("dim", x[x.length - 1]);
    String f = v.text("f");
    if (!f.equals("cos") && !f.equals("sin")) {
      throw new NndException("the hyper-parameter 'f' = %s is not one of cos, sin".formatted(f));
    }
    return randomFeatures(v.number("num_rfs")).activation(f).renormalise(v.real("M", 0));
  }

  private static Subject estimator(Vector v) {
    v.expect("out", v.shape("p.W")[0]);
    RandomFeatures phi = universal(v);
    boolean sine = v.text("f").equals("sin");
    return Subject.function(
        nodes -> {
          Tensor x = tensor(nodes, "in.x");
          Tensor weight = tensor(nodes, "p.W");
          Tensor bias = tensor(nodes, "p.b");
          Tensor g = tensor(nodes, "c.G");
          Features features = draw(phi, Source.given(g, g), x);
          Tensor phiX = features.phi(x);
          Tensor theta = features.psi(weight, Optional.of(bias));
          Tensor exact = times(x, weight).add(bias);
          return Map.of(
              "y", times(phiX, theta).node(),
              "ref.phi_real", phiX.node(),
              "ref.theta_init", theta.node(),
              "ref.exact", (sine ? exact.sin() : exact.cos()).node());
        });
  }

  private static Subject trainable(Vector v) {
    v.expect("out", v.shape("p.theta")[0]);
    RandomFeatures phi = universal(v);
    return Subject.function(
        nodes -> {
          Tensor x = tensor(nodes, "in.x");
          Tensor g = tensor(nodes, "c.G");
          Tensor features = draw(phi, Source.given(g, g), x).phi(x);
          return Map.of("y", times(features, tensor(nodes, "p.theta")).node());
        });
  }

  private static Subject bundled(Vector v) {
    int[] x = v.shape("in.x");
    v.expect("n", x[0]).expect("d", x[x.length - 1]).expect("out", v.shape("p.Wbar")[0]);
    // ref.Wbar_opt has this ridge; the hidden width is that of c.W0.
    v.skip("ridge", "hidden");
    int[] m = v.numbers("m");
    List<RandomFeatures> stages = new ArrayList<>();
    for (int i = 0; i < m.length; i++) {
      Projection given = new Projection.Given(v.constant("G" + i));
      stages.add(bundle(1, m[i]).stages().get(0).projection(given));
    }
    Bundle bundle = new Bundle(v.shape("p.Wbar")[0], stages, false, Site.UNKNOWN);
    return Subject.layer(new WithFeatures(bundle))
        .references(nodes -> Map.of("ref.Wbar_init", bundledWeights(nodes, stages).node()));
  }

  private static Tensor bundledWeights(Map<String, Node> nodes, List<RandomFeatures> stages) {
    Optional<Tensor> weights = Optional.empty();
    for (int i = 0; i < stages.size(); i++) {
      Tensor g = tensor(nodes, "c.G" + i);
      Features stage = draw(stages.get(i), Source.given(g, g), g);
      Tensor w = tensor(nodes, "c.W" + i);
      weights = Optional.of(stage.psi(weights.map(w::matmul).orElse(w), Optional.empty()));
    }
    return weights.orElseThrow();
  }

  /** A bundle that gives its features as well. */
  private record WithFeatures(Bundle bundle) implements Block {
    @Override
    public Tensors lower(Lowering at, Tensors inputs) {
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      outputs.put("y", at.call("", bundle, inputs).one());
      outputs.put("ref.xbar", at.call("", bundle.features(), inputs).one());
      return Tensors.of(outputs);
    }
  }

  private static Subject adapter(Vector v) {
    int[] x = v.shape("in.x");
    v.expect("input_size", x[x.length - 1]).skip("init_weights");
    boolean before = v.flag("ln_before", false);
    SnnkLayer snnk = new SnnkLayer(0, reluFeatures(v), false, Site.UNKNOWN);
    SnnkAdapter adapter = snnkAdapter(1).snnk(s -> snnk).normBefore(before);
    int down = v.number("down_sample", 0);
    SnnkAdapter made = down == 0 ? adapter : adapter.downSample(down);
    return Subject.layer(
        v.flag("ln_after", false) ? new WithUnusedNorm(made, x[x.length - 1]) : made);
  }

  /** The official adapter declares a norm that it leaves to the layer after it. */
  private record WithUnusedNorm(Layer layer, int features) implements Block {
    @Override
    public Tensors lower(Lowering at, Tensors inputs) {
      at.parameter("adapter_norm_after.weight", Initializer.ones(), features);
      at.parameter("adapter_norm_after.bias", Initializer.zeros(), features);
      return at.call("", layer, inputs);
    }
  }

  private static Tensor tensor(Map<String, Node> nodes, String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new NndException(
          "the case has no tensor '%s', only %s"
              .formatted(name, String.join(", ", nodes.keySet())));
    }
    return Tensor.of(node);
  }

  private static Tensor times(Tensor features, Tensor weights) {
    return features.matmul(weights.transpose());
  }
}
