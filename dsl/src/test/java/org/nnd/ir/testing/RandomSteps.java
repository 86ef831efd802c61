package org.nnd.ir.testing;

import static org.nnd.ir.Operations.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.testing.Pool.Entry;

/** One way to apply each operation to values of the pool; a step that does not fit adds nothing. */
final class RandomSteps {
  private final Pool pool;
  private final Random random;
  private final RandomWindows windows;
  private final Map<Class<? extends Op>, Runnable> steps = new LinkedHashMap<>();

  RandomSteps(Pool pool) {
    this.pool = pool;
    this.random = pool.random;
    this.windows = new RandomWindows(pool);
    steps.put(Op.Size.class, this::size);
    steps.put(Op.Unary.class, this::unary);
    steps.put(Op.Binary.class, this::binary);
    steps.put(Op.Compare.class, this::compare);
    steps.put(Op.Select.class, this::select);
    steps.put(Op.Convert.class, this::convert);
    steps.put(Op.Bitcast.class, this::bitcast);
    steps.put(Op.Reshape.class, this::reshape);
    steps.put(Op.Transpose.class, this::transpose);
    steps.put(Op.Broadcast.class, this::broadcast);
    steps.put(Op.Slice.class, this::slice);
    steps.put(Op.Pad.class, this::pad);
    steps.put(Op.Concatenate.class, this::concatenate);
    steps.put(Op.Reverse.class, this::reverse);
    steps.put(Op.Reduce.class, this::reduce);
    steps.put(Op.ArgReduce.class, this::argReduce);
    steps.put(Op.ReduceWindow.class, windows::reduceWindow);
    steps.put(Op.Cumulative.class, this::cumulative);
    steps.put(Op.Dot.class, this::dot);
    steps.put(Op.Convolution.class, windows::convolution);
    steps.put(Op.Gather.class, this::gather);
    steps.put(Op.ScatterAdd.class, this::scatterAdd);
    steps.put(Op.ArgSort.class, this::argSort);
    steps.put(Op.TopK.class, this::topK);
    steps.put(Op.Fft.class, this::fft);
    steps.put(Op.RandomBits.class, this::randomBits);
    steps.put(Op.Scan.class, this::scan);
    steps.put(Op.While.class, this::repeat);
    steps.put(Op.Cond.class, this::cond);
    steps.put(Op.StopGradient.class, () -> same(Operations::stopGradient));
    steps.put(Op.Barrier.class, () -> same(x -> Operations.barrier(x, random.nextInt(3))));
    steps.put(Op.Composite.class, this::composite);
  }

  void apply(Class<? extends Op> operation) {
    Runnable step = steps.get(operation);
    if (step == null) {
      throw new IllegalStateException("no random step for " + operation.getSimpleName());
    }
    step.run();
  }

  private void add(Node node, double bound, boolean exact) {
    pool.offer(new Entry(node, bound, exact || pool.options.integerValued()));
  }

  private void same(UnaryOperator<Node> move) {
    Entry x = pool.any(e -> true);
    add(move.apply(x.node()), x.bound(), x.exact());
  }

  private Entry ofRank(int least) {
    return pool.any(e -> e.rank() >= least);
  }

  private int extent(Entry x, int axis) {
    return Math.toIntExact(x.node().shape().dim(axis).at(pool.batch));
  }

  // Elementwise.

  private void size() {
    Dim dim = Dim.BATCH.times(1 + random.nextInt(3)).plus(random.nextInt(2));
    if (pool.options.dtypes().contains(DType.I64)) {
      add(Node.of(new Op.Size(dim)), dim.at(pool.batch), true);
    } else {
      add(Operations.size(DType.F32, dim), dim.at(pool.batch), true);
    }
  }

