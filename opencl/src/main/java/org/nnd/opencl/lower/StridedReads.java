package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.ir.pass.Rewriter;

/**
 * Convolutions that read every d-th element of their input as convolutions of inputs whose elements
 * lie side by side: one tap that moves in strides, and taps d apart that do not move further than
 * to the next tap. The latter are the gradients of kernels that are no longer than their stride
 * (patches, pooling by convolution): each of their results meets elements of its own.
 */
final class StridedReads {
  private StridedReads() {}

  static Graph apply(Graph graph) {
    return Rewriter.bottomUp(graph, StridedReads::rule);
  }

  private static Node rule(Node node) {
    if (!(node.op() instanceof Op.Convolution op)
        || node.shape().count().is(0)
        || !op.featureGroups().is(1)
        || !op.batchGroups().is(1)) {
      return node;
    }
    Window window = op.window();
    for (int i = 0; i < window.rank(); i++) {
      int results = node.shape().size(i + 2);
      int size = window.size().get(i);
      int dilation = window.dilation().get(i);
      boolean dense = window.inputDilation().get(i) == 1;
      if (dense && size == 1 && window.stride().get(i) > 1) {
        return oneTap(node, op, i);
      }
      if (dense && size > 1 && dilation > 1 && window.stride().get(i) == 1 && results <= dilation) {
        return resultsApart(node, op, i);
      }
    }
    return node;
  }

  /** {@code y[p] = x[s p - low] w}. */
  private static Node oneTap(Node node, Op.Convolution op, int spatial) {
    int stride = op.window().stride().get(spatial);
    int results = node.shape().size(spatial + 2);
    Node phases = byPhase(node.operand(0), op.window(), spatial, results, stride);
    Node first = Operations.slice(phases, spatial + 3, 0, 1);
    Node input = Operations.reshape(first, first.shape().without(List.of(spatial + 3)));
    return convolution(node, op, input, spatial);
  }

  /** {@code y[p] = Σ_k x[d k + p - low] w[k]}, with a batch of its own for each p < d. */
  private static Node resultsApart(Node node, Op.Convolution op, int spatial) {
    int axis = spatial + 2;
    int taps = op.window().size().get(spatial);
    int results = node.shape().size(axis);
    int dilation = op.window().dilation().get(spatial);
    Node phases = byPhase(node.operand(0), op.window(), spatial, taps, dilation);
    Node used = Operations.slice(phases, axis + 1, 0, results);
    List<Integer> order = new ArrayList<>(Operations.axes(used.rank()));
    order.remove(axis + 1);
    order.add(1, axis + 1);
    Node moved = Operations.transpose(used, order);
    Shape shape = node.operand(0).shape().with(axis, Dim.of(taps));
    Node input = Operations.reshape(moved, shape.with(0, shape.dim(0).times(results)));
    Node apart = convolution(node, op, input, spatial);
    Shape one = node.shape().with(axis, Dim.ONE);
    List<Integer> back = new ArrayList<>(Operations.axes(node.rank() + 1));
    back.remove(1);
    back.add(axis, 1);
    Node turned =
        Operations.transpose(Operations.reshape(apart, one.insert(1, Dim.of(results))), back);
    return Operations.reshape(turned, node.shape());
  }

  /** {@return the padded input {@code [.., count * step, ..]} as {@code [.., count, step, ..]}} */
  private static Node byPhase(Node input, Window window, int spatial, int count, int step) {
    int axis = spatial + 2;
    int low = window.low().get(spatial);
    int extent = input.shape().size(axis);
    List<Dim> before = new ArrayList<>(Collections.nCopies(input.rank(), Dim.ZERO));
    List<Dim> after = new ArrayList<>(before);
    before.set(axis, Dim.of(low));
    after.set(axis, Dim.of((long) count * step - extent - low));
    List<Integer> interior = Collections.nCopies(input.rank(), 0);
    Node padded = Operations.pad(input, before, after, interior, 0);
    return Operations.reshape(
        padded, padded.shape().with(axis, Dim.of(count)).insert(axis + 1, Dim.of(step)));
  }

  /** The convolution of another input, in which the taps lie side by side along an axis. */
  private static Node convolution(Node node, Op.Convolution op, Node input, int spatial) {
    Window dense = op.window().dense(spatial, op.window().size().get(spatial), 0, 0);
    return Operations.convolution(input, node.operand(1), dense, Dim.ONE, Dim.ONE);
  }
}
