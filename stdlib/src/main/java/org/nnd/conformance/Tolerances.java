package org.nnd.conformance;

import java.util.HashMap;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** How far a tensor of a case may be from its reference. */
final class Tolerances {
  private static final double RELATIVE = 1e-9;

  /** Half a unit in the last place of f32, for references that are stored so. */
  private static final double STORED = 6e-8;

  private final Vector vector;
  private final boolean exact;
  private final Map<String, Double> largest = new HashMap<>();

  private Tolerances(Vector vector, boolean exact) {
    this.vector = vector;
    this.exact = exact;
  }

  /** 1e-9 of the largest value of the tensor; for gradients, of all gradients of the case. */
  static Tolerances ofReference(Vector vector) {
    return new Tolerances(vector, true);
  }

  /**
   * The manifest's; where it has none for a tensor its rule: 10 times the error of the official
   * implementation in f32 where that is stored, 2e-5 of the largest value, 2e-6 of the largest
   * among the outputs or gradients of the case, 1e-7.
   */
  static Tolerances ofDevice(Vector vector) {
    return new Tolerances(vector, false);
  }

  double of(String tensor, Literal expected) {
    double scale = Literals.largest(expected);
    String kind = tensor.substring(0, tensor.indexOf('.'));
    if (exact && !gauge(tensor)) {
      double relative = expected.dtype() == DType.F32 ? STORED : RELATIVE;
      return kind.equals("grad")
          ? Math.max(relative * scale, RELATIVE * largest(kind))
          : relative * scale;
    }
    return vector.tolerance(tensor).orElseGet(() -> rule(tensor, kind, expected, scale));
  }

  /** A parameter whose true gradient is zero: an optimiser that normalises moves it on noise. */
  private boolean gauge(String tensor) {
    return tensor.startsWith("after.p.")
        && Trajectory.gauges(vector).contains(tensor.substring("after.p.".length()));
  }

  private double rule(String tensor, String kind, Literal expected, double scale) {
    double atol = Math.max(2e-5 * scale, 1e-7);
    if (kind.equals("grad") || kind.equals("out")) {
      atol = Math.max(atol, 2e-6 * largest(kind));
    }
    String official = tensor.replaceFirst("^out\\.", "out32.");
    if (kind.equals("out") && vector.contains(official)) {
      double off = Comparison.of(tensor, expected, vector.tensor(official), 0).error();
      atol = Double.isFinite(off) ? Math.max(atol, 10 * off) : atol;
    }
    return atol;
  }

  private double largest(String kind) {
    return largest.computeIfAbsent(
        kind,
        k ->
            vector.under(k).values().stream()
                .filter(value -> value.dtype().isFloat())
                .mapToDouble(Literals::largest)
                .max()
                .orElse(0));
  }
}
