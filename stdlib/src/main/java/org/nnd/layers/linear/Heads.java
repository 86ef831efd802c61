package org.nnd.layers.linear;

import java.util.Optional;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.layers.Expect;

/** Tokens {@code [N, L, heads d]} as {@code [N, heads, L, d]}, and what layers expect of them. */
final class Heads {
  static final String WEIGHTS = "memory";
  static final String KEY_SUM = "key_sum";

  private Heads() {}

  static Tensor split(Tensor x, int heads) {
    return x.reshape(x.dim(0), x.dim(1), Dim.of(heads), x.dim(2).dividedBy(heads)).transpose(1, 2);
  }

  static Tensor join(Tensor x) {
    return x.transpose(1, 2).flatten(2);
  }

  /** {@return the number of features of tokens} */
  static int width(Lowering at, String layer, Tensor x) {
    Expect.rank(at, layer, x, 3, "tokens [N, length, features]");
    Expect.floats(at, layer, x);
    Expect.fixed(at, layer, x, 1, "tokens");
    return Expect.fixed(at, layer, x, 2, "features");
  }

  /** {@return the inputs that are tokens: not masks, not what was remembered} */
  static Tensors tokens(Tensors inputs) {
    Tensors main = inputs.main();
    Tensors tokens = null;
    for (String name : main.names()) {
      if (!name.equals(WEIGHTS) && !name.equals(KEY_SUM)) {
        Tensor token = main.get(name);
        tokens = tokens == null ? Tensors.of(name, token) : tokens.with(name, token);
      }
    }
    return tokens == null ? main : tokens;
  }

  /** {@return 1 where a token counts, {@code [N, 1, S, 1]}} */
  static Optional<Tensor> counting(Lowering at, String layer, Tensors inputs, Tensor keys) {
    return inputs
        .find("mask")
        .map(
            mask -> {
              Expect.dtype(at, layer + ": the mask", mask, DType.BOOL);
              if (!mask.shape().equals(keys.shape().slice(0, 2))) {
                throw at.error(
                    "%s: the mask must be [N, length] = %s, got %s",
                    layer, keys.shape().slice(0, 2), mask.shape());
              }
              return counting(mask.cast(keys.dtype()));
            });
  }

  /** {@return a mask of numbers {@code [N, S]} as {@code [N, 1, S, 1]}} */
  static Tensor counting(Tensor mask) {
    return mask.reshape(mask.dim(0), Dim.ONE, mask.dim(1), Dim.ONE);
  }

  /** {@return the state among the inputs, if it is there} */
  static Optional<AttentionState> state(Tensors inputs) {
    return inputs.find(WEIGHTS).map(weights -> new AttentionState(weights, inputs.find(KEY_SUM)));
  }

  /** {@return the answers, and the state beside them if it is wanted} */
  static Tensors outputs(Tensor y, Attended answers, boolean streaming) {
    Tensors outputs = Tensors.of(y);
    if (!streaming) {
      return outputs;
    }
    AttentionState state = answers.last();
    Tensors all = outputs.with(WEIGHTS, state.weights());
    return state.keySum().map(sum -> all.with(KEY_SUM, sum)).orElse(all);
  }
}