  private void unary() {
    UnaryOp function = pool.choose(List.of(UnaryOp.values()));
    Entry x = pool.any(e -> true);
    boolean isFloat = x.node().dtype().isFloat();
    switch (function) {
      case NEGATE, ABS -> {
        if (!x.is(DType.BOOL)) {
          add(Operations.unary(function, x.node()), x.bound(), x.exact());
        }
      }
      case SIGN -> {
        if (!x.is(DType.BOOL) && x.exact()) {
          add(Operations.unary(function, x.node()), 1, true);
        }
      }
      case NOT -> {
        if (!isFloat) {
          add(Operations.not(x.node()), x.bound() + 1, true);
        }
      }
      case FLOOR, CEIL, ROUND -> {
        if (isFloat && x.exact()) {
          add(Operations.unary(function, x.node()), Math.ceil(x.bound()), true);
        }
      }
      case EXP, EXPM1 -> smooth(function, x, isFloat && x.bound() < 5, Math.exp(x.bound()));
      case SIN, COS, TANH, LOGISTIC, ERF -> smooth(function, x, isFloat && x.bound() < 50, 1);
      case ATAN -> smooth(function, x, isFloat, 2);
      case TAN -> smooth(function, x, isFloat && x.bound() < 1.2, 3);
      case LOG, LOG1P, SQRT, RSQRT -> {
        if (isFloat) {
          Node positive = Operations.add(Operations.unary(UnaryOp.ABS, x.node()), 0.5);
          smooth(function, new Entry(positive, x.bound(), false), true, 2 + x.bound());
        }
      }
    }
  }

  private void smooth(UnaryOp function, Entry x, boolean allowed, double bound) {
    if (allowed && !pool.options.integerValued()) {
      add(Operations.unary(function, x.node()), bound, false);
    }
  }

  private void binary() {
    BinaryOp function = pool.choose(List.of(BinaryOp.values()));
    Entry x = pool.any(e -> true);
    Entry y = pool.like(x.type());
    double sum = x.bound() + y.bound();
    double product = x.bound() * y.bound();
    boolean exact = x.exact() && y.exact();
    boolean isFloat = x.node().dtype().isFloat();
    switch (function) {
      case ADD, SUBTRACT -> arithmetic(function, x, y, sum);
      case MULTIPLY -> arithmetic(function, x, y, product);
      case MAXIMUM, MINIMUM ->
          add(
              Operations.binary(function, x.node(), y.node()),
              Math.max(x.bound(), y.bound()),
              exact);
      case AND, OR, XOR -> {
        if (!isFloat) {
          add(Operations.binary(function, x.node(), y.node()), 2 * sum + 1, true);
        }
      }
      case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL -> {
        if (x.node().dtype().isInteger()) {
          add(Operations.binary(function, x.node(), y.node()), 0x1p62, true);
        }
      }
      case DIVIDE, REMAINDER, POWER, ATAN2 -> quotient(function, x, y);
    }
  }

  private void arithmetic(BinaryOp function, Entry x, Entry y, double bound) {
    if (!x.is(DType.BOOL)) {
      boolean exact = !x.node().dtype().isFloat();
      add(Operations.binary(function, x.node(), y.node()), bound, exact);
    }
  }

  private void quotient(BinaryOp function, Entry x, Entry y) {
    if (x.is(DType.BOOL)) {
      return;
    }
    if (!x.node().dtype().isFloat()) {
      if (function != BinaryOp.ATAN2) {
        add(Operations.binary(function, x.node(), y.node()), 0x1p62, true);
      }
      return;
    }
    if (pool.options.integerValued()) {
      return;
    }
    Node positive = Operations.add(Operations.unary(UnaryOp.ABS, x.node()), 0.5);
    Node divisor = Operations.add(Operations.unary(UnaryOp.ABS, y.node()), 0.5);
    switch (function) {
      case DIVIDE -> add(Operations.divide(x.node(), divisor), 2 * x.bound(), false);
      case ATAN2 -> add(Operations.binary(function, x.node(), divisor), 2, false);
      case POWER -> {
        if (x.bound() < 4 && y.bound() < 4) {
          add(Operations.binary(function, positive, y.node()), 500, false);
        }
      }
      default -> {}
    }
  }

  private void compare() {
    Entry x = pool.any(Entry::exact);
    Entry y = pool.like(x.type());
    if (y.exact()) {
      Comparison comparison = pool.choose(List.of(Comparison.values()));
      add(Operations.compare(comparison, x.node(), y.node()), 1, true);
    }
  }

  private void select() {
    Entry x = pool.any(e -> true);
    Entry y = pool.like(x.type());
    Entry predicate = pool.like(x.type().withDType(DType.BOOL));
    double bound = Math.max(x.bound(), y.bound());
    add(Operations.select(predicate.node(), x.node(), y.node()), bound, x.exact() && y.exact());
  }

