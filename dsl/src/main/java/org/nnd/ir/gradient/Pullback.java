package org.nnd.ir.gradient;

import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;

/** The rule of every operation: from the cotangents of its results to those of its operands. */
final class Pullback {
  private Pullback() {}

  static void apply(Node node, Sweep to) {
    switch (node.op()) {
      case Op.Scan scan -> ControlRules.scan(scan, node, to);
      case Op.Cond cond -> ControlRules.cond(cond, node, to);
      case Op.Composite composite -> ControlRules.composite(composite, node, to);
      case Op.Custom custom -> CustomRule.apply(custom, node, to);
      case Op.While loop ->
          throw new NndException(
              "%s: a while loop has no gradient, since its number of steps is not known; use a scan"
                      .formatted(place(node))
                  + " of fixed length, or stop the gradient before it");
      default -> single(node, to.cotangent(node, 0).orElseThrow(), to);
    }
  }

  static String place(Node node) {
    String origin = node.origin().toString();
    return origin.isEmpty() ? "gradient" : origin;
  }

  private static void single(Node node, Node g, Sweep to) {
    switch (node.op()) {
      case Op.Unary unary -> to.operand(node, 0, () -> ElementwiseRules.unary(unary, node, g));
      case Op.Binary binary -> ElementwiseRules.binary(binary, node, g, to);
      case Op.Select select -> ElementwiseRules.select(node, g, to);
      // Rounding to a narrower type counts as the identity.
      case Op.Convert convert ->
          to.operand(node, 0, () -> Operations.convert(g, node.operand(0).dtype()));

      case Op.Reshape reshape ->
          to.operand(node, 0, () -> Operations.reshape(g, node.operand(0).shape()));
      case Op.Transpose t -> to.operand(node, 0, () -> ShapeRules.transpose(t, g));
      case Op.Broadcast b -> to.operand(node, 0, () -> ShapeRules.broadcast(b, node, g));
      case Op.Slice slice -> to.operand(node, 0, () -> ShapeRules.slice(slice, node, g));
      case Op.Pad pad -> to.operand(node, 0, () -> ShapeRules.pad(pad, node, g));
      case Op.Concatenate c -> ShapeRules.concatenate(c, node, g, to);
      case Op.Reverse reverse -> to.operand(node, 0, () -> Operations.reverse(g, reverse.axes()));

      case Op.Reduce reduce -> to.operand(node, 0, () -> ReductionRules.reduce(reduce, node, g));
      case Op.Cumulative c -> to.operand(node, 0, () -> ReductionRules.cumulative(c, node, g));
      case Op.ReduceWindow r -> to.operand(node, 0, () -> WindowRules.reduceWindow(r, node, g));
      case Op.Dot dot -> {
        to.operand(node, 0, () -> ContractionRules.dotLeft(dot, node, g));
        to.operand(node, 1, () -> ContractionRules.dotRight(dot, node, g));
      }
      case Op.Convolution convolution -> {
        to.operand(node, 0, () -> ContractionRules.convolutionInput(convolution, node, g));
        to.operand(node, 1, () -> ContractionRules.convolutionKernel(convolution, node, g));
      }
      // d gather(x, i) / dx is one where x was read: adds g there, and nothing outside.
      case Op.Gather gather ->
          to.operand(
              node,
              0,
              () -> {
                Node zeros = Operations.full(node.operand(0).type(), 0);
                return Operations.scatterAdd(zeros, node.operand(1), g, gather.axis());
              });
      case Op.ScatterAdd scatter -> {
        to.operand(node, 0, () -> g);
        to.operand(node, 2, () -> Operations.gather(g, node.operand(1), scatter.axis()));
      }
      // The DFT matrix F is symmetric, and the transpose of F as a real map of pairs is that of its
      // conjugate: the transform of the other direction.
      case Op.Fft fft -> to.operand(node, 0, () -> Operations.fft(g, !fft.inverse()));
      case Op.GetResult result -> to.add(node.operand(0), result.index(), g);
      case Op.Barrier barrier -> to.operand(node, 0, () -> g);

      // Constant, of integers, or piecewise constant.
      case Op.StopGradient stop -> {}
      case Op.Input input -> {}
      case Op.Parameter parameter -> {}
      case Op.Constant constant -> {}
      case Op.Iota iota -> {}
      case Op.Size size -> {}
      case Op.Compare compare -> {}
      case Op.Bitcast bitcast -> {}
      case Op.ArgReduce arg -> {}
      case Op.ArgSort sort -> {}
      case Op.TopK top -> {}
      case Op.RandomBits random -> {}
      case Op.Scan scan -> throw severalResults(node);
      case Op.While loop -> throw severalResults(node);
      case Op.Cond cond -> throw severalResults(node);
      case Op.Composite composite -> throw severalResults(node);
      case Op.Custom custom -> throw severalResults(node);
    }
  }

  private static IllegalStateException severalResults(Node node) {
    return new IllegalStateException("may have several results: " + node);
  }
}
