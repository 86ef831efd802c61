package org.nnd.ir;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many work-items a kernel runs over in one dimension, as a function of the batch size: {@code
 * ceil(items / per) * times}.
 *
 * @param per at least 1; 1 in an exact size, whose {@code times} is 1 too
 */
public record WorkSize(Dim items, long per, long times) {
  private static final Pattern ROUNDED =
      Pattern.compile("ceil\\(([^ ]+) / ([0-9]+)\\) \\* ([0-9]+)");

  public WorkSize {
    if (items.isFixed()) {
      items = Dim.of(Math.multiplyExact(Math.ceilDiv((long) items.fixed(), per), times));
      per = 1;
      times = 1;
    } else if (items.isDivisibleBy(Dim.of(per))) {
      items = items.dividedBy(per).times(times);
      per = 1;
      times = 1;
    }
  }

  public static WorkSize exactly(Dim items) {
    return new WorkSize(items, 1, 1);
  }

  /** {@return whether this is {@code items}, without rounding} */
  public boolean isExact() {
    return per == 1;
  }

  public long at(long n) {
    return Math.multiplyExact(Math.ceilDiv(items.at(n), per), times);
  }

  /**
   * {@return what {@link #toString} prints as {@code text}}
   *
   * @throws NndException if it is no such text
   */
  static WorkSize parse(String text) {
    Matcher rounded = ROUNDED.matcher(text);
    return rounded.matches()
        ? new WorkSize(
            Dim.parse(rounded.group(1)),
            Long.parseLong(rounded.group(2)),
            Long.parseLong(rounded.group(3)))
        : exactly(Dim.parse(text));
  }

  /** Prints {@code 32N} or {@code ceil(10N / 64) * 64}. */
  @Override
  public String toString() {
    return isExact() ? items.toString() : "ceil(%s / %d) * %d".formatted(items, per, times);
  }
}
