package org.nnd.model;

import java.util.Random;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** Values for tests. */
public final class Examples {
  private Examples() {}

  /** {@return normal numbers} */
  public static Literal normal(long seed, int... shape) {
    Random random = new Random(seed);
    Literal value = Literal.zeros(DType.F32, shape);
    float[] numbers = (float[]) value.array();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return value;
  }

  /** Gives every variable another value; variances stay positive. */
  public static Model scrambled(Model model, long seed) {
    for (Variable variable : model.declared()) {
      if (variable.kind() == Variable.Kind.STATE) {
        continue;
      }
      Literal noise = normal(seed + variable.path().hashCode(), variable.type().shape().at(1));
      boolean positive = variable.path().endsWith("running_var");
      float[] old = model.parameter(variable.path()).toFloats();
      float[] values = new float[old.length];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            positive ? 1 + Math.abs(noise.toFloats()[i]) : old[i] + 0.3f * noise.toFloats()[i];
      }
      model.setParameter(variable.path(), Literal.of(values, noise.shape()));
    }
    return model;
  }

  /** {@return the Frobenius norm of the difference over that of the expected value} */
  public static double distance(Literal expected, Literal actual) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.count(); i++) {
      double e = expected.get(i);
      double d = e - actual.get(i);
      difference += d * d;
      size += e * e;
    }
    return Math.sqrt(difference / Math.max(size, 1e-30));
  }
}
