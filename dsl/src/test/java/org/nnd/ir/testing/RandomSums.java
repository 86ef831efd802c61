package org.nnd.ir.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.testing.Pool.Entry;

/** The random steps that reduce, contract, index and transform. */
final class RandomSums {
  private final Pool pool;
  private final Random random;
  private final RandomWindows windows;

  RandomSums(Pool pool) {
    this.pool = pool;
    this.random = pool.random;
    this.windows = new RandomWindows(pool);
  }

  void reduce() {
    Entry x = pool.ofRank(1);
    List<Integer> axes = pool.someAxes(x);
    long count = axes.stream().mapToLong(axis -> pool.extent(x, axis)).reduce(1, (a, b) -> a * b);
    reducing(x, count, r -> Operations.reduce(r, x.node(), axes));
  }

  void cumulative() {
    Entry x = pool.ofRank(1);
    int axis = random.nextInt(x.rank());
    boolean reverse = random.nextBoolean();
    reducing(x, pool.extent(x, axis), r -> Operations.cumulative(r, x.node(), axis, reverse));
  }

  private void reducing(Entry x, long count, Function<Reduction, Node> apply) {
    Reduction reduction = pool.choose(List.of(Reduction.values()));
    windows.reducing(reduction, x, count, () -> apply.apply(reduction));
  }

  void argReduce() {
    Entry x = pool.any(e -> e.rank() >= 1 && e.exact());
    int axis = random.nextInt(x.rank());
    Reduction reduction = random.nextBoolean() ? Reduction.MAX : Reduction.MIN;
    pool.add(Operations.argReduce(reduction, x.node(), axis), pool.extent(x, axis), true);
  }

  // Contractions and indexing.

  void dot() {
    Entry x = pool.any(e -> e.rank() >= 1 && !e.is(DType.BOOL));
    Shape left = x.node().shape();
    List<Integer> leftBatch = new ArrayList<>();
    List<Integer> leftContracting = new ArrayList<>();
    List<Integer> shared = new ArrayList<>();
    double depth = 1;
    for (int axis = 0; axis < left.rank(); axis++) {
      int role = random.nextInt(3);
      if (role == 0) {
        leftBatch.add(axis);
        shared.add(axis);
      } else if (role == 1) {
        leftContracting.add(axis);
        shared.add(axis);
        depth *= pool.extent(x, axis);
      }
    }
    Collections.shuffle(shared, random);
    Shape right = new Shape(shared.stream().map(left::dim).toList());
    int place = random.nextInt(right.rank() + 1);
    right = right.insert(place, Dim.of(pool.extent()));
    List<Integer> axes = new ArrayList<>(shared);
    axes.add(place, -1);
    Entry y = pool.like(x.type().withShape(right));
    pool.add(
        Operations.dot(
            x.node(),
            y.node(),
            leftBatch,
            leftBatch.stream().map(axes::indexOf).toList(),
            leftContracting,
            leftContracting.stream().map(axes::indexOf).toList()),
        depth * x.bound() * y.bound(),
        !x.node().dtype().isFloat());
  }

  private Entry indices() {
    Shape shape = random.nextBoolean() ? Shape.of(pool.extent()) : Shape.of(2, pool.extent());
    TensorType type = new TensorType(DType.I32, random.nextInt(5) == 0 ? Shape.SCALAR : shape);
    return pool.like(type);
  }

  void gather() {
    Entry x = pool.ofRank(1);
    Entry indices = indices();
    Node result = Operations.gather(x.node(), indices.node(), random.nextInt(x.rank()));
    pool.add(result, x.bound(), x.exact());
  }

  void scatterAdd() {
    Entry x = pool.any(e -> e.rank() >= 1 && !e.is(DType.BOOL));
    int axis = random.nextInt(x.rank());
    if (random.nextInt(3) == 0 && x.node().shape().dim(axis).isFixed()) {
      scatterAddUnique(x, axis);
      return;
    }
    Entry indices = indices();
    Entry updates = pool.like(Operations.gather(x.node(), indices.node(), axis).type());
    long repeats = pool.count(indices.node().shape());
    pool.add(
        Operations.scatterAdd(x.node(), indices.node(), updates.node(), axis),
        x.bound() + repeats * updates.bound(),
        !x.node().dtype().isFloat());
  }

  /** At all positions in reverse order, the first of them and one more outside. */
  private void scatterAddUnique(Entry x, int axis) {
    int count = pool.extent(x, axis);
    int[] positions = new int[count + 1];
    for (int i = 0; i <= count; i++) {
      positions[i] = count - i - (random.nextBoolean() ? 0 : 2 * count + 2);
    }
    Node indices = Operations.constant(Literal.of(positions, count + 1));
    Entry updates = pool.like(Operations.gather(x.node(), indices, axis).type());
    pool.add(
        Operations.scatterAddUnique(x.node(), indices, updates.node(), axis),
        x.bound() + updates.bound(),
        !x.node().dtype().isFloat());
  }

  void argSort() {
    Entry x = pool.any(e -> e.rank() >= 1 && e.exact());
    int axis = random.nextInt(x.rank());
    pool.add(Operations.argSort(x.node(), axis, random.nextBoolean()), pool.extent(x, axis), true);
  }

  void topK() {
    Entry x = pool.any(e -> e.rank() >= 1 && e.exact());
    int extent = pool.extent(x, x.rank() - 1);
    if (x.node().shape().dim(x.rank() - 1).isFixed()) {
      pool.add(Operations.topK(x.node(), random.nextInt(extent + 1)), extent, true);
    }
  }

  void fft() {
    Predicate<Entry> pairs = e -> e.is(DType.F32) && e.rank() == 2;
    Entry x = pool.any(pairs);
    if (!pool.options.integerValued()) {
      Node pair =
          Operations.broadcast(x.node(), x.node().shape().insert(2, Dim.of(2)), List.of(0, 1));
      pool.add(
          Operations.fft(pair, random.nextBoolean()), 2 * x.bound() * pool.extent(x, 1), false);
    }
  }

  void randomBits() {
    Entry seed = pool.like(TensorType.scalar(DType.I32));
    Entry step = pool.like(TensorType.scalar(DType.I32));
    Shape shape = pool.type().shape();
    Node bits =
        Operations.randomBits(
            seed.node(), step.node(), shape, random.nextLong(), random.nextInt(4));
    pool.add(Operations.binary(BinaryOp.AND, bits, Operations.full(bits.type(), 7)), 7, true);
  }
}
