package org.nnd.ir.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** The values that a random graph under construction can use next, and the leaves made for it. */
final class Pool {
  private static final int MOST_ELEMENTS = 2000;
  private static final int[] EXTENTS = {1, 1, 2, 2, 3, 3, 4, 5, 7, 8, 13, 17, 0};

  /**
   * @param bound of the magnitudes of the elements
   * @param exact whether f32 arithmetic computes the elements without error, so that a step
   *     function of them is well defined
   */
  record Entry(Node node, double bound, boolean exact) {
    boolean is(DType dtype) {
      return node.dtype() == dtype;
    }

    TensorType type() {
      return node.type();
    }

    int rank() {
      return node.rank();
    }
  }

  final Random random;
  final RandomGraph.Options options;
  final long batch;
  final Map<String, Literal> inputs = new LinkedHashMap<>();
  final Map<String, Literal> parameters = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  Pool(Random random, RandomGraph.Options options) {
    this.random = random;
    this.options = options;
    this.batch = new int[] {1, 2, 3, 5, 7, 0}[random.nextInt(random.nextInt(4) == 0 ? 6 : 5)];
  }

  List<Entry> entries() {
    return entries;
  }

  /** Adds a result if its values stay small enough. */
  boolean offer(Entry entry) {
    DType dtype = entry.node().dtype();
    double limit = dtype.isFloat() ? (options.integerValued() ? 1 << 20 : 1e3) : 1e30;
    boolean fits = entry.bound() <= limit && count(entry.node().shape()) <= MOST_ELEMENTS;
    if (fits) {
      entries.add(new Entry(entry.node(), Math.min(entry.bound(), most(dtype)), entry.exact()));
    }
    return fits;
  }

  /** Adds a result that is exact if its mode or its operands make it so. */
  void add(Node node, double bound, boolean exact) {
    offer(new Entry(node, bound, exact || options.integerValued()));
  }

  Entry ofRank(int least) {
    return any(e -> e.rank() >= least);
  }

  int extent(Entry x, int axis) {
    return Math.toIntExact(x.node().shape().dim(axis).at(batch));
  }

  List<Integer> someAxes(Entry x) {
    return IntStream.range(0, x.rank()).filter(axis -> random.nextBoolean()).boxed().toList();
  }

  /** The largest magnitude of an integer type. */
  private static double most(DType dtype) {
    return switch (dtype) {
      case BOOL -> 1;
      case U8 -> 255;
      case I8 -> 128;
      case I32 -> 0x1p31;
      case I64 -> 0x1p63;
      case F16, BF16, F32, F64 -> Double.MAX_VALUE;
    };
  }

  long count(Shape shape) {
    return shape.count().at(batch);
  }

  /** {@return a value with the property, most often an old one} */
  Entry any(Predicate<Entry> property) {
    List<Entry> fitting = entries.stream().filter(property).toList();
    if (!fitting.isEmpty() && random.nextInt(8) != 0) {
      return choose(fitting);
    }
    for (int attempt = 0; attempt < 200; attempt++) {
      Entry leaf = leaf(type());
      if (property.test(leaf)) {
        return leaf;
      }
    }
    throw new IllegalStateException("no leaf has the property");
  }

  /** {@return a value of the given type} */
  Entry like(TensorType type) {
    List<Entry> fitting = entries.stream().filter(e -> e.type().equals(type)).toList();
    if (!fitting.isEmpty() && random.nextInt(3) != 0) {
      return choose(fitting);
    }
    Optional<Entry> scalar =
        entries.stream().filter(e -> e.is(type.dtype()) && e.rank() == 0).findAny();
    if (scalar.isPresent() && random.nextInt(4) == 0) {
      Node repeated = Operations.broadcast(scalar.get().node(), type.shape(), List.of());
      return new Entry(repeated, scalar.get().bound(), scalar.get().exact());
    }
    return leaf(type);
  }

  <T> T choose(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  DType dtype() {
    return random.nextInt(3) > 0 ? DType.F32 : choose(options.dtypes().stream().sorted().toList());
  }

  TensorType type() {
    Shape shape = Shape.SCALAR;
    int rank = new int[] {0, 1, 1, 2, 2, 2, 3, 3, 4, 5}[random.nextInt(10)];
    for (int axis = 0; axis < rank; axis++) {
      Dim dim = axis == 0 && random.nextInt(3) == 0 ? Dim.BATCH : Dim.of(extent());
      shape = shape.insert(axis, count(shape) * dim.at(batch) > 300 ? Dim.ONE : dim);
    }
    return new TensorType(dtype(), shape);
  }

  int extent() {
    return EXTENTS[random.nextInt(random.nextInt(3) == 0 ? EXTENTS.length : EXTENTS.length - 1)];
  }

  /** {@return a new input, parameter or constant} */
  Entry leaf(TensorType type) {
    if (random.nextInt(6) == 0) {
      double value = new double[] {0, 1, 2, type.dtype() == DType.U8 ? 3 : -1}[random.nextInt(4)];
      return new Entry(Operations.full(type, value), 2, true);
    }
    if (random.nextInt(10) == 0 && type.rank() > 0 && type.dtype() != DType.BOOL) {
      int axis = random.nextInt(type.rank());
      double bound = Math.max(0, type.shape().dim(axis).at(batch) - 1);
      return new Entry(Operations.iota(type.dtype(), type.shape(), axis), bound, true);
    }
    Literal value = values(type);
    if (type.shape().isFixed() && random.nextInt(4) == 0) {
      return new Entry(Operations.constant(value), 3, true);
    }
    if (type.shape().isFixed() && random.nextInt(2) == 0) {
      String name = "p" + parameters.size();
      parameters.put(name, value);
      return new Entry(Operations.parameter(name, type), 3, true);
    }
    String name = "x" + inputs.size();
    inputs.put(name, value);
    return new Entry(Operations.input(name, type), 3, true);
  }

  private Literal values(TensorType type) {
    double[] values = new double[Math.toIntExact(count(type.shape()))];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type.dtype()) {
            case F16, BF16, F32, F64 ->
                options.integerValued()
                    ? random.nextInt(7) - 3
                    : (float) (random.nextDouble() * 4 - 2);
            case BOOL -> random.nextInt(2);
            case U8 -> random.nextInt(4);
            case I8, I32, I64 -> random.nextInt(7) - 3;
          };
    }
    return Literal.ofDoubles(type.dtype(), values, type.shape().at(batch));
  }
}
