package org.nnd.conformance;

import static org.nnd.layers.linear.LinearAttentions.fastWeights;
import static org.nnd.layers.linear.LinearAttentions.globalLambdaLayer;
import static org.nnd.layers.linear.LinearAttentions.lambdaLayer;
import static org.nnd.layers.linear.LinearAttentions.linearAttention;
import static org.nnd.layers.linear.LinearAttentions.selfReferential;
import static org.nnd.layers.linear.LinearAttentions.softmaxFreeAttention;
import static org.nnd.layers.linear.LinearAttentions.sumFastWeights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nnd.dsl.Tensor;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.layers.linear.Attended;
import org.nnd.layers.linear.DeltaRule;
import org.nnd.layers.linear.FastWeights;
import org.nnd.layers.linear.FavorFeatures;
import org.nnd.layers.linear.FeatureMap;
import org.nnd.layers.linear.KernelProducts;
import org.nnd.layers.linear.LambdaLayer;
import org.nnd.layers.linear.LinearAttention;
import org.nnd.layers.linear.SelfReferential;
import org.nnd.layers.linear.SoftmaxFreeAttention;
import org.nnd.layers.linear.Variables;

/** Linear attention, fast weights and lambda layers. */
final class LinearModules {
  private LinearModules() {}

  static Map<String, Function<Vector, Subject>> subjects() {
    Map<String, Function<Vector, Subject>> table = new LinkedHashMap<>();
    table.put("attention/linear_attention.py", v -> linear(v, false));
    table.put("attention/causal_linear_attention.py", v -> linear(v, true));
    table.put("utils/fast_weight.py:FastWeightLinear", v -> steps(v, true));
    table.put("utils/fast_weight.py:FastWeightSumLinear", v -> steps(v, false));
    table.put("delta_rule/naive.py:delta_rule_recurrence", LinearModules::delta);
    table.put("delta_rule/naive.py:delta_rule_chunkwise", LinearModules::delta);
    String layers = "cuda_fast_weight_layer.py:Cuda";
    table.put(
        layers + "FastWeightLinearTransformerLayer",
        v -> fast(v, delta(v, FeatureMap.elu(), true, false)));
    table.put(
        layers + "NormFastWeightLinearTransformerLayer",
        v -> fast(v, delta(v, FeatureMap.elu(), false, true)));
    table.put(
        layers + "FastWeightPerformerLayer", v -> fast(v, delta(v, performer(v), true, false)));
    table.put(
        layers + "NormFastWeightPerformerLayer", v -> fast(v, delta(v, performer(v), false, true)));
    table.put(
        layers + "FastWeightDPFPTransformerLayer", v -> fast(v, delta(v, dpfp(v), false, false)));
    table.put(
        layers + "NormFastWeightDPFPTransformerLayer",
        v -> fast(v, delta(v, dpfp(v), false, true)));
    table.put(
        layers + "FastWeightSumLinearTransformerLayer", v -> fast(v, sum(v, FeatureMap.elu())));
    table.put(layers + "FastWeightSumPerformerLayer", v -> fast(v, sum(v, performer(v))));
    table.put("lambda_networks.py:LambdaLayer", LinearModules::lambda);
    table.put("layer.py:SRWMlayer", LinearModules::selfReferring);
    table.put("softmax_free_transformer.py:SoftmaxFreeAttention", LinearModules::softmaxFree);
    return table;
  }

  // Kernels; queries, keys and values are [N, L, heads, d].

  private static Subject linear(Vector vector, boolean causal) {
    int[] q = vector.shape("in.q");
    vector.expect("batch", q[0]).expect("length", q[1]);
    vector.expect("causal", causal).expect("heads", q[2]).expect("e", q[3]);
    vector.expect("query_dimensions", q[3]).expect("m", vector.shape("in.v")[3]);
    LinearAttention plain =
        linearAttention(q[2]).features(features(vector, q[3])).eps(vector.real("eps", 1e-6));
    LinearAttention attention = causal ? plain.causal().chunk(3) : plain;
    return Subject.function(
        nodes -> {
          Tensor query = headsFirst(nodes, "in.q");
          Tensor key = headsFirst(nodes, "in.k");
          Tensor value = headsFirst(nodes, "in.v");
          Optional<Tensor> mask = mask(nodes, key);
          Variables variables = Variables.given(variables(nodes));
          if (causal) {
            // As the official code makes them as long as the queries.
            key = lengthened(key, query.size(2));
            value = lengthened(value, query.size(2));
            mask = mask.map(m -> lengthened(m, query.size(2)));
          }
          Attended read = attention.attend(variables, query, key, value, mask, Optional.empty());
          return Map.of("y", read.y().transpose(1, 2).node());
        });
  }

