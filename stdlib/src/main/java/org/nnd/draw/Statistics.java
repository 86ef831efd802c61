package org.nnd.draw;

import org.nnd.ir.Literal;

/**
 * What a tensor's elements are like. Least, greatest, mean and deviation are of the finite ones
 * alone, NaN where there is none.
 *
 * @param finite how many elements are numbers
 * @param nan how many are not-a-number
 * @param infinite how many are infinite
 * @param zeros how many are zero
 * @param deviation the square root of the mean squared distance from the mean
 */
record Statistics(
    long finite,
    long nan,
    long infinite,
    long zeros,
    double least,
    double greatest,
    double mean,
    double deviation) {

  static Statistics of(Literal value) {
    long nan = 0;
    long infinite = 0;
    long zeros = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = value.count();
    for (int i = 0; i < count; i++) {
      double v = value.get(i);
      if (Double.isFinite(v)) {
        least = Math.min(least, v);
        greatest = Math.max(greatest, v);
        sum += v;
        zeros += v == 0 ? 1 : 0;
      } else if (Double.isNaN(v)) {
        nan++;
      } else {
        infinite++;
      }
    }
    long finite = count - nan - infinite;
    if (finite == 0) {
      return new Statistics(0, nan, infinite, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double mean = sum / finite;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double v = value.get(i);
      squares += Double.isFinite(v) ? (v - mean) * (v - mean) : 0;
    }
    return new Statistics(
        finite, nan, infinite, zeros, least, greatest, mean, Math.sqrt(squares / finite));
  }

  /** {@return the largest magnitude of a finite element} */
  double magnitude() {
    return Math.max(Math.abs(least), Math.abs(greatest));
  }
}
