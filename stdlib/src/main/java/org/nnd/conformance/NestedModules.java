package org.nnd.conformance;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.network;
import static org.nnd.layers.nested.Nested.matryoshka;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;
import org.nnd.layers.nested.Matryoshka;
import org.nnd.train.CrossEntropy;
import org.nnd.train.Loss;

/** Matryoshka heads and their loss. */
final class NestedModules {
  private static final String REFERENCE = "ref.loss_per_granularity";

  private NestedModules() {}

  static Map<String, Function<Vector, Subject>> subjects() {
    Map<String, Function<Vector, Subject>> table = new LinkedHashMap<>();
    table.put("MRL.py:MRL_Linear_Layer", NestedModules::heads);
    table.put("MRL.py:Matryoshka_CE_Loss", NestedModules::heads);
    return table;
  }

  /** Head and loss together: logits by width as far as the case has them, and the loss. */
  private static Subject heads(Vector c) {
    int[] widths = c.numbers("nesting_list");
    Matryoshka heads = matryoshka(c.number("num_classes", 1000), widths).bias(c.flag("bias", true));
    Matryoshka head = c.flag("efficient", false) ? heads.efficient() : heads;
    CrossEntropy each = Loss.crossEntropy().smoothing(c.real("label_smoothing", 0));
    double[] weights = c.has("relative_importance") ? c.reals("relative_importance") : ones(widths);
    if (weights.length != widths.length) {
      throw new NndException(
          "relative_importance has %d numbers for %d widths"
              .formatted(weights.length, widths.length));
    }
    if (!c.contains("in.target")) {
      return Subject.layer(named("head", head));
    }
    Layer head0 = named("head", head);
    return Subject.layer(network("mrl", in -> outputs(c, head0, each, weights, in)));
  }

  private static double[] ones(int[] widths) {
    double[] ones = new double[widths.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Tensors outputs(
      Vector c, Layer head, CrossEntropy each, double[] weights, Tensors in) {
    Tensors logits = head.apply(Tensors.of("x", in.get("x")));
    Tensors target = Tensors.of("target", in.get("target"));
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (String name : logits.names()) {
      if (c.contains("out." + name)) {
        outputs.put(name, logits.get(name));
      }
    }
    outputs.put("loss", Loss.weighted(each, weights).of(logits, target));
    if (c.contains(REFERENCE)) {
      List<Tensor> losses =
          logits.list().stream().map(l -> each.of(l, target.get(0)).reshape(1)).toList();
      outputs.put(REFERENCE, Tensor.concat(0, losses));
    }
    return Tensors.of(outputs);
  }
}
