package org.nnd.ir.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/** Derivatives of the bilinear operations: each is again one dot, or one convolution. */
final class ContractionRules {
  private ContractionRules() {}

  // dot: z[b, i, j] = Σ_k x[b, i, k] y[b, k, j]

  /** dx[b, i, k] = Σ_j g[b, i, j] y[b, k, j] */
  static Node dotLeft(Op.Dot op, Node z, Node g) {
    Node x = z.operand(0);
    Node y = z.operand(1);
    List<Integer> leftFree = free(x, op.leftBatch(), op.leftContracting());
    List<Integer> rightFree = free(y, op.rightBatch(), op.rightContracting());
    int batch = op.leftBatch().size();
    int firstColumn = batch + leftFree.size();
    Node product =
        Operations.dot(
            g,
            y,
            Operations.axes(batch),
            op.rightBatch(),
            range(firstColumn, firstColumn + rightFree.size()),
            rightFree);
    List<Integer> order = new ArrayList<>(op.leftBatch());
    order.addAll(leftFree);
    order.addAll(partners(op.rightContracting(), op.leftContracting()));
    return Operations.transpose(product, ShapeRules.inverse(order));
  }

  /** dy[b, k, j] = Σ_i g[b, i, j] x[b, i, k] */
  static Node dotRight(Op.Dot op, Node z, Node g) {
    Node x = z.operand(0);
    Node y = z.operand(1);
    List<Integer> leftFree = free(x, op.leftBatch(), op.leftContracting());
    List<Integer> rightFree = free(y, op.rightBatch(), op.rightContracting());
    int batch = op.leftBatch().size();
    Node product =
        Operations.dot(
            g,
            x,
            Operations.axes(batch),
            op.leftBatch(),
            range(batch, batch + leftFree.size()),
            leftFree);
    List<Integer> order = new ArrayList<>(op.rightBatch());
    order.addAll(rightFree);
    order.addAll(partners(op.leftContracting(), op.rightContracting()));
    return Operations.transpose(product, ShapeRules.inverse(order));
  }

  private static List<Integer> free(Node x, List<Integer> batch, List<Integer> contracting) {
    List<Integer> free = new ArrayList<>(Operations.axes(x.rank()));
    free.removeAll(batch);
    free.removeAll(contracting);
    return free;
  }

  /**
   * {@return the axes paired with {@code axes}, in the order in which those lie in their operand}
   */
  private static List<Integer> partners(List<Integer> axes, List<Integer> others) {
    return axes.stream().sorted().map(axis -> others.get(axes.indexOf(axis))).toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  // convolution: z[b, o, p] = Σ_{c, k} x[b, c, p·s + k·d - low] w[o, c, k]
  // (the same rules as JAX's, jax/_src/lax/convolution.py)

  /**
   * dx[b, c, i] = Σ_{o, k} g[b, o, (i + low - k·d) / s] w[o, c, k]: a convolution of g, dilated by
   * the stride, with the kernel reversed and its features exchanged, group by group. With batch
   * groups these are feature groups of g, and their results the groups of the batch.
   */
  static Node convolutionInput(Op.Convolution op, Node z, Node g) {
    Node x = z.operand(0);
    Node kernel = z.operand(1);
    Dim groups = op.featureGroups().times(op.batchGroups());
    Node exchanged = exchangeFeatures(kernel, groups);
    Node reversed = Operations.reverse(exchanged, range(2, kernel.rank()));
    Window window = WindowRules.transposed(op.window(), x.shape(), z.shape(), 2);
    Node result = Operations.convolution(g, reversed, window, groups, Dim.ONE);
    if (op.batchGroups().is(1)) {
      return result;
    }
    // [B, G · C, …] to [G · B, C, …]
    Shape shape = result.shape();
    Shape split =
        shape.with(1, shape.dim(1).dividedBy(op.batchGroups())).insert(1, op.batchGroups());
    Node moved =
        Operations.transpose(Operations.reshape(result, split), swapped(split.rank(), 0, 1));
    return Operations.reshape(moved, x.shape());
  }

  /** {@return the kernel [G · O, C, …] as [G · C, O, …]} */
  private static Node exchangeFeatures(Node kernel, Dim groups) {
    if (groups.is(1)) {
      return Operations.transpose(kernel, swapped(kernel.rank(), 0, 1));
    }
    Shape shape = kernel.shape();
    Dim outputs = shape.dim(0).dividedBy(groups);
    Shape split = shape.with(0, outputs).insert(0, groups);
    Node moved =
        Operations.transpose(Operations.reshape(kernel, split), swapped(split.rank(), 1, 2));
    return Operations.reshape(moved, shape.with(0, groups.times(shape.dim(1))).with(1, outputs));
  }

  /**
   * dw[o, c, k] = Σ_{b, p} g[b, o, p] x[b, c, p·s + k·d - low]: a convolution in which channels and
   * batch change places, and so do stride and dilation; feature groups become batch groups and the
   * reverse.
   */
  static Node convolutionKernel(Op.Convolution op, Node z, Node g) {
    Node x = z.operand(0);
    Node kernel = z.operand(1);
    Window window = op.window();
    List<Integer> size = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      int taps = window.size().get(i);
      int outputs = z.shape().size(i + 2);
      int inputs = WindowRules.spread(x.shape().size(i + 2), window.inputDilation().get(i));
      size.add(outputs);
      high.add(
          WindowRules.spread(outputs, window.stride().get(i))
              + (taps - 1) * window.dilation().get(i)
              - inputs
              - window.low().get(i));
    }
    Window transposed =
        new Window(
            size, window.dilation(), window.low(), high, window.inputDilation(), window.stride());
    List<Integer> swap = swapped(kernel.rank(), 0, 1);
    Node result =
        Operations.convolution(
            Operations.transpose(x, swap),
            Operations.transpose(g, swap),
            transposed,
            op.batchGroups(),
            op.featureGroups());
    return Operations.transpose(result, swap);
  }

  private static List<Integer> swapped(int rank, int i, int j) {
    List<Integer> permutation = new ArrayList<>(Operations.axes(rank));
    permutation.set(i, j);
    permutation.set(j, i);
    return permutation;
  }
}
