package org.nnd.ir.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.Window;
import org.nnd.ir.testing.Pool.Entry;

/** The random steps that slide a window. */
final class RandomWindows {
  private final Pool pool;
  private final Random random;

  RandomWindows(Pool pool) {
    this.pool = pool;
    this.random = pool.random;
  }

  /** Adds a reduction over {@code count} elements if its result is finite and small. */
  void reducing(Reduction reduction, Entry x, long count, Supplier<Node> apply) {
    boolean extreme = reduction == Reduction.MAX || reduction == Reduction.MIN;
    boolean isFloat = x.node().dtype().isFloat();
    if (extreme ? count == 0 && isFloat : x.is(DType.BOOL)) {
      return;
    }
    double bound =
        switch (reduction) {
          case SUM -> x.bound() * count;
          case PRODUCT -> Math.pow(Math.max(1, x.bound()), count);
          case MAX, MIN -> count == 0 ? 0x1p63 : x.bound();
        };
    boolean exact = !isFloat || extreme && x.exact() || pool.options.integerValued();
    pool.offer(new Entry(apply.get(), bound, exact));
  }

  void reduceWindow() {
    Entry x = pool.any(e -> e.rank() >= 1);
    Reduction reduction = pool.choose(List.of(Reduction.values()));
    boolean extreme = reduction == Reduction.MAX || reduction == Reduction.MIN;
    boolean padded = !(extreme && x.node().dtype().isFloat());
    List<Integer> size = new ArrayList<>();
    for (Dim dim : x.node().shape().dims()) {
      size.add(dim.isFixed() ? 1 + random.nextInt(3) : 1);
    }
    Window window = window(size, x.node().shape(), padded);
    long count = size.stream().mapToLong(n -> n).reduce(1, (a, b) -> a * b);
    reducing(reduction, x, count, () -> Operations.reduceWindow(reduction, x.node(), window));
  }

  /**
   * A window of the given size over {@code shape}; nothing moves along an axis of extent N. Windows
   * lie wholly on elements unless {@code padded}, since max of nothing is infinite.
   */
  private Window window(List<Integer> size, Shape shape, boolean padded) {
    List<Integer> stride = new ArrayList<>();
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    List<Integer> inputDilation = new ArrayList<>();
    List<Integer> dilation = new ArrayList<>();
    for (Dim dim : shape.dims()) {
      boolean fixed = dim.isFixed();
      stride.add(fixed ? 1 + random.nextInt(3) : 1);
      dilation.add(fixed ? 1 + random.nextInt(2) : 1);
      low.add(fixed && padded ? random.nextInt(4) - 1 : 0);
      high.add(fixed && padded ? random.nextInt(4) - 1 : 0);
      inputDilation.add(fixed && padded ? 1 + random.nextInt(2) : 1);
    }
    return new Window(size, stride, low, high, inputDilation, dilation);
  }

  void convolution() {
    int groups = 1 + random.nextInt(3);
    boolean featureGrouped = random.nextBoolean();
    int features = (featureGrouped ? groups : 1) * (1 + random.nextInt(3));
    Dim batch = random.nextBoolean() ? Dim.BATCH : Dim.of(1 + random.nextInt(3));
    Shape shape = Shape.of(featureGrouped ? batch : batch.times(groups), Dim.of(features));
    Shape spatial = Shape.SCALAR;
    List<Integer> size = new ArrayList<>();
    int rank = random.nextInt(3);
    for (int axis = 0; axis < rank; axis++) {
      spatial = spatial.insert(axis, Dim.of(rank == 1 ? pool.extent() : 1 + random.nextInt(7)));
      size.add(1 + random.nextInt(3));
    }
    Entry x = pool.like(TensorType.f32(shape.concat(spatial)));
    Window window = window(size, spatial, true);
    int perGroup = featureGrouped ? features / groups : features;
    Shape taps = Shape.of(groups * (1L + random.nextInt(2)), perGroup);
    for (int axis = 0; axis < rank; axis++) {
      taps = taps.insert(2 + axis, Dim.of(size.get(axis)));
    }
    Entry kernel = pool.like(TensorType.f32(taps));
    Node result =
        Operations.convolution(
            x.node(),
            kernel.node(),
            window,
            Dim.of(featureGrouped ? groups : 1),
            Dim.of(featureGrouped ? 1 : groups));
    double terms = taps.without(List.of(0)).count().fixed();
    pool.offer(new Entry(result, terms * x.bound() * kernel.bound(), pool.options.integerValued()));
  }
}
