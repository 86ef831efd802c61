package org.nnd.bench.suites;

import static org.nnd.bench.suites.Operands.data;
import static org.nnd.bench.suites.Operands.forward;
import static org.nnd.bench.suites.Operands.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.bench.Case;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.ir.composite.Attention;
import org.nnd.layers.linear.DeltaRule;
import org.nnd.layers.linear.LinearAttention;
import org.nnd.layers.linear.LinearAttentions;

/**
 * Attention and its relatives on {@code [batch, heads, length, features]}, without projections but
 * for linear attention, whose layer has them.
 */
final class Attentions {
  private static final int FEATURES = 64;
  private static final int HEADS = 8;
  private static final int CHUNK = 64;

  private Attentions() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int length : new int[] {64, 256, 1024, 4096}) {
      cases.addAll(cases(HEADS, length, FEATURES));
    }
    return cases;
  }

  static List<Case> cases(int heads, int length, int features) {
    String size = ", %d heads, %d x %d".formatted(heads, length, features);
    return List.of(
        new Case("attention" + size, () -> forward(attention(heads, length, features, false))),
        new Case(
            "causal attention" + size, () -> forward(attention(heads, length, features, true))),
        new Case("Hopfield, 1 update" + size, () -> forward(hopfield(heads, length, features, 1))),
        new Case("Hopfield, 3 updates" + size, () -> forward(hopfield(heads, length, features, 3))),
        linear(
            "linear attention" + size, LinearAttentions.linearAttention(heads), length, features),
        linear(
            "causal linear attention" + size,
            LinearAttentions.linearAttention(heads).causal(),
            length,
            features),
        new Case("delta rule" + size, () -> forward(deltaRule(heads, length, features))));
  }

  private static Node of(String name, int heads, int length, int features) {
    return data(name, 1, heads, length, features);
  }

  private static Node attention(int heads, int length, int features, boolean causal) {
    return Attention.attention(
        of("q", heads, length, features),
        of("k", heads, length, features),
        of("v", heads, length, features),
        Optional.empty(),
        1 / Math.sqrt(features),
        causal);
  }

  /** States move to the patterns that they resemble (Ramsauer et al. 2021, eq. 3). */
  private static Node hopfield(int heads, int length, int features, int updates) {
    Node patterns = of("patterns", heads, length, features);
    Node state = of("state", heads, length, features);
    for (int i = 0; i < updates; i++) {
      state =
          Attention.attention(
              state, patterns, patterns, Optional.empty(), 1 / Math.sqrt(features), false);
    }
    return state;
  }

  private static Case linear(String name, LinearAttention layer, int length, int features) {
    Shape tokens = Shape.of(1, length, (long) layer.heads() * features);
    return new Case(name, () -> Networks.predict(layer, Map.of("x", tokens)));
  }

  private static Node deltaRule(int heads, int length, int features) {
    return DeltaRule.chunked(
            tensor(of("q", heads, length, features)),
            tensor(of("k", heads, length, features)).mul(1 / Math.sqrt(features)),
            tensor(of("v", heads, length, features)),
            tensor(data("beta", 1, heads, length, 1)).sigmoid(),
            Optional.empty(),
            CHUNK)
        .y()
        .node();
  }
}
