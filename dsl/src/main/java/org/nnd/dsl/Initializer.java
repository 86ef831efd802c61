package org.nnd.dsl;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * How a variable starts. The value depends on the seed and the variable's path alone. Fans are
 * those of a weight {@code [out, in, kernel…]}: fan-in is {@code in * kernel}, fan-out {@code out *
 * kernel}.
 */
public sealed interface Initializer {
  /** {@return the initial f32 value of the variable at {@code path}} */
  Literal sample(long seed, String path, int[] shape);

  /** {@return all elements 0} */
  static Initializer zeros() {
    return new Constant(0);
  }

  /** {@return all elements 1} */
  static Initializer ones() {
    return new Constant(1);
  }

  /** {@return all elements {@code value}} */
  static Initializer constant(double value) {
    return new Constant(value);
  }

  /** {@return independent normal numbers} */
  static Initializer normal(double mean, double deviation) {
    return new Normal(mean, deviation, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** {@return a normal distribution of mean 0, cut at -2 and 2 as in timm's trunc_normal_} */
  static Initializer truncatedNormal(double deviation) {
    return new Normal(0, deviation, -2, 2);
  }

  /** {@return independent numbers, uniform in {@code [low, high)}} */
  static Initializer uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /** {@return uniform within {@code ±sqrt(6 / ((1 + a^2) fanIn))} (He et al. 2015, eq. 15)} */
  static Initializer kaimingUniform(double a) {
    return new KaimingUniform(a, 0);
  }

  /** {@return {@link #kaimingUniform(double)} with a given fan-in, as for a bias} */
  static Initializer kaimingUniform(double a, long fanIn) {
    return new KaimingUniform(a, fanIn);
  }

  /** {@return uniform within {@code ±sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio 2010)} */
  static Initializer xavier() {
    return new Xavier();
  }

  /** {@return orthonormal rows or columns times {@code gain} (Saxe et al. 2014)} */
  static Initializer orthogonal(double gain) {
    return new Orthogonal(gain);
  }

  /** {@return ones at random places, {@code density} of all, and zeros} */
  static Initializer mask(double density) {
    return new Mask(density);
  }

  /** {@return a given value} */
  static Initializer literal(Literal value) {
    return new Given(value);
  }

  /**
   * A value that the declaring layer works out by itself; from seed, path and shape alone, too. Any
   * floating-point type will do.
   */
  non-sealed interface Computed extends Initializer {}

  /** The value that another path would get. */
  record Like(Initializer other, String otherPath) implements Initializer {
    @Override
    public Literal sample(long seed, String path, int[] shape) {
      return other.sample(seed, otherPath, shape);
    }
  }

  /** Every element is {@code value}. */
  record Constant(double value) implements Initializer {
    @Override
    public Literal sample(long seed, String path, int[] shape) {
      return fill(shape, () -> value);
    }
  }

  /** Normal; draws outside {@code [low, high]} are repeated. */
  record Normal(double mean, double deviation, double low, double high) implements Initializer {
    public Normal {
      if (!(deviation >= 0)) {
        throw new NndException("a normal initializer needs a deviation >= 0, got " + deviation);
      }
    }

    @Override
    public Literal sample(long seed, String path, int[] shape) {
      RandomStream random = new RandomStream(seed, path);
      return fill(
          shape,
          () -> {
            double value = mean + deviation * random.normal();
            while (value < low || value > high) {
              value = mean + deviation * random.normal();
            }
            return value;
          });
    }
  }

  /** Uniform in {@code [low, high)}. */
  record Uniform(double low, double high) implements Initializer {
    public Uniform {
      if (!(low <= high)) {
        throw new NndException(
            "a uniform initializer needs low <= high, got %s and %s".formatted(low, high));
      }
    }

    @Override
    public Literal sample(long seed, String path, int[] shape) {
      RandomStream random = new RandomStream(seed, path);
      return fill(shape, () -> low + (high - low) * random.uniform());
    }
  }

  /** Uniform by fan-in; {@code fanIn} 0 means that of the variable's own shape. */
  record KaimingUniform(double a, long fanIn) implements Initializer {
    @Override
    public Literal sample(long seed, String path, int[] shape) {
      double fan = Math.max(1, fanIn > 0 ? fanIn : fan(shape, 1));
      double bound = Math.sqrt(6 / ((1 + a * a) * fan));
      return new Uniform(-bound, bound).sample(seed, path, shape);
    }
  }

  /** Uniform by fan-in and fan-out. */
  record Xavier() implements Initializer {
    @Override
    public Literal sample(long seed, String path, int[] shape) {
      double bound = Math.sqrt(6 / Math.max(1, fan(shape, 0) + fan(shape, 1)));
      return new Uniform(-bound, bound).sample(seed, path, shape);
    }
  }

  /** Gram-Schmidt on a normal matrix {@code [shape[0], rest]}. */
  record Orthogonal(double gain) implements Initializer {
    @Override
    public Literal sample(long seed, String path, int[] shape) {
      if (shape.length < 2) {
        throw new NndException(
            "%s: an orthogonal initializer needs at least 2 axes, got the shape %s"
                .formatted(path, Arrays.toString(shape)));
      }
      int rows = shape[0];
      int columns = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
      int count = Math.min(rows, columns);
      int length = Math.max(rows, columns);
      RandomStream random = new RandomStream(seed, path);
      double[][] basis = new double[count][length];
      for (int i = 0; i < count; i++) {
        Arrays.setAll(basis[i], j -> random.normal());
        orthonormalise(basis, i);
      }
      int[] next = {0};
      return fill(
          shape,
          () -> {
            int row = next[0] / columns;
            int column = next[0]++ % columns;
            return gain * (rows <= columns ? basis[row][column] : basis[column][row]);
          });
    }

    /** Makes vector {@code i} orthogonal to those before; twice, against cancellation. */
    private static void orthonormalise(double[][] basis, int i) {
      double[] v = basis[i];
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < i; k++) {
          double product = dot(v, basis[k]);
          for (int j = 0; j < v.length; j++) {
            v[j] -= product * basis[k][j];
          }
        }
      }
      double norm = Math.sqrt(dot(v, v));
      for (int j = 0; j < v.length; j++) {
        v[j] /= norm;
      }
    }

    private static double dot(double[] x, double[] y) {
      double sum = 0;
      for (int j = 0; j < x.length; j++) {
        sum += x[j] * y[j];
      }
      return sum;
    }
  }

  /** Exactly {@code round(density * count)} ones. */
  record Mask(double density) implements Initializer {
    public Mask {
      if (!(density >= 0 && density <= 1)) {
        throw new NndException("a mask needs a density between 0 and 1, got " + density);
      }
    }

    @Override
    public Literal sample(long seed, String path, int[] shape) {
      RandomStream random = new RandomStream(seed, path);
      long[] left = {Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact)};
      long[] ones = {Math.round(density * left[0])};
      return fill(
          shape,
          () -> {
            // Each choice of places is equally likely (selection sampling, Knuth 3.4.2 S).
            boolean one = random.uniform() * left[0]-- < ones[0];
            ones[0] -= one ? 1 : 0;
            return one ? 1 : 0;
          });
    }
  }

  /** The value itself. */
  record Given(Literal value) implements Initializer {
    @Override
    public Literal sample(long seed, String path, int[] shape) {
      if (!Arrays.equals(value.shape(), shape)) {
        throw new NndException(
            "%s: the given initial value has the shape %s, the variable %s"
                .formatted(path, Arrays.toString(value.shape()), Arrays.toString(shape)));
      }
      return value;
    }
  }

  private static Literal fill(int[] shape, DoubleSupplier next) {
    Literal result = Literal.zeros(DType.F32, shape);
    float[] values = (float[]) result.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) next.getAsDouble();
    }
    return result;
  }

  /** The extent of one axis (1 for fan-in, 0 for fan-out) times those of the kernel. */
  private static double fan(int[] shape, int axis) {
    double fan = shape.length > axis ? shape[axis] : 1;
    for (int i = 2; i < shape.length; i++) {
      fan *= shape[i];
    }
    return fan;
  }
}
