package org.nnd.bench;

import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Literal;

/** A work, ready to run again and again. */
public interface Contender extends AutoCloseable {
  /** {@return how it runs, in a few words, such as {@code channels last, traced}; may be empty} */
  String mode();

  /** {@return the seconds that so many runs take, from the start to the end of all} */
  double seconds(int runs);

  /**
   * {@return what a first run gives: outputs by name, and new values of variables as {@code
   * PATH.next}} A peer may leave out what it does not tell.
   */
  Map<String, Literal> results();

  /** {@return the most memory that it needs for weights and values, in bytes, where it knows} */
  Optional<Long> peakBytes();

  /** {@return for how long threads of its own go on spinning after a run, in milliseconds} */
  default long spinMillis() {
    return 4;
  }

  @Override
  void close();
}
