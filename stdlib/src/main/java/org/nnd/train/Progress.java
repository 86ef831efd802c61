package org.nnd.train;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Is told how far training has come. */
public interface Progress {
  /**
   * Where training stands.
   *
   * @param epoch counted from 1
   * @param epochs how many there will be
   * @param step batches done in this epoch
   * @param steps batches in an epoch
   * @param values loss and metrics, means over the examples of this epoch so far; at its end also
   *     those of the validation data, as {@code validation NAME}
   * @param shares the names of those that are shares
   * @param left the time that the rest of the run will take
   */
  record Report(
      int epoch,
      int epochs,
      long step,
      long steps,
      Map<String, Double> values,
      Set<String> shares,
      double examplesPerSecond,
      Duration left) {

    /** {@return one line: the epoch, the values, the speed} */
    public String text() {
      return ConsoleProgress.head(this) + ConsoleProgress.tail(this);
    }

    /** {@return such as {@code ", 42 s left"}, or nothing while that is not known} */
    public String textOfTimeLeft() {
      return ConsoleProgress.left(this);
    }
  }

  /** Called between steps, several times a second. */
  void step(Report report);

  /** Called at the end of an epoch. */
  void epoch(Report report);

  /** Called when training ends in any way. */
  default void end() {}

  /** {@return a progress that says nothing} */
  static Progress none() {
    return new Progress() {
      @Override
      public void step(Report report) {}

      @Override
      public void epoch(Report report) {}
    };
  }

  /**
   * From now on trainings that are not told otherwise report to what {@code progress} makes for
   * each: at first {@link #console()}, in a notebook a picture.
   */
  static void usual(Supplier<Progress> progress) {
    UsualProgress.set(progress);
  }

  /** {@return a bar on a terminal, a line an epoch elsewhere, on standard output} */
  static Progress console() {
    return new ConsoleProgress(System.out, Terminal.interactive(), Terminal.columns());
  }
}
