package org.nnd.ir.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.testing.Pool.Entry;

/** The random steps that move elements. */
final class RandomViews {
  private final Pool pool;
  private final Random random;

  RandomViews(Pool pool) {
    this.pool = pool;
    this.random = pool.random;
  }

  void reshape() {
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
    pool.add(Operations.reshape(x.node(), shape), x.bound(), x.exact());
  }

  void transpose() {
    Entry x = pool.ofRank(2);
    List<Integer> permutation = new ArrayList<>(Operations.axes(x.rank()));
    Collections.shuffle(permutation, random);
    pool.add(Operations.transpose(x.node(), permutation), x.bound(), x.exact());
  }

  void broadcast() {
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
    pool.add(Operations.broadcast(x.node(), shape, axes), x.bound(), x.exact());
  }

  void slice() {
    Entry x = pool.ofRank(1);
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
    pool.add(Operations.slice(x.node(), start, limit, stride), x.bound(), x.exact());
  }

  void pad() {
    Entry x = pool.ofRank(1);
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
    pool.add(
        Operations.pad(x.node(), low, high, interior, value), Math.max(1, x.bound()), x.exact());
  }

  void concatenate() {
    Entry x = pool.ofRank(1);
    int axis = random.nextInt(x.rank());
    Shape shape = x.node().shape();
    Dim extent = random.nextBoolean() ? shape.dim(axis) : Dim.of(pool.extent());
    Entry y = pool.like(x.type().withShape(shape.with(axis, extent)));
    List<Node> parts = new ArrayList<>(List.of(x.node(), y.node()));
    if (random.nextInt(3) == 0) {
      parts.add(x.node());
    }
    pool.add(
        Operations.concatenate(parts, axis),
        Math.max(x.bound(), y.bound()),
        x.exact() && y.exact());
  }

  void reverse() {
    Entry x = pool.ofRank(1);
    pool.add(Operations.reverse(x.node(), pool.someAxes(x)), x.bound(), x.exact());
  }
}