  private static Tensor headsFirst(Map<String, Node> nodes, String name) {
    return tensor(nodes, name).transpose(1, 2);
  }

  private static Tensor lengthened(Tensor x, int length) {
    return x.pad(2, 0, (long) length - x.size(2), 0);
  }

  /** A mask {@code [N, S]}, or the lengths {@code [N]} of the keys. */
  private static Optional<Tensor> mask(Map<String, Node> nodes, Tensor key) {
    if (nodes.containsKey("c.key_mask")) {
      Tensor mask = tensor(nodes, "c.key_mask").cast(key.dtype());
      return Optional.of(mask.unsqueeze(1).unsqueeze(3));
    }
    if (nodes.containsKey("c.key_lengths")) {
      Tensor lengths = tensor(nodes, "c.key_lengths").cast(key.dtype()).unsqueeze(1);
      Tensor counting = Tensor.range(key.size(2)).cast(key.dtype()).lt(lengths);
      return Optional.of(counting.cast(key.dtype()).unsqueeze(1).unsqueeze(3));
    }
    return Optional.empty();
  }

  private static FeatureMap features(Vector vector, int width) {
    String name = vector.text("feature_map", "elu+1");
    return switch (name) {
      case "elu+1", "elu" -> FeatureMap.elu();
      case "relu" -> FeatureMap.relu();
      case "dpfp" -> FeatureMap.dpfp(vector.number(vector.has("nu") ? "nu" : "n_roll"));
      case "favor" -> {
        FavorFeatures map = random(vector, FeatureMap.favor(vector.number("n_dims", width)));
        yield vector.flag("stabilize", false) ? map.stabilize() : map;
      }
      case "fourier", "rff" -> random(vector, FeatureMap.fourier(vector.number("n_dims", width)));
      case "smoothed fourier", "srff" ->
          random(vector, FeatureMap.fourier(vector.number("n_dims", width) - 1))
              .smoothing(vector.real("smoothing", 1));
      default ->
          throw new NndException(
              "the feature_map '%s' is not one of elu+1, relu, dpfp, favor, fourier, smoothed fourier"
                  .formatted(name));
    };
  }

  private static FavorFeatures random(Vector vector, FavorFeatures map) {
    vector.skip("orthogonal");
    return vector.has("softmax_temp") ? map.temperature(vector.real("softmax_temp")) : map;
  }

  // The delta rule.

  /** One head, {@code [L, B, d]}. */
  private static Subject steps(Vector vector, boolean delta) {
    int[] q = vector.shape("in.q");
    vector.expect("length", q[0]).expect("batch", q[1]).expect("d", q[2]);
    vector.expect("d_v", vector.shape("in.v")[2]);
    return Subject.function(
        nodes -> {
          Tensor query = oneHead(nodes, "in.q");
          Tensor key = oneHead(nodes, "in.k");
          Tensor value = oneHead(nodes, "in.v");
          Attended read =
              delta
                  ? DeltaRule.sequential(
                      query, key, value, oneHead(nodes, "in.beta"), Optional.empty())
                  : KernelProducts.causal(query, key, value, Optional.empty(), 3, Optional.empty());
          return Map.of("y", read.y().squeeze(1).transpose(0, 1).node());
        });
  }

  private static Tensor oneHead(Map<String, Node> nodes, String name) {
    return tensor(nodes, name).transpose(0, 1).unsqueeze(1);
  }

  /** Queries, keys and values {@code [B, H, L, d]}, beta {@code [B, H, L]}. */
  private static Subject delta(Vector vector) {
    int[] q = vector.shape("in.q");
    vector.expect("batch", q[0]).expect("heads", q[1]).expect("length", q[2]);
    vector.expect("d_k", q[3]).expect("d_v", vector.shape("in.v")[3]);
    double scale = 1 / Math.sqrt(q[3]);
    double factor =
        vector
            .value("q_scale")
            .map(v -> v instanceof Number n ? n.doubleValue() : scale)
            .orElse(scale);
    if (vector.value("q_scale").filter(String.class::isInstance).isPresent()) {
      vector.expect("q_scale", "d_k^-0.5");
    }
    vector.skip("output_final_state");
    int chunk = vector.number("chunk_size", 4);
    return Subject.function(
        nodes -> {
          Tensor beta = tensor(nodes, "in.beta");
          Optional<Tensor> start = Optional.empty();
          for (String name : new String[] {"in.initial_state", "c.initial_state"}) {
            start = nodes.containsKey(name) ? Optional.of(tensor(nodes, name)) : start;
          }
          Attended read =
              DeltaRule.chunked(
                  tensor(nodes, "in.q").mul(factor),
                  tensor(nodes, "in.k"),
                  tensor(nodes, "in.v"),
                  beta.rank() == 3 ? beta.unsqueeze(3) : beta,
                  start,
                  chunk);
          Map<String, Node> outputs = new LinkedHashMap<>();
          outputs.put("y", read.y().node());
          if (vector.contains("out.state")) {
            outputs.put("state", read.last().weights().node());
          }
          return outputs;
        });
  }

