package org.nnd.onnx;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.onnx.imports.Unsupported;
import org.nnd.onnx.imports.Value;

/**
 * The outcome of comparing a model's outputs with those expected.
 *
 * @param error the largest difference of an output's elements relative to the largest magnitude
 *     expected in that output; infinite where only one of two is a number
 * @param milliseconds the median time of a run
 * @param problem what is wrong, for people; empty if nothing
 */
public record OnnxCheck(Status status, double error, double milliseconds, String problem) {
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
      double tolerance,
      int repeat,
      Engine engine) {
    try {
      OnnxFile file = OnnxFile.read(model);
      try (OnnxRunner runner = new OnnxRunner(file, engine)) {
        Map<String, Value> values = OnnxArrays.values(inputs, file.graph().arguments(), "in");
        OnnxTiming timing = OnnxTiming.of(runner, values, repeat);
        Map<String, Value> wanted = OnnxArrays.values(expected, file.graph().outputs(), "out");
        return compared(timing, wanted, tolerance);
      }
    } catch (NndException e) {
      return e.getCause() instanceof Unsupported unsupported
          ? new OnnxCheck(Status.UNSUPPORTED, Double.NaN, Double.NaN, unsupported.operator())
          : failed(e.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failed("internal error: " + e);
    }
  }

  private static OnnxCheck failed(String problem) {
    return new OnnxCheck(Status.FAIL, Double.NaN, Double.NaN, problem);
  }

  private static OnnxCheck compared(
      OnnxTiming timing, Map<String, Value> expected, double tolerance) {
    double worst = 0;
    String where = "";
    if (expected.isEmpty()) {
      return failed("no output has an expected array");
    }
    Map<String, Literal> found = OnnxArrays.arrays(timing.outputs());
    for (Map.Entry<String, Literal> entry : OnnxArrays.arrays(expected).entrySet()) {
      Optional<Literal> own = Optional.ofNullable(found.get(entry.getKey()));
      if (own.isEmpty()) {
        return failed("there is no output '%s'".formatted(entry.getKey()));
      }
      if (!Arrays.equals(own.get().shape(), entry.getValue().shape())) {
        return failed(
            "the output '%s' is %s, expected %s"
                .formatted(entry.getKey(), own.get().type(), entry.getValue().type()));
      }
      double error = error(own.get(), entry.getValue());
      if (error > worst) {
        worst = error;
        where = entry.getKey();
      }
    }
    boolean ok = worst <= tolerance;
    return new OnnxCheck(
        ok ? Status.OK : Status.FAIL,
        worst,
        timing.medianMilliseconds(),
        ok ? "" : "the output '%s' differs".formatted(where));
  }

  /** {@return the largest difference over the largest finite magnitude expected} */
  static double error(Literal found, Literal expected) {
    double scale = 0;
    double worst = 0;
    for (int i = 0; i < expected.count(); i++) {
      double x = found.get(i);
      double y = expected.get(i);
      if (Double.isFinite(y)) {
        scale = Math.max(scale, Math.abs(y));
      }
      boolean same = x == y || Double.isNaN(x) && Double.isNaN(y);
      double difference = same ? 0 : Math.abs(x - y);
      worst = Math.max(worst, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
    }
    return worst == 0 ? 0 : worst / Math.max(scale, Double.MIN_NORMAL);
  }
}