  private void convert() {
    Entry x = pool.any(e -> true);
    DType to = pool.dtype();
    boolean fits = x.exact() && x.bound() < 1 << 20;
    if (to != x.node().dtype() && (fits || !to.isFloat() && x.exact())) {
      add(Operations.convert(x.node(), to), x.bound(), true);
    }
  }

  private void bitcast() {
    Entry x = pool.any(e -> e.node().dtype().isInteger());
    for (DType to : List.of(DType.U8, DType.I8, DType.BOOL)) {
      if (x.node().dtype().bytes() == 1 && to != x.node().dtype() && random.nextBoolean()) {
        add(Operations.bitcast(x.node(), to), 255, true);
      }
    }
    Entry real = pool.any(e -> e.is(DType.F32));
    if (real.exact()
        && !pool.options.integerValued()
        && pool.options.dtypes().contains(DType.I32)) {
      Node positive = Operations.unary(UnaryOp.ABS, real.node());
      add(Operations.bitcast(positive, DType.I32), 0x1p31, true);
    }
  }

  // Shape.

  private void reshape() {
    Entry x = pool.any(e -> true);
    Shape shape = x.node().shape();
    if (shape.rank() >= 2 && random.nextBoolean()) {
      int axis = random.nextInt(shape.rank() - 1);
      Dim merged = shape.dim(axis).times(shape.dim(axis + 1));
      shape = shape.without(List.of(axis)).with(axis, merged);
    }
    int place = random.nextInt(shape.rank() + 1);
    if (place < shape.rank() && shape.dim(place).isDivisibleBy(Dim.of(2))) {
      shape = shape.with(place, shape.dim(place).dividedBy(2)).insert(place, Dim.of(2));
    } else {
      shape = shape.insert(place, Dim.ONE);
    }
    add(Operations.reshape(x.node(), shape), x.bound(), x.exact());
  }

  private void transpose() {
    Entry x = ofRank(2);
    List<Integer> permutation = new ArrayList<>(Operations.axes(x.rank()));
    Collections.shuffle(permutation, random);
    add(Operations.transpose(x.node(), permutation), x.bound(), x.exact());
  }

