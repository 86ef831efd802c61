package org.nnd.layers.memory;

import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.layers.Activation;

/**
 * The options of the Hopfield layers, those of the official implementation (Ramsauer et al. 2021).
 *
 * @param sizes of the patterns
 * @param heads associations side by side
 * @param updates of the state
 * @param norms of the patterns
 * @param statics which patterns are used without a projection
 * @param extras what else goes into the association
 */
public record Association(
    Sizes sizes, int heads, Updates updates, Norms norms, Statics statics, Extras extras) {
  static final Association STANDARD =
      new Association(
          new Sizes(0, 0, 0, 0, 0, 0),
          1,
          new Updates(List.of(), List.of(0), List.of(1e-4)),
          new Norms(PatternNorm.AFFINE, PatternNorm.AFFINE, PatternNorm.AFFINE, PatternNorm.NONE),
          new Statics(false, false, false, false),
          new Extras(true, false, false, true, 0, Optional.empty()));

  public Association {
    Check.positive("hopfield", "the number of heads", heads);
    fits("beta", updates.beta.size(), heads, true);
    fits("the number of updates", updates.most.size(), heads, false);
    fits("eps of the updates", updates.eps.size(), heads, false);
  }

  private static void fits(String option, int count, int heads, boolean orNone) {
    if (count != 1 && count != heads && !(orNone && count == 0)) {
      throw Check.error(
          "hopfield: %s must be one number or one for each of the %d heads, got %d numbers",
          option, heads, count);
    }
  }

  /**
   * Features of patterns; 0: those of the input, or the default.
   *
   * @param input of the state patterns, where the input does not tell
   * @param hidden per head of the association space; by default input / heads
   * @param output of the result; by default input
   * @param pattern per head of the projected patterns; by default hidden
   * @param stored of the stored patterns, where these are trained
   * @param projection of the pattern projection, where this is trained
   */
  public record Sizes(int input, int hidden, int output, int pattern, int stored, int projection) {
    public Sizes {
      for (int size : new int[] {input, hidden, output, pattern, stored, projection}) {
        Check.notNegative("hopfield", "a size", size);
      }
    }
  }

  /**
   * How the state moves.
   *
   * @param beta inverse temperature: none for 1 / √hidden, one number, or one per head
   * @param most updates after the first association, one number or one per head; -1: as many as it
   *     takes
   * @param eps a head stops when its associations change by no more than this (Frobenius norm, the
   *     largest of the batch)
   */
  public record Updates(List<Double> beta, List<Integer> most, List<Double> eps) {
    public Updates {
      beta = List.copyOf(beta);
      most = List.copyOf(most);
      eps = List.copyOf(eps);
      most.forEach(
          n -> {
            if (n < -1) {
              throw Check.error(
                  "hopfield: the number of updates must not be negative, got %d;"
                      + " untilStable() has no limit",
                  n);
            }
          });
      eps.forEach(value -> Check.positive("hopfield", "eps of the updates", value));
      beta.forEach(value -> Check.positive("hopfield", "beta", value));
    }

    /** {@return beta of a head} */
    double beta(int head, double usual) {
      return beta.isEmpty() ? usual : beta.get(Math.min(head, beta.size() - 1));
    }

    int most(int head) {
      return most.get(Math.min(head, most.size() - 1));
    }

    double eps(int head) {
      return eps.get(Math.min(head, eps.size() - 1));
    }
  }

  /** Norms of the inputs, and of states and stored patterns in the association space. */
  public record Norms(
      PatternNorm stored, PatternNorm state, PatternNorm projection, PatternNorm space) {}

  /**
   * Patterns without a projection of their own.
   *
   * @param connected whether the pattern projection goes through that of the stored patterns first
   */
  public record Statics(boolean stored, boolean state, boolean projection, boolean connected) {
    boolean all() {
      return stored && state && projection && !connected;
    }
  }

  /**
   * @param bias of the projections
   * @param biasPattern whether a trained pattern is stored besides the others
   * @param zeroPattern whether zeros are stored besides the others
   * @param outProjection whether the heads are mixed at the end
   * @param dropout rate for the association matrix
   */
  public record Extras(
      boolean bias,
      boolean biasPattern,
      boolean zeroPattern,
      boolean outProjection,
      double dropout,
      Optional<Activation> activation) {
    public Extras {
      Check.fraction("hopfield", "dropout", dropout);
    }
  }

  /** {@return whether there is nothing to train} */
  boolean isPlain() {
    return statics.all() && !norms.space.wanted() && !extras.outProjection;
  }

  Association with(Sizes value) {
    return new Association(value, heads, updates, norms, statics, extras);
  }

  Association with(Updates value) {
    return new Association(sizes, heads, value, norms, statics, extras);
  }

  Association with(Norms value) {
    return new Association(sizes, heads, updates, value, statics, extras);
  }

  Association with(Statics value) {
    return new Association(sizes, heads, updates, norms, value, extras);
  }

  Association with(Extras value) {
    return new Association(sizes, heads, updates, norms, statics, value);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    option(text, "heads", heads == 1 ? "" : String.valueOf(heads));
    option(text, "beta", list(updates.beta));
    option(text, "steps", updates.most.equals(List.of(0)) ? "" : list(updates.most));
    option(text, "inputSize", size(sizes.input));
    option(text, "hidden", size(sizes.hidden));
    option(text, "out", size(sizes.output));
    option(text, "pattern", size(sizes.pattern));
    option(text, "dropout", extras.dropout == 0 ? "" : String.valueOf(extras.dropout));
    extras.activation.ifPresent(a -> option(text, "activation", "\"" + a.function() + "\""));
    return text.toString();
  }

  private static void option(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append('.').append(name).append('(').append(value).append(')');
    }
  }

  private static String size(int size) {
    return size == 0 ? "" : String.valueOf(size);
  }

  private static String list(List<?> values) {
    return values.toString().substring(1, values.toString().length() - 1);
  }
}
