package org.nnd.train;

import org.nnd.ir.NndException;

/** How the learning rate changes in the course of training: a factor for every step. */
@FunctionalInterface
public interface Schedule {
  /**
   * Where training stands.
   *
   * @param step updates made so far
   * @param steps updates in all
   * @param perEpoch updates in an epoch
   */
  record Position(long step, long steps, long perEpoch) {}

  /** {@return what the optimiser's learning rate is multiplied by} */
  double factor(Position at);

  /** {@return the optimiser's learning rate all the time} */
  static Schedule constant() {
    return new Constant();
  }

  /** {@return a factor of {@code gamma} more after every so many epochs} */
  static Schedule step(int epochs, double gamma) {
    return new Step(epochs, gamma);
  }

  /** {@return half a cosine from 1 down to 0 (Loshchilov and Hutter 2017, equation 5)} */
  static Cosine cosine() {
    return new Cosine(0);
  }

  /** {@return up and down again in one cycle (Smith and Topin 2019), as PyTorch's OneCycleLR} */
  static OneCycle oneCycle() {
    return new OneCycle(0.3, 25, 1e4);
  }

  /** {@return {@code steps} steps of a straight rise, then another schedule for the rest} */
  static Schedule warmUp(long steps, Schedule then) {
    return new WarmUp(steps, then);
  }

  record Constant() implements Schedule {
    @Override
    public double factor(Position at) {
      return 1;
    }

    @Override
    public String toString() {
      return "constant()";
    }
  }

  record Step(int epochs, double gamma) implements Schedule {
    public Step {
      if (epochs < 1) {
        throw new NndException("step: expected at least 1 epoch, got " + epochs);
      }
    }

    @Override
    public double factor(Position at) {
      return StrictMath.pow(gamma, at.step() / (at.perEpoch() * epochs));
    }

    @Override
    public String toString() {
      return "step(" + epochs + ", " + gamma + ")";
    }
  }

  /** Ends at {@code last} times the learning rate. */
  record Cosine(double last) implements Schedule {
    /** {@return this ending at {@code factor} times the optimiser's learning rate} */
    public Cosine to(double factor) {
      return new Cosine(factor);
    }

    @Override
    public double factor(Position at) {
      double done = Math.min(1, at.step() / (double) Math.max(1, at.steps()));
      return last + (1 - last) * (1 + StrictMath.cos(Math.PI * done)) / 2;
    }

    @Override
    public String toString() {
      return "cosine()" + (last == 0 ? "" : ".to(" + last + ")");
    }
  }

  /**
   * From {@code 1 / start} to 1 and on to {@code 1 / (start end)}, both along half a cosine.
   *
   * @param rise the share of the steps that goes up
   */
  record OneCycle(double rise, double start, double end) implements Schedule {
    public OneCycle {
      if (!(rise > 0 && rise < 1)) {
        throw new NndException("oneCycle: the rise must lie between 0 and 1, got " + rise);
      }
    }

    /** {@return this rising for this share of the steps; 0.3 unless told} */
    public OneCycle rise(double share) {
      return new OneCycle(share, start, end);
    }

    @Override
    public double factor(Position at) {
      double top = rise * at.steps() - 1;
      double bottom = Math.max(at.steps() - 1.0, top + 1);
      double first = 1 / start;
      return at.step() <= top
          ? between(first, 1, at.step() / Math.max(top, 1e-9))
          : between(1, first / end, Math.min(1, (at.step() - top) / (bottom - top)));
    }

    private static double between(double from, double to, double share) {
      return to + (from - to) / 2 * (1 + StrictMath.cos(Math.PI * share));
    }

    @Override
    public String toString() {
      return "oneCycle()" + (rise == 0.3 ? "" : ".rise(" + rise + ")");
    }
  }

  record WarmUp(long steps, Schedule then) implements Schedule {
    public WarmUp {
      if (steps < 0) {
        throw new NndException("warmUp: a negative number of steps, " + steps);
      }
    }

    @Override
    public double factor(Position at) {
      return at.step() < steps
          ? (at.step() + 1.0) / steps
          : then.factor(
              new Position(at.step() - steps, Math.max(1, at.steps() - steps), at.perEpoch()));
    }

    @Override
    public String toString() {
      return "warmUp(" + steps + ", " + then + ")";
    }
  }
}
