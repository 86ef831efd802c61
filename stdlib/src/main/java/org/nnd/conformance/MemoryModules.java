package org.nnd.conformance;

import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;
import org.nnd.layers.memory.HopfieldOptions;
import org.nnd.layers.memory.Memories;
import org.nnd.layers.memory.MemoryPlus;
import org.nnd.layers.memory.PatternNorm;
import org.nnd.layers.memory.Pkm;
import org.nnd.layers.memory.ProductKeyMemory;
import org.nnd.layers.memory.QueryNetwork;
import org.nnd.layers.memory.Scoring;

/**
 * The Hopfield layers of ml-jku/hopfield-layers, and the memories of facebookresearch/XLM,
 * facebookresearch/memory and lucidrains/product-key-memory.
 */
final class MemoryModules {
  private MemoryModules() {}

  static Map<String, Function<Vector, Subject>> subjects() {
    Map<String, Function<Vector, Subject>> subjects = new LinkedHashMap<>();
    subjects.put("hflayers/__init__.py:Hopfield", MemoryModules::hopfield);
    subjects.put("hflayers/__init__.py:HopfieldPooling", MemoryModules::pooling);
    subjects.put("hflayers/__init__.py:HopfieldLayer", MemoryModules::layer);
    for (String fast : List.of("HashingMemoryProductFast", "HashingMemoryProduct")) {
      subjects.put("xlm/model/memory/memory.py:" + fast, v -> productKeys(v, false));
    }
    subjects.put("xlm/model/memory/memory.py:HashingMemoryFlat", v -> productKeys(v, true));
    subjects.put("product_key/memory.py:HashingMemory", MemoryModules::memoryPlus);
    subjects.put("product_key_memory.py:PKM", MemoryModules::pkm);
    return subjects;
  }

  // Hopfield.

  private static Subject hopfield(Vector v) {
    return sized(v, associated(v, Memories.hopfield()));
  }

  private static Subject pooling(Vector v) {
    return sized(
        v,
        associated(
            v,
            Memories.hopfieldPooling()
                .quantity(v.number("quantity", 1))
                .trainable(v.flag("trainable", true))));
  }

  private static Subject layer(Vector v) {
    var layer =
        Memories.hopfieldLayer(v.number("quantity", 1))
            .trainable(v.flag("trainable", true), v.flag("lookup_targets_as_trainable", true));
    if (v.flag("lookup_weights_as_separated", false)) {
      layer = layer.separatedTargets();
    }
    if (v.has("stored_pattern_size")) {
      layer = layer.storedSize(v.number("stored_pattern_size"));
    }
    if (v.has("pattern_projection_size") && v.flag("lookup_weights_as_separated", false)) {
      layer = layer.targetSize(v.number("pattern_projection_size"));
    }
    return sized(v, associated(v, layer));
  }

  /** With all inputs of exactly the case's shapes where axis 0 of one is not the batch. */
  private static Subject sized(Vector v, Layer layer) {
    boolean second = !v.flag("batch_first", true);
    Layer wrapped = second ? batchSecond(layer) : layer;
    Subject.OfLayer subject = Subject.layer(wrapped);
    long batches =
        v.under("in").values().stream().map(value -> value.shape()[0]).distinct().count();
    boolean common =
        v.contains("in.association_mask") && v.shape("in.association_mask").length == 2;
    return batches == 1 && !second && !common ? subject : subject.fixed();
  }

  /** A layer for patterns {@code [length, N, features]}. */
  private static Layer batchSecond(Layer layer) {
    return network(
        "batchSecond",
        inputs -> {
          Tensors swapped = inputs.masks();
          for (String name : inputs.main().names()) {
            swapped = swapped.with(name, inputs.get(name).transpose(0, 1));
          }
          Tensor y = inline(layer).apply(ordered(inputs, swapped)).one();
          return Tensors.of(y.rank() == 3 ? y.transpose(0, 1) : y);
        });
  }

