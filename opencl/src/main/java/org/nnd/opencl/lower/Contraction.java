package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.opencl.kernel.Index;

/**
 * A matrix product in disguise: {@code out[b, m, n] = sum over k of left[b, m, k] * right[b, n,
 * k]}, each letter standing for several axes. Dot-general and every convolution have this form; for
 * a convolution the left operand is the kernel and the right one the padded input.
 *
 * <p>{@code outer} axes are free axes of the right operand that a schedule keeps apart from the
 * others (the examples of a convolution's batch).
 */
record Contraction(
    Node left,
    Node right,
    List<Dim> batch,
    List<Dim> outer,
    List<Dim> m,
    List<Dim> n,
    List<Dim> k,
    Access access) {

  /** The coordinates of operands and result. Arguments are coordinates along the named axes. */
  interface Access {
    List<Index> left(List<Index> batch, List<Index> m, List<Index> k);

    List<Index> right(List<Index> batch, List<Index> outer, List<Index> n, List<Index> k);

    List<Index> result(List<Index> batch, List<Index> outer, List<Index> m, List<Index> n);
  }

  static Contraction of(Node node) {
    return switch (node.op()) {
      case Op.Dot dot -> of(node, dot);
      case Op.Convolution convolution -> of(node, convolution);
      default -> throw new IllegalArgumentException("no contraction: " + node);
    };
  }

  private static Contraction of(Node node, Op.Dot dot) {
    Node left = node.operand(0);
    Node right = node.operand(1);
    List<Integer> leftFree = free(left, dot.leftBatch(), dot.leftContracting());
    List<Integer> rightFree = free(right, dot.rightBatch(), dot.rightContracting());
    Access access =
        new Access() {
          @Override
          public List<Index> left(List<Index> batch, List<Index> m, List<Index> k) {
            Index[] at = new Index[left.rank()];
            place(at, dot.leftBatch(), batch);
            place(at, leftFree, m);
            place(at, dot.leftContracting(), k);
            return List.of(at);
          }

          @Override
          public List<Index> right(
              List<Index> batch, List<Index> outer, List<Index> n, List<Index> k) {
            Index[] at = new Index[right.rank()];
            place(at, dot.rightBatch(), batch);
            place(at, rightFree, n);
            place(at, dot.rightContracting(), k);
            return List.of(at);
          }

          @Override
          public List<Index> result(
              List<Index> batch, List<Index> outer, List<Index> m, List<Index> n) {
            return concat(batch, m, n);
          }
        };
    return new Contraction(
        left,
        right,
        dims(left, dot.leftBatch()),
        List.of(),
        dims(left, leftFree),
        dims(right, rightFree),
        dims(left, dot.leftContracting()),
        access);
  }

  private static Contraction of(Node node, Op.Convolution op) {
    Window window = op.window();
    int spatial = window.rank();
    Node kernel = node.operand(1);
    Node padded = padded(node.operand(0), window);
    Shape out = node.shape();
    Dim groups = op.featureGroups().times(op.batchGroups());
    Dim perGroup = out.dim(1).dividedBy(groups);
    boolean byBatch = !op.batchGroups().is(1);
    Dim features = kernel.shape().dim(1);
    Access access =
        new Access() {
          @Override
          public List<Index> left(List<Index> batch, List<Index> m, List<Index> k) {
            Index feature = batch.get(0).times(perGroup).plus(m.get(0));
            return concat(List.of(feature), k);
          }

          @Override
          public List<Index> right(
              List<Index> batch, List<Index> outer, List<Index> n, List<Index> k) {
            List<Index> at = new ArrayList<>();
            Index group = batch.get(0);
            at.add(byBatch ? group.times(out.dim(0)).plus(outer.get(0)) : outer.get(0));
            at.add(byBatch ? k.get(0) : group.times(features).plus(k.get(0)));
            for (int i = 0; i < spatial; i++) {
              at.add(
                  n.get(i)
                      .times(window.stride().get(i))
                      .plus(k.get(i + 1).times(window.dilation().get(i))));
            }
            return at;
          }

          @Override
          public List<Index> result(
              List<Index> batch, List<Index> outer, List<Index> m, List<Index> n) {
            Index feature = batch.get(0).times(perGroup).plus(m.get(0));
            return concat(List.of(outer.get(0), feature), n);
          }
        };
    return new Contraction(
        kernel,
        padded,
        List.of(groups),
        List.of(out.dim(0)),
        List.of(perGroup),
        out.dims().subList(2, out.rank()),
        kernel.shape().dims().subList(1, kernel.rank()),
        access);
  }

  /**
   * {@return this with the outer axes among the columns, where they do not depend on the batch size
   * and the other columns are few: the gradient of a kernel, whose columns are features and taps}
   */
  Contraction withOuterInColumns() {
    Dim outerCount = product(outer);
    Dim columns = product(n);
    if (outer.isEmpty() || !outerCount.isFixed() || !columns.isFixed() || columns.fixed() >= 64) {
      return this;
    }
    int split = outer.size();
    List<Dim> all = new ArrayList<>(outer);
    all.addAll(n);
    Access inner = access;
    Access merged =
        new Access() {
          @Override
          public List<Index> left(List<Index> batch, List<Index> m, List<Index> k) {
            return inner.left(batch, m, k);
          }

          @Override
          public List<Index> right(
              List<Index> batch, List<Index> none, List<Index> n, List<Index> k) {
            return inner.right(batch, n.subList(0, split), n.subList(split, n.size()), k);
          }

          @Override
          public List<Index> result(
              List<Index> batch, List<Index> none, List<Index> m, List<Index> n) {
            return inner.result(batch, n.subList(0, split), m, n.subList(split, n.size()));
          }
        };
    return new Contraction(left, right, batch, List.of(), m, all, k, merged);
  }

  /** {@return this with contracted axes {@code from} to {@code to} as one} */
  Contraction joined(int from, int to) {
    List<Dim> apart = k.subList(from, to);
    List<Dim> all = new ArrayList<>(k.subList(0, from));
    all.add(product(apart));
    all.addAll(k.subList(to, k.size()));
    Access inner = access;
    Access joined =
        new Access() {
          private List<Index> split(List<Index> k) {
            return concat(
                k.subList(0, from),
                Index.unflatten(k.get(from), apart),
                k.subList(from + 1, k.size()));
          }

          @Override
          public List<Index> left(List<Index> batch, List<Index> m, List<Index> k) {
            return inner.left(batch, m, split(k));
          }

          @Override
          public List<Index> right(
              List<Index> batch, List<Index> outer, List<Index> n, List<Index> k) {
            return inner.right(batch, outer, n, split(k));
          }

          @Override
          public List<Index> result(
              List<Index> batch, List<Index> outer, List<Index> m, List<Index> n) {
            return inner.result(batch, outer, m, n);
          }
        };
    return new Contraction(left, right, batch, outer, m, n, all, joined);
  }

  /** The input with the window's padding and dilation made explicit. */
  static Node padded(Node input, Window window) {
    List<Dim> low = new ArrayList<>(Collections.nCopies(2, Dim.ZERO));
    List<Dim> high = new ArrayList<>(Collections.nCopies(2, Dim.ZERO));
    List<Integer> interior = new ArrayList<>(Collections.nCopies(2, 0));
    for (int i = 0; i < window.rank(); i++) {
      low.add(Dim.of(window.low().get(i)));
      high.add(Dim.of(window.high().get(i)));
      interior.add(window.inputDilation().get(i) - 1);
    }
    return Operations.pad(input, low, high, interior, 0);
  }

  private static List<Integer> free(Node x, List<Integer> batch, List<Integer> contracting) {
    return IntStream.range(0, x.rank())
        .boxed()
        .filter(axis -> !batch.contains(axis) && !contracting.contains(axis))
        .toList();
  }

  private static List<Dim> dims(Node x, List<Integer> axes) {
    return axes.stream().map(axis -> x.shape().dim(axis)).toList();
  }

  private static void place(Index[] at, List<Integer> axes, List<Index> values) {
    for (int i = 0; i < axes.size(); i++) {
      at[axes.get(i)] = values.get(i);
    }
  }

  @SafeVarargs
  private static List<Index> concat(List<Index>... parts) {
    List<Index> all = new ArrayList<>();
    for (List<Index> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  static Dim product(List<Dim> dims) {
    return dims.stream().reduce(Dim.ONE, Dim::times);
  }
}
