package org.nnd.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.onnx.imports.Unsupported;
import org.nnd.onnx.imports.Value;

/**
 * The outcome of comparing a model's outputs with those expected.
 *
 * @param error the largest error of an output: the largest difference of its elements relative to
 *     the largest finite magnitude expected in it, or to {@link #SMALLEST_SCALE} where that is
 *     larger; infinite where only one of two is a number
 * @param milliseconds the median time of a run
 * @param operator what is not supported; empty if everything is
 * @param remark what is wrong, or was not compared, for people; empty if nothing
 */
public record OnnxCheck(
    Status status, double error, double milliseconds, String operator, String remark) {
  /**
   * Outputs of which nothing larger is expected are compared as if this were: what should be zero
   * may be the difference of two rounded numbers.
   */
  public static final double SMALLEST_SCALE = 1e-3;

  /** How a check ended. */
  public enum Status {
    OK,
    FAIL,
    UNSUPPORTED
  }

  /** {@return the outcome for one model; whatever is wrong with it, this is told in the outcome} */
  public static OnnxCheck of(
      Path model,
      Map<String, Literal> inputs,
      Map<String, Literal> expected,
      OnnxArrays.Naming naming,
      double tolerance,
      int repeat,
      Engine engine) {
    try {
      OnnxFile file = OnnxFile.read(model);
      OnnxGraph graph = file.graph();
      try (OnnxRunner runner = new OnnxRunner(file, engine)) {
        OnnxTiming timing =
            OnnxTiming.of(
                runner, OnnxArrays.values(inputs, graph.arguments(), "in", naming), repeat);
        return compared(
            timing, OnnxArrays.values(expected, graph.outputs(), "out", naming), tolerance);
      }
    } catch (NndException e) {
      return e.getCause() instanceof Unsupported unsupported
          ? new OnnxCheck(
              Status.UNSUPPORTED,
              Double.NaN,
              Double.NaN,
              Refusal.shown(unsupported.operator()),
              e.getMessage())
          : failed(e.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failed("internal error: " + e);
    }
  }

  /** {@return the outcome where there was nothing to compare} */
  public static OnnxCheck failed(String problem) {
    return new OnnxCheck(Status.FAIL, Double.NaN, Double.NaN, "", problem);
  }

  private static OnnxCheck compared(
      OnnxTiming timing, Map<String, Value> expected, double tolerance) {
    if (expected.isEmpty()) {
      return failed("no output has an expected array");
    }
    Map<String, Literal> found = OnnxArrays.arrays(timing.outputs());
    Difference worst = new Difference(0, "");
    for (Map.Entry<String, Literal> entry : OnnxArrays.arrays(expected).entrySet()) {
      Optional<Literal> own = Optional.ofNullable(found.get(entry.getKey()));
      if (own.isEmpty()) {
        return failed(
            "there is no output '%s'; the outputs are %s"
                .formatted(entry.getKey(), found.keySet()));
      }
      if (!Arrays.equals(own.get().shape(), entry.getValue().shape())) {
        return failed(
            "the output '%s' is %s, expected %s"
                .formatted(entry.getKey(), own.get().type(), entry.getValue().type()));
      }
      Difference here = difference(entry.getKey(), own.get(), entry.getValue());
      worst = here.error > worst.error ? here : worst;
    }
    boolean ok = worst.error <= tolerance;
    TreeSet<String> left = new TreeSet<>(found.keySet());
    left.removeAll(expected.keySet());
    String remark = !ok ? worst.where : left.isEmpty() ? "" : "not compared: " + left;
    return new OnnxCheck(
        ok ? Status.OK : Status.FAIL, worst.error, timing.medianMilliseconds(), "", remark);
  }

  /**
   * The largest error of an output.
   *
   * @param where it is and what was expected, for people
   */
  record Difference(double error, String where) {}

  static Difference difference(String name, Literal found, Literal expected) {
    double scale = SMALLEST_SCALE;
    double worst = 0;
    int at = 0;
    for (int i = 0; i < expected.count(); i++) {
      double x = found.get(i);
      double y = expected.get(i);
      if (Double.isFinite(y)) {
        scale = Math.max(scale, Math.abs(y));
      }
      boolean same = x == y || Double.isNaN(x) && Double.isNaN(y);
      double here = same ? 0 : Math.abs(x - y);
      if (Double.isNaN(here)) {
        here = Double.POSITIVE_INFINITY;
      }
      if (here > worst) {
        worst = here;
        at = i;
      }
    }
    String where =
        worst == 0
            ? ""
            : "the output '%s' is %s at %s, expected %s"
                .formatted(name, found.get(at), position(at, expected.shape()), expected.get(at));
    return new Difference(worst / scale, where);
  }

  private static List<Integer> position(int flat, int[] shape) {
    List<Integer> position = new ArrayList<>();
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position.add(0, flat % shape[axis]);
      flat /= shape[axis];
    }
    return position;
  }
}