  private static Tensors ordered(Tensors like, Tensors some) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    like.names().forEach(name -> all.put(name, some.get(name)));
    return Tensors.of(all);
  }

  private static <T extends Layer & HopfieldOptions<T>> T associated(Vector v, T layer) {
    T result = layer.heads(v.number("num_heads", 1));
    if (v.flag("all_static", false)) {
      result = result.plain();
    } else {
      result = normed(v, projected(v, result));
    }
    if (v.has("scaling")) {
      double[] beta = v.isList("scaling") ? v.reals("scaling") : new double[] {v.real("scaling")};
      result = result.beta(beta);
    }
    result = steps(v, result);
    double[] eps =
        v.isList("update_steps_eps")
            ? v.reals("update_steps_eps")
            : new double[] {v.real("update_steps_eps", 1e-4)};
    result = result.eps(eps).dropout(v.real("dropout", 0));
    Optional<String> activation = v.optionalText("association_activation");
    return activation.isPresent() ? result.activation(activation.get()) : result;
  }

  /** No number of updates means as many as it takes, if it is given as such. */
  private static <T extends Layer & HopfieldOptions<T>> T steps(Vector v, T layer) {
    if (v.isList("update_steps_max")) {
      return layer.steps(v.numbers("update_steps_max"));
    }
    boolean open = v.hyper().isNull("update_steps_max");
    return open ? layer.untilStable() : layer.steps(v.number("update_steps_max", 0));
  }

  private static <T extends Layer & HopfieldOptions<T>> T projected(Vector v, T layer) {
    T result = layer;
    for (String size : List.of("input_size", "hidden_size", "output_size", "pattern_size")) {
      if (v.has(size)) {
        int n = v.number(size);
        result =
            switch (size) {
              case "input_size" -> result.inputSize(n);
              case "hidden_size" -> result.hidden(n);
              case "output_size" -> result.out(n);
              default -> result.pattern(n);
            };
      }
    }
    // The inputs tell these sizes.
    v.skip("stored_pattern_size", "pattern_projection_size");
    result =
        result
            .statics(
                v.flag("stored_pattern_as_static", false),
                v.flag("state_pattern_as_static", false),
                v.flag("pattern_projection_as_static", false))
            .bias(v.flag("input_bias", true))
            .outProjection(!v.flag("disable_out_projection", false));
    if (v.flag("pattern_projection_as_connected", false)) {
      result = result.connected();
    }
    if (v.flag("concat_bias_pattern", false)) {
      throw new NndException(
          "the hyper-parameter 'concat_bias_pattern' is true: the official code then has the"
              + " parameters bias_k and bias_v and does not use them; expected false");
    }
    return v.flag("add_zero_association", false) ? result.zeroPattern() : result;
  }

  private static <T extends Layer & HopfieldOptions<T>> T normed(Vector v, T layer) {
    return layer
        .storedNorm(norm(v, "normalize_stored_pattern", true))
        .stateNorm(norm(v, "normalize_state_pattern", true))
        .projectionNorm(norm(v, "normalize_pattern_projection", true))
        .spaceNorm(norm(v, "normalize_hopfield_space", false));
  }

  private static PatternNorm norm(Vector v, String name, boolean usual) {
    boolean wanted = v.flag(name, usual);
    boolean affine = v.flag(name + "_affine", wanted && usual);
    double eps = v.real(name + "_eps", v.real("layer_norm_eps", 1e-5));
    PatternNorm norm = wanted ? affine ? PatternNorm.AFFINE : PatternNorm.PLAIN : PatternNorm.NONE;
    return norm.eps(eps);
  }

  // Product keys.

  private static Subject productKeys(Vector v, boolean flat) {
    v.skip("input_dim", "size", "n_indices", "implementation", "product_quantization");
    int out = v.has("v_dim") && v.number("v_dim") > 0 ? v.number("v_dim") : v.number("output_dim");
    v.skip("output_dim", "values_optimizer", "sparse", "query_net_learn");
    int knn = v.number("knn", 32);
    ProductKeyMemory memory =
        Memories.productKeyMemory(out)
            .keys(v.number("n_keys", 512))
            .keySize(v.number("k_dim", 256))
            .heads(v.number("heads", 4))
            .knn(knn)
            .keys(v.flag("keys_learn", true), v.text("keys_type", "uniform").equals("gaussian"));
    v.skip("keys_normalized_init", "value_zero_init", "share_values");
    memory = flat ? memory.flat() : memory;
    memory = v.flag("use_different_keys", true) ? memory : memory.sharedKeys();
    memory = v.flag("normalize_query", false) ? memory.normalizeQuery() : memory;
    memory = memory.query(queries(v)).scoring(scoring(v));
    memory =
        memory.values(
            new ProductKeyMemory.Values(
                Optional.empty(),
                Math.max(0, v.number("modulo_size", 0)),
                v.flag("shuffle_indices", false),
                false,
                true));
    memory = memory.dropout(rates(v));
    return Subject.layer(only(v, memory.withSelection()));
  }

  private static ProductKeyMemory.Rates rates(Vector v) {
    return new ProductKeyMemory.Rates(
        v.real("input_dropout", 0), v.real("query_dropout", 0), v.real("value_dropout", 0));
  }

  private static QueryNetwork queries(Vector v) {
    List<Integer> sizes = new ArrayList<>();
    boolean projected = true;
    if (v.isList("query_layer_sizes")) {
      Arrays.stream(v.numbers("query_layer_sizes")).forEach(sizes::add);
      projected = !sizes.isEmpty();
    } else if (v.has("query_layer_sizes")) {
      projected = !v.text("query_layer_sizes").isEmpty();
      for (String size : v.text("query_layer_sizes").split(",")) {
        if (projected) {
          sizes.add(Integer.parseInt(size.strip()));
        }
      }
    }
    // The first and last size stand for those of inputs and queries.
    List<Integer> hidden = sizes.size() > 2 ? sizes.subList(1, sizes.size() - 1) : List.of();
    List<Integer> kernels = new ArrayList<>();
    if (v.flag("input2d", false)) {
      int count = hidden.size() + 1;
      if (v.isList("query_kernel_sizes")) {
        Arrays.stream(v.numbers("query_kernel_sizes")).forEach(kernels::add);
      } else {
        for (int i = 0; i < count; i++) {
          kernels.add(1);
        }
      }
    }
    v.skip("query_kernel_sizes").expect("query_residual", false).expect("grouped_conv", false);
    return new QueryNetwork(
        projected,
        hidden,
        kernels,
        v.flag("query_bias", true),
        v.flag("query_batchnorm", false),
        v.flag("multi_query_net", false),
        v.flag("shuffle_query", false),
        !v.flag("query_detach_input", false));
  }

  private static Scoring scoring(Vector v) {
    String subtract = v.text("score_subtract", "");
    Scoring.Subtract what =
        switch (subtract) {
          case "" -> Scoring.Subtract.NOTHING;
          case "min" -> Scoring.Subtract.MIN;
          case "mean" -> Scoring.Subtract.MEAN;
          case "median" -> Scoring.Subtract.MEDIAN;
          default ->
              throw new NndException(
                  "the hyper-parameter 'score_subtract' is \"%s\", expected min, mean, median or"
                          .formatted(subtract)
                      + " nothing");
        };
    return new Scoring(
        v.real("temperature", 1),
        v.flag("score_softmax", true),
        what,
        v.flag("score_normalize", false));
  }

  private static Subject memoryPlus(Vector v) {
    v.skip("input_dim", "share_values", "value_fixed_lr");
    boolean peer = v.flag("peer_variant", false);
    int out = v.number("output_dim");
    MemoryPlus memory = peer ? Memories.peer(out) : Memories.memoryPlus(out);
    memory =
        memory
            .keys(v.number("n_keys", 1024))
            .keySize(v.number("k_dim", 512))
            .heads(v.number("heads", 4))
            .knn(v.number("knn", 32))
            .gate(v.flag("swilu_projection", true), v.flag("gated", false))
            .query(v.flag("query_bias", true), v.flag("query_batchnorm", false))
            .dropout(rates(v));
    if (v.number("v_dim", -1) > 0) {
      memory = memory.valueSize(v.number("v_dim"));
    }
    return Subject.layer(only(v, memory.withSelection()));
  }

  private static Subject pkm(Vector v) {
    v.skip("dim");
    Pkm memory =
        Memories.pkm()
            .keys(v.number("num_keys", 128))
            .headSize(v.number("dim_head", 128))
            .heads(v.number("heads", 4))
            .topk(v.number("topk", 32))
            .norms(v.flag("pre_layernorm", false), v.flag("norm_output", false))
            .dropout(
                new Pkm.Rates(
                    v.real("input_dropout", 0),
                    v.real("query_dropout", 0),
                    v.real("value_dropout", 0),
                    v.real("attn_dropout", 0)));
    v.expect("use_layernorm", true).expect("differentiable_topk", false);
    memory = v.flag("concat_values_and_combine", false) ? memory.concatHeads() : memory;
    memory = v.flag("non_competitive_gates", false) ? memory.nonCompetitiveGates() : memory;
    return Subject.layer(memory);
  }

  /** A layer's outputs as far as the case has them. */
  private static Layer only(Vector v, Layer layer) {
    return network(
        "selected",
        inputs -> {
          Tensors all = inline(layer).apply(inputs);
          Map<String, Tensor> some = new LinkedHashMap<>();
          for (String name : all.names()) {
            if (v.contains("out." + name)) {
              some.put(name, all.get(name));
            }
          }
          return Tensors.of(some);
        });
  }
}