  private void broadcast() {
    Entry x = pool.any(e -> e.rank() < 5);
    Shape shape = x.node().shape();
    List<Integer> axes = new ArrayList<>(Operations.axes(x.rank()));
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis).is(1) && random.nextBoolean()) {
        shape = shape.with(axis, random.nextInt(4) == 0 ? Dim.BATCH : Dim.of(pool.extent()));
      }
    }
    int added = random.nextInt(shape.rank() + 1);
    shape = shape.insert(added, random.nextInt(4) == 0 ? Dim.BATCH : Dim.of(pool.extent()));
    axes.replaceAll(axis -> axis >= added ? axis + 1 : axis);
    add(Operations.broadcast(x.node(), shape, axes), x.bound(), x.exact());
  }

  private void slice() {
    Entry x = ofRank(1);
    List<Dim> start = new ArrayList<>();
    List<Dim> limit = new ArrayList<>();
    List<Integer> stride = new ArrayList<>();
    for (Dim dim : x.node().shape().dims()) {
      int from = dim.isFixed() ? random.nextInt(dim.fixed() + 1) : 0;
      int to = dim.isFixed() ? from + random.nextInt(dim.fixed() - from + 1) : 0;
      boolean whole = !dim.isFixed() || random.nextBoolean();
      start.add(whole ? Dim.ZERO : Dim.of(from));
      limit.add(whole ? dim : Dim.of(to));
      stride.add(dim.isFixed() ? 1 + random.nextInt(3) : 1);
    }
    add(Operations.slice(x.node(), start, limit, stride), x.bound(), x.exact());
  }

  private void pad() {
    Entry x = ofRank(1);
    List<Dim> low = new ArrayList<>();
    List<Dim> high = new ArrayList<>();
    List<Integer> interior = new ArrayList<>();
    for (Dim dim : x.node().shape().dims()) {
      boolean crop = dim.isFixed() && dim.fixed() >= 2 && random.nextInt(3) == 0;
      low.add(Dim.of(crop ? -1 : random.nextInt(3)));
      high.add(
          dim.equals(Dim.BATCH) && random.nextInt(3) == 0
              ? dim
              : Dim.of(crop ? -1 : random.nextInt(2)));
      interior.add(dim.isFixed() ? random.nextInt(3) : 0);
    }
    double value = x.node().dtype() == DType.U8 ? random.nextInt(2) : random.nextInt(3) - 1;
    add(Operations.pad(x.node(), low, high, interior, value), Math.max(1, x.bound()), x.exact());
  }

  private void concatenate() {
    Entry x = ofRank(1);
    int axis = random.nextInt(x.rank());
    Shape shape = x.node().shape();
    Dim extent = random.nextBoolean() ? shape.dim(axis) : Dim.of(pool.extent());
    Entry y = pool.like(x.type().withShape(shape.with(axis, extent)));
    List<Node> parts = new ArrayList<>(List.of(x.node(), y.node()));
    if (random.nextInt(3) == 0) {
      parts.add(x.node());
    }
    add(
        Operations.concatenate(parts, axis),
        Math.max(x.bound(), y.bound()),
        x.exact() && y.exact());
  }

  private void reverse() {
    Entry x = ofRank(1);
    add(Operations.reverse(x.node(), someAxes(x)), x.bound(), x.exact());
  }

  private List<Integer> someAxes(Entry x) {
    return IntStream.range(0, x.rank()).filter(axis -> random.nextBoolean()).boxed().toList();
  }

  // Reductions.

  private void reduce() {
    Entry x = ofRank(1);
    List<Integer> axes = someAxes(x);
    long count = axes.stream().mapToLong(axis -> extent(x, axis)).reduce(1, (a, b) -> a * b);
    reducing(x, count, r -> Operations.reduce(r, x.node(), axes));
  }

  private void cumulative() {
    Entry x = ofRank(1);
    int axis = random.nextInt(x.rank());
    boolean reverse = random.nextBoolean();
    reducing(x, extent(x, axis), r -> Operations.cumulative(r, x.node(), axis, reverse));
  }

  private void reducing(Entry x, long count, Function<Reduction, Node> apply) {
    Reduction reduction = pool.choose(List.of(Reduction.values()));
    windows.reducing(reduction, x, count, () -> apply.apply(reduction));
  }

  private void argReduce() {
    Entry x = pool.any(e -> e.rank() >= 1 && e.exact());
    int axis = random.nextInt(x.rank());
    Reduction reduction = random.nextBoolean() ? Reduction.MAX : Reduction.MIN;
    add(Operations.argReduce(reduction, x.node(), axis), extent(x, axis), true);
  }

  // Contractions and indexing.

  private void dot() {
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
        depth *= extent(x, axis);
      }
    }
    Collections.shuffle(shared, random);
    Shape right = new Shape(shared.stream().map(left::dim).toList());
    int place = random.nextInt(right.rank() + 1);
    right = right.insert(place, Dim.of(pool.extent()));
    List<Integer> axes = new ArrayList<>(shared);
    axes.add(place, -1);
    Entry y = pool.like(x.type().withShape(right));
    add(
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

  private void gather() {
    Entry x = ofRank(1);
    Entry indices = indices();
    Node result = Operations.gather(x.node(), indices.node(), random.nextInt(x.rank()));
    add(result, x.bound(), x.exact());
  }

  private void scatterAdd() {
    Entry x = pool.any(e -> e.rank() >= 1 && !e.is(DType.BOOL));
    int axis = random.nextInt(x.rank());
    Entry indices = indices();
    Entry updates = pool.like(Operations.gather(x.node(), indices.node(), axis).type());
    long repeats = pool.count(indices.node().shape());
    add(
        Operations.scatterAdd(x.node(), indices.node(), updates.node(), axis),
        x.bound() + repeats * updates.bound(),
        !x.node().dtype().isFloat());
  }

  private void argSort() {
    Entry x = pool.any(e -> e.rank() >= 1 && e.exact());
    int axis = random.nextInt(x.rank());
    add(Operations.argSort(x.node(), axis, random.nextBoolean()), extent(x, axis), true);
  }

  private void topK() {
    Entry x = pool.any(e -> e.rank() >= 1 && e.exact());
    int extent = extent(x, x.rank() - 1);
    if (x.node().shape().dim(x.rank() - 1).isFixed()) {
      add(Operations.topK(x.node(), random.nextInt(extent + 1)), extent, true);
    }
  }

  private void fft() {
    Predicate<Entry> pairs = e -> e.is(DType.F32) && e.rank() == 2;
    Entry x = pool.any(pairs);
    if (!pool.options.integerValued()) {
      Node pair =
          Operations.broadcast(x.node(), x.node().shape().insert(2, Dim.of(2)), List.of(0, 1));
      add(Operations.fft(pair, random.nextBoolean()), 2 * x.bound() * extent(x, 1), false);
    }
  }

  private void randomBits() {
    Entry seed = pool.like(TensorType.scalar(DType.I32));
    Entry step = pool.like(TensorType.scalar(DType.I32));
    Shape shape = pool.type().shape();
    Node bits =
        Operations.randomBits(
            seed.node(), step.node(), shape, random.nextLong(), random.nextInt(4));
    add(Operations.binary(BinaryOp.AND, bits, Operations.full(bits.type(), 7)), 7, true);
  }

  // Control.

  /** carry' = carry ∘ element with ∘ one of + - max min; the sequence of carries is a result. */
  private void scan() {
    Entry carry = pool.any(e -> !e.is(DType.BOOL) && e.rank() < 4);
    int length = pool.choose(List.of(0, 1, 2, 3, 5));
    Shape rows = carry.node().shape().prepend(Dim.of(length));
    Entry sequence = pool.like(carry.type().withShape(rows));
    Entry factor = pool.like(carry.type());
    BinaryOp function =
        pool.choose(List.of(BinaryOp.ADD, BinaryOp.SUBTRACT, BinaryOp.MAXIMUM, BinaryOp.MINIMUM));
    TensorType type = carry.type();
    Graph body =
        Operations.trace(
            List.of(type, type, type),
            x -> {
              Node next = Operations.binary(function, x.get(0), x.get(1));
              return List.of(next, Operations.multiply(next, x.get(2)));
            });
    Node scan =
        Node.of(
            new Op.Scan(body, 1, 1, length, random.nextBoolean()),
            carry.node(),
            sequence.node(),
            factor.node());
    double last = carry.bound() + length * sequence.bound();
    add(results(scan).get(0), last, !type.dtype().isFloat());
    add(results(scan).get(1), last * factor.bound(), !type.dtype().isFloat());
  }

  /** Adds x to a sum while a counter is below a limit. */
  private void repeat() {
    Entry x = pool.any(e -> !e.is(DType.BOOL));
    int times = random.nextInt(4);
    List<TensorType> state = List.of(TensorType.scalar(DType.I32), x.type(), x.type());
    Graph condition =
        Operations.trace(state, s -> List.of(Operations.compare(Comparison.LT, s.get(0), times)));
    Graph body =
        Operations.trace(
            state,
            s ->
                List.of(Operations.add(s.get(0), 1), Operations.add(s.get(1), s.get(2)), s.get(2)));
    Node loop =
        Node.of(new Op.While(condition, body), Operations.scalar(DType.I32, 0), x.node(), x.node());
    add(results(loop).get(1), (times + 1) * x.bound(), !x.node().dtype().isFloat());
    add(results(loop).get(0), 4, true);
  }

  private void cond() {
    Entry x = pool.any(e -> !e.is(DType.BOOL));
    Entry y = pool.like(x.type());
    Entry predicate = pool.like(TensorType.scalar(DType.BOOL));
    List<TensorType> types = List.of(x.type(), x.type());
    Graph then =
        Operations.trace(types, a -> List.of(Operations.subtract(a.get(0), a.get(1)), a.get(0)));
    Graph otherwise =
        Operations.trace(types, a -> List.of(a.get(1), Operations.maximum(a.get(0), a.get(1))));
    Node cond = Node.of(new Op.Cond(then, otherwise), predicate.node(), x.node(), y.node());
    results(cond).forEach(r -> add(r, x.bound() + y.bound(), !x.node().dtype().isFloat()));
  }

  private void composite() {
    Entry x = pool.any(e -> !e.is(DType.BOOL));
    Entry y = pool.like(x.type());
    Node node =
        Operations.composite(
            "sum_of_magnitudes",
            Map.of("note", "made at random"),
            List.of(x.node(), y.node()),
            a ->
                Operations.add(
                    Operations.unary(UnaryOp.ABS, a.get(0)),
                    Operations.unary(UnaryOp.ABS, a.get(1))));
    add(node, x.bound() + y.bound(), !x.node().dtype().isFloat());
  }
}
