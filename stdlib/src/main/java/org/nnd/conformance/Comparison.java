package org.nnd.conformance;

import java.util.Arrays;
import org.nnd.ir.Literal;

/**
 * A tensor against its reference: the largest absolute error and what is tolerated. {@code problem}
 * is empty unless the two cannot be compared.
 */
public record Comparison(String tensor, double error, double tolerance, String problem) {
  static Comparison missing(String tensor, Iterable<String> given) {
    return failed(tensor, "it is missing; computed are " + String.join(", ", given));
  }

  private static Comparison failed(String tensor, String problem) {
    return new Comparison(tensor, Double.POSITIVE_INFINITY, 0, problem);
  }

  /** Compares integers exactly, whatever the tolerance. */
  static Comparison of(String tensor, Literal expected, Literal got, double tolerance) {
    if (!Arrays.equals(expected.shape(), got.shape())) {
      return failed(
          tensor,
          "its shape is %s, expected %s"
              .formatted(Arrays.toString(got.shape()), Arrays.toString(expected.shape())));
    }
    if (expected.dtype().isFloat() != got.dtype().isFloat()) {
      return failed(tensor, "its type is %s, expected %s".formatted(got.dtype(), expected.dtype()));
    }
    double largest = 0;
    for (int i = 0; i < expected.count(); i++) {
      double error = error(got.get(i), expected.get(i));
      if (!Double.isFinite(error)) {
        return failed(
            tensor, "element %d is %s, expected %s".formatted(i, got.get(i), expected.get(i)));
      }
      largest = Math.max(largest, error);
    }
    return new Comparison(tensor, largest, expected.dtype().isFloat() ? tolerance : 0, "");
  }

  /** Equal infinities do not differ. */
  private static double error(double got, double expected) {
    return got == expected ? 0 : Math.abs(got - expected);
  }

  public boolean passed() {
    return problem.isEmpty() && error <= tolerance;
  }

  /** {@return the error as a multiple of what is tolerated} */
  public double ratio() {
    return error == 0 ? 0 : error / tolerance;
  }
}
