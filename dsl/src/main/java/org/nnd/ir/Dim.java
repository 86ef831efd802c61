package org.nnd.ir;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The extent of an axis: a polynomial in the batch size {@code N} with integer coefficients, almost
 * always a plain number or a multiple of {@code N}. Closed under what shape rules need: sum,
 * difference, product and exact quotient.
 */
public final class Dim {
  /** The batch size itself. */
  public static final Dim BATCH = new Dim(new long[] {0, 1});

  public static final Dim ONE = of(1);
  public static final Dim ZERO = of(0);

  private static final Pattern TERM =
      Pattern.compile("([+-]?)([0-9]{0,18})(N(?:\\^([0-9]{1,2}))?)?");

  /** Coefficients from degree 0 up, without trailing zeros (zero itself keeps one entry). */
  private final long[] coefficients;

  private Dim(long[] coefficients) {
    int length = coefficients.length;
    while (length > 1 && coefficients[length - 1] == 0) {
      length--;
    }
    this.coefficients = Arrays.copyOf(coefficients, length);
  }

  public static Dim of(long size) {
    return new Dim(new long[] {size});
  }

  /**
   * {@return the extent that {@link #toString} prints as {@code text}, such as {@code 2N+1}}
   *
   * @throws NndException if it is not an extent
   */
  public static Dim parse(String text) {
    Matcher term = TERM.matcher(text);
    Dim sum = ZERO;
    int end = 0;
    while (end < text.length() && term.find(end) && term.start() == end) {
      String sign = term.group(1);
      String digits = term.group(2);
      boolean hasN = term.group(3) != null;
      if (digits.isEmpty() && !hasN || end > 0 && sign.isEmpty()) {
        break;
      }
      long coefficient = digits.isEmpty() ? 1 : Long.parseLong(digits);
      Dim power = ONE;
      int degree = !hasN ? 0 : term.group(4) == null ? 1 : Integer.parseInt(term.group(4));
      for (int i = 0; i < degree; i++) {
        power = power.times(BATCH);
      }
      sum = sum.plus(power.times(sign.equals("-") ? -coefficient : coefficient));
      end = term.end();
    }
    if (end == 0 || end < text.length()) {
      throw new NndException(
          "'" + text + "' is not an extent; expected a number, N, or a sum such as 2N+1");
    }
    return sum;
  }

  /** {@return whether this extent does not depend on the batch size} */
  public boolean isFixed() {
    return coefficients.length == 1;
  }

  /**
   * {@return the number this extent is} Throws {@link IllegalStateException} if it is not fixed.
   */
  public int fixed() {
    if (!isFixed()) {
      throw new IllegalStateException("the extent " + this + " depends on the batch size");
    }
    return Math.toIntExact(coefficients[0]);
  }

  public boolean is(long size) {
    return isFixed() && coefficients[0] == size;
  }

  /** {@return the extent for batch size {@code n}} */
  public long at(long n) {
    long value = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      value = Math.addExact(Math.multiplyExact(value, n), coefficients[i]);
    }
    return value;
  }

  /** {@return the coefficient of {@code N} to the given power} */
  public long coefficient(int power) {
    return power < coefficients.length ? coefficients[power] : 0;
  }

  /** {@return the highest power of {@code N} in this extent} */
  public int degree() {
    return coefficients.length - 1;
  }

  public Dim plus(Dim other) {
    long[] sum =
        Arrays.copyOf(coefficients, Math.max(coefficients.length, other.coefficients.length));
    for (int i = 0; i < other.coefficients.length; i++) {
      sum[i] = Math.addExact(sum[i], other.coefficients[i]);
    }
    return new Dim(sum);
  }

  public Dim plus(long other) {
    return plus(of(other));
  }

  public Dim minus(Dim other) {
    return plus(other.times(-1));
  }

  public Dim minus(long other) {
    return plus(-other);
  }

  public Dim times(Dim other) {
    long[] product = new long[coefficients.length + other.coefficients.length - 1];
    for (int i = 0; i < coefficients.length; i++) {
      for (int j = 0; j < other.coefficients.length; j++) {
        product[i + j] =
            Math.addExact(
                product[i + j], Math.multiplyExact(coefficients[i], other.coefficients[j]));
      }
    }
    return new Dim(product);
  }

  public Dim times(long other) {
    return times(of(other));
  }

  /** {@return whether {@code divisor} divides this extent for every batch size} */
  public boolean isDivisibleBy(Dim divisor) {
    return quotient(divisor) != null;
  }

  /** {@return the exact quotient} Throws {@link IllegalArgumentException} if there is none. */
  public Dim dividedBy(Dim divisor) {
    Dim quotient = quotient(divisor);
    if (quotient == null) {
      throw new IllegalArgumentException(divisor + " does not divide " + this);
    }
    return quotient;
  }

  public Dim dividedBy(long divisor) {
    return dividedBy(of(divisor));
  }

  /** Polynomial long division; null where a remainder is left. */
  private Dim quotient(Dim divisor) {
    long[] rest = coefficients.clone();
    int steps = coefficients.length - divisor.coefficients.length;
    long lead = divisor.coefficients[divisor.degree()];
    if (lead == 0) {
      return null;
    }
    long[] quotient = new long[Math.max(steps, 0) + 1];
    for (int step = steps; step >= 0; step--) {
      long top = rest[step + divisor.degree()];
      if (top % lead != 0) {
        return null;
      }
      quotient[step] = top / lead;
      for (int i = 0; i < divisor.coefficients.length; i++) {
        rest[step + i] -= quotient[step] * divisor.coefficients[i];
      }
    }
    return Arrays.stream(rest).allMatch(c -> c == 0) ? new Dim(quotient) : null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dim dim && Arrays.equals(coefficients, dim.coefficients);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(coefficients);
  }

  /** Prints {@code 28}, {@code N}, {@code 49N}, {@code N^2+3}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int power = degree(); power >= 0; power--) {
      long c = coefficients[power];
      if (c == 0 && degree() > 0) {
        continue;
      }
      if (c >= 0 && !text.isEmpty()) {
        text.append('+');
      }
      if (power == 0) {
        text.append(c);
      } else {
        text.append(c == 1 ? "" : c == -1 ? "-" : String.valueOf(c)).append('N');
        text.append(power == 1 ? "" : "^" + power);
      }
    }
    return text.toString();
  }
}
