package org.nnd.tests.onnx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.nnd.ir.Literal;
import org.nnd.onnx.imports.Value;

/**
 * Whether a value is the one expected: types, shapes, strings and integers exactly, floats to
 * ONNX's own tolerance (1e-3 of the value), or 1e-6 where values are smaller than a thousandth.
 */
final class Agreement {
  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 1e-6;

  /** Half precision has a step of 2^-11. */
  private static final double RELATIVE_HALF = 1e-2;

  private Agreement() {}

  static Optional<String> problem(Value expected, Value found) {
    return switch (expected) {
      case Value.Known known ->
          found instanceof Value.Known other
              ? problem(known, other)
              : Optional.of("expected a tensor, got " + found);
      case Value.Strings strings ->
          found instanceof Value.Strings other
                  && strings.values().equals(other.values())
                  && Arrays.equals(strings.shape(), other.shape())
              ? Optional.empty()
              : Optional.of("expected %s, got %s".formatted(strings, found));
      case Value.Sequence sequence -> {
        if (!(found instanceof Value.Sequence other)
            || other.elements().size() != sequence.elements().size()) {
          yield Optional.of("expected a sequence of %d".formatted(sequence.elements().size()));
        }
        for (int i = 0; i < sequence.elements().size(); i++) {
          Optional<String> problem = problem(sequence.elements().get(i), other.elements().get(i));
          if (problem.isPresent()) {
            yield problem;
          }
        }
        yield Optional.empty();
      }
      case Value.Absent absent ->
          found instanceof Value.Absent ? Optional.empty() : Optional.of("expected nothing");
      case Value.Symbolic symbolic -> throw new IllegalArgumentException("data are known");
    };
  }

  private static Optional<String> problem(Value.Known expected, Value.Known found) {
    Literal e = expected.literal();
    Literal f = found.literal();
    if (expected.type() != found.type() || !Arrays.equals(e.shape(), f.shape())) {
      return Optional.of(
          "expected %s%s, got %s%s"
              .formatted(
                  expected.type(),
                  Arrays.toString(e.shape()),
                  found.type(),
                  Arrays.toString(f.shape())));
    }
    double relative = e.dtype().bytes() == 2 ? RELATIVE_HALF : RELATIVE;
    double absolute =
        ABSOLUTE
            * Arrays.stream(e.toDoubles()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    for (int i = 0; i < e.count(); i++) {
      double x = e.get(i);
      double y = f.get(i);
      boolean same =
          Double.compare(x, y) == 0
              || x == y
              || e.dtype().isFloat()
                  && Math.abs(x - y) <= Math.max(ABSOLUTE, absolute) + relative * Math.abs(x);
      if (!same) {
        return Optional.of(String.format(Locale.ROOT, "element %d is %s, expected %s", i, y, x));
      }
    }
    return Optional.empty();
  }
}