  // Fast-weight layers; tokens are [L, B, E].

  private static FastWeights delta(
      Vector vector, FeatureMap features, boolean skip, boolean normalizesKeys) {
    FastWeights layer = fastWeights(vector.number("n_head")).features(features);
    boolean normalized = !vector.flag("skip_attn_normalization", skip);
    return normalized && normalizesKeys ? layer.normalizedKeys() : layer.normalized(normalized);
  }

  private static FastWeights sum(Vector vector, FeatureMap features) {
    return sumFastWeights(vector.number("n_head"))
        .features(features)
        .sumNorm(vector.flag("use_sum_norm", false))
        .normalized(!vector.flag("skip_attn_normalization", false));
  }

  private static FeatureMap performer(Vector vector) {
    vector.skip("device", "redraw");
    return FeatureMap.performer(vector.number("proj_dim", 256));
  }

  private static FeatureMap dpfp(Vector vector) {
    return FeatureMap.dpfp(vector.number("n_roll", 2));
  }

  private static Subject fast(Vector vector, FastWeights kind) {
    int[] x = vector.shape("in.x");
    vector.expect("length", x[0]).expect("batch", x[1]).expect("d_model", x[2]);
    vector.skip("dropatt", "layer_id", "num_layer");
    vector.atRandom("dropout");
    FastWeights layer =
        kind.headDim(vector.number("d_head"))
            .preNorm(vector.flag("pre_lnorm", false))
            .eps(vector.real("eps", 1e-5))
            .chunk(4);
    return Subject.function(
        nodes -> {
          Tensor tokens = tensor(nodes, "in.x").transpose(0, 1);
          Attended read =
              layer.compute(
                  Variables.given(variables(nodes)),
                  tokens,
                  Optional.empty(),
                  Optional.empty(),
                  UnaryOperator.identity());
          return Map.of("y", read.y().transpose(0, 1).node());
        });
  }

  /** Tokens {@code [L, B, E]}. */
  private static Subject selfReferring(Vector vector) {
    int width = vector.shape("in.x")[2];
    int heads = vector.number("num_head");
    vector.expect("in_dim", width).expect("dim_head", width / heads).skip("beta_init");
    vector.atRandom("dropout");
    SelfReferential layer =
        selfReferential(heads)
            .layerNorm(vector.flag("use_ln", true))
            .inputSoftmax(vector.flag("use_input_softmax", false));
    return Subject.function(
        nodes -> {
          Tensor tokens = tensor(nodes, "in.x").transpose(0, 1);
          Attended read =
              layer.compute(
                  Variables.given(variables(nodes)),
                  tokens,
                  Optional.empty(),
                  Optional.empty(),
                  UnaryOperator.identity());
          return Map.of("y", read.y().transpose(0, 1).node());
        });
  }

  // Layers with a batch.

  private static Subject lambda(Vector vector) {
    vector.expect("dim", vector.shape("in.x")[1]);
    LambdaLayer layer =
        vector.has("r")
            ? lambdaLayer(vector.number("dim_k"), vector.number("r"))
            : globalLambdaLayer(vector.number("dim_k"), vector.number("n"));
    vector.skip("n");
    LambdaLayer heads =
        layer.heads(vector.number("heads", 4)).intraDepth(vector.number("dim_u", 1));
    return Subject.layer(vector.has("dim_out") ? heads.out(vector.number("dim_out")) : heads);
  }

  private static Subject softmaxFree(Vector vector) {
    vector.expect("dim", vector.shape("in.x")[2]).skip("kernel_method");
    int height = vector.number("H");
    vector.expect("W", vector.shape("in.x")[1] / height);
    SoftmaxFreeAttention layer =
        softmaxFreeAttention(vector.number("num_heads"), height, vector.number("ratio"))
            .conv(vector.number("conv_size", 0))
            .iterations(vector.number("max_iter", 20));
    return Subject.layer(layer);
  }

  private static Tensor tensor(Map<String, Node> nodes, String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new NndException("there is no tensor %s in the case".formatted(name));
    }
    return Tensor.of(node);
  }

  /** Parameters, buffers and constants by their names, those of feature maps without theirs. */
  private static Map<String, Tensor> variables(Map<String, Node> nodes) {
    Map<String, Tensor> variables = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (!name.startsWith("in.")) {
            String plain = name.substring(2);
            String own = "feature_map.";
            variables.put(
                plain.startsWith(own) ? plain.substring(own.length()) : plain, Tensor.of(node));
          }
        });
    return variables;
  }
}
