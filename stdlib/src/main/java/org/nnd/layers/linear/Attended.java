package org.nnd.layers.linear;

import java.util.Optional;
import org.nnd.dsl.Tensor;

/**
 * The answers to the queries and, from recurrent forms, the state after the last of them.
 *
 * @param y {@code [N, heads, L, values]}
 */
public record Attended(Tensor y, Optional<AttentionState> state) {
  static Attended of(Tensor y, AttentionState state) {
    return new Attended(y, Optional.of(state));
  }

  static Attended only(Tensor y) {
    return new Attended(y, Optional.empty());
  }

  /** {@return the state, of a recurrent form} */
  public AttentionState last() {
    return state.orElseThrow();
  }
}
