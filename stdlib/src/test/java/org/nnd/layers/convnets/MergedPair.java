package org.nnd.layers.convnets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.layers.Merge;
import org.nnd.layers.Merged;

/** A network with weights as after training, merged, and how far apart the two are. */
record MergedPair(Merged merged, Lowered after, double error) {
  static MergedPair of(Layer net, InputSpec input, long seed) {
    List<InputSpec> inputs = List.of(input);
    Lowered before = Lower.lower(net, inputs, Mode.INFERENCE);
    Map<String, Literal> weights = trained(before, seed);
    Merged merged = Merge.merge(net, inputs, weights);
    Lowered after = Lower.lower(merged.layer(), inputs, Mode.INFERENCE);
    int[] shape = input.type().shape().at(2);
    Map<String, Literal> x = Map.of(input.name(), random(new Random(seed), -1, 1, shape));
    double[] expected = evaluate(before, x, weights);
    double[] got = evaluate(after, x, merged.weights());
    double largest = 0;
    double error = got.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - got[i]));
    }
    return new MergedPair(merged, after, error / largest);
  }

  private static double[] evaluate(
      Lowered lowered, Map<String, Literal> inputs, Map<String, Literal> weights) {
    return ReferenceEvaluator.evaluate(lowered.graph(), 2, inputs, weights)
        .outputs()
        .get("y")
        .toDoubles();
  }

  long count(String kind) {
    return after.layers().stream().filter(report -> report.kind().startsWith(kind)).count();
  }

  /** {@return variables none of which has a value that hides a mistake} */
  static Map<String, Literal> trained(Lowered lowered, long seed) {
    Random random = new Random(seed);
    Map<String, Literal> values = new LinkedHashMap<>();
    for (Variable variable : lowered.variables()) {
      int[] shape = variable.type().shape().at(1);
      boolean mask = variable.path().endsWith("_mask");
      boolean positive = variable.path().endsWith("running_var");
      values.put(
          variable.path(),
          mask
              ? variable.initial(seed)
              : random(random, positive ? 0.5 : -1, positive ? 2 : 1, shape));
    }
    return values;
  }

  static Literal random(Random random, double low, double high, int... shape) {
    float[] values = new float[Literal.zeros(DType.F32, shape).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return Literal.of(values, shape);
  }
}
