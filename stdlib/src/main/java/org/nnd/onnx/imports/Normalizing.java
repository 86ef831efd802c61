package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;
import org.nnd.ir.composite.Normalizations;
import org.nnd.ir.composite.Probabilities;

/** ONNX's normalisations as operations of the tensor graph. */
final class Normalizing {
  private Normalizing() {}

  /** What a batch normalisation in training gives; the statistics are {@code [C]}. */
  record Training(Node output, Node mean, Node variance, Node newMean, Node newVariance) {}

  /**
   * {@return batch normalisation by given statistics; they and the affine parameters are {@code
   * [C]}, or have the shape of one whole example}
   */
  static Node batchInference(Node x, Node scale, Node shift, Node mean, Node variance, double eps) {
    if (scale.rank() == 1 && x.rank() > 1) {
      return Normalizations.batchNormInference(x, scale, shift, mean, variance, eps);
    }
    Node factor = Operations.multiply(scale, Operations.rsqrt(Operations.add(variance, eps)));
    Node centred = Operations.subtract(x, Operations.broadcastTrailing(mean, x.shape()));
    Node scaled = Operations.multiply(centred, Operations.broadcastTrailing(factor, x.shape()));
    return Operations.add(scaled, Operations.broadcastTrailing(shift, x.shape()));
  }

  /**
   * {@return batch normalisation by the batch's own statistics, and the running ones after it:
   * {@code old momentum + new (1 - momentum)}, of the biased variance}
   */
  static Training batchTraining(
      Node x, Node scale, Node shift, Node mean, Node variance, double eps, double momentum) {
    List<Integer> others = new ArrayList<>(Operations.axes(x.rank()));
    others.remove(1);
    Node batchMean = Operations.mean(x, others);
    Node centred = Operations.subtract(x, Operations.expand(batchMean, x.shape(), others));
    Node batchVariance = Operations.mean(Operations.square(centred), others);
    Node output = Normalizations.batchNorm(x, scale, shift, eps).output();
    return new Training(
        output,
        batchMean,
        batchVariance,
        moved(mean, batchMean, momentum),
        moved(variance, batchVariance, momentum));
  }

  private static Node moved(Node old, Node now, double momentum) {
    return Operations.add(
        Operations.multiply(old, momentum), Operations.multiply(now, 1 - momentum));
  }

  /** {@return {@code x [N, C, …]} with each plane normalised by itself, then scaled and shifted} */
  static Node instance(Node x, Node scale, Node shift, double eps) {
    return Normalizations.groupNorm(x, scale, shift, x.shape().size(1), eps);
  }

  /** What a layer normalisation gives; the statistics keep their axes with extent 1. */
  record Layer(Node output, Node mean, Node inverseDeviation) {}

  /**
   * {@return the axes from {@code axis} on normalised, scaled and shifted}
   *
   * @param scale can be repeated to the normalised axes, from the last one on
   * @param shift likewise
   */
  static Layer layer(Node x, Node scale, Node shift, int axis, double eps) {
    List<Integer> inside = IntStream.range(axis, x.rank()).boxed().toList();
    Node mean = Operations.mean(x, inside);
    Node centred = Operations.subtract(x, Operations.expand(mean, x.shape(), inside));
    Node variance = Operations.mean(Operations.square(centred), inside);
    Node inverse = Operations.rsqrt(Operations.add(variance, eps));
    Shape parameters = x.shape().slice(axis, x.rank());
    Node output =
        Normalizations.layerNorm(
            x,
            Operations.broadcastTrailing(scale, parameters),
            Operations.broadcastTrailing(shift, parameters),
            inside,
            eps);
    Shape kept = x.shape().slice(0, axis);
    for (int i = axis; i < x.rank(); i++) {
      kept = kept.concat(Shape.of(1));
    }
    return new Layer(output, Operations.reshape(mean, kept), Operations.reshape(inverse, kept));
  }

  /** {@return the axes from {@code axis} on over their root mean square (Zhang, Sennrich 2019)} */
  static Node rootMeanSquare(Node x, Node scale, int axis, double eps) {
    List<Integer> inside = IntStream.range(axis, x.rank()).boxed().toList();
    Node square = Operations.mean(Operations.square(x), inside);
    Node inverse = Operations.rsqrt(Operations.add(square, eps));
    Node normal = Operations.multiply(x, Operations.expand(inverse, x.shape(), inside));
    return Operations.multiply(normal, Operations.broadcastTrailing(scale, x.shape()));
  }

  /**
   * Local response normalisation over channels (Krizhevsky, Sutskever and Hinton 2012).
   *
   * @param x {@code [N, C, …]}
   */
  static Node localResponse(Node x, int size, double alpha, double beta, double bias) {
    int before = (size - 1) / 2;
    List<Integer> reach = new ArrayList<>(Collections.nCopies(x.rank(), 1));
    List<Integer> low = new ArrayList<>(Collections.nCopies(x.rank(), 0));
    List<Integer> high = new ArrayList<>(low);
    reach.set(1, size);
    low.set(1, before);
    high.set(1, size - 1 - before);
    Window window = Window.of(reach).padding(low, high);
    Node sum = Operations.reduceWindow(Reduction.SUM, Operations.square(x), window);
    Node base = Operations.add(Operations.multiply(sum, alpha / size), bias);
    return Operations.divide(
        x, Operations.binary(BinaryOp.POWER, base, Operations.full(base.type(), beta)));
  }

  /** {@return {@code x} divided by its 1-norm or 2-norm along an axis; 0 where that is 0} */
  static Node byNorm(Node x, int axis, int p) {
    List<Integer> along = List.of(axis);
    Node norm =
        p == 1
            ? Operations.sum(Operations.unary(UnaryOp.ABS, x), along)
            : Operations.sqrt(Operations.sum(Operations.square(x), along));
    Node divisor =
        Operations.select(
            Operations.compare(Comparison.EQ, norm, 0), Operations.full(norm.type(), 1), norm);
    return Operations.divide(x, Operations.expand(divisor, x.shape(), along));
  }

  /** {@return {@code x} less its mean, over its standard deviation plus 1e-9} */
  static Node meanVariance(Node x, List<Integer> axes, boolean byVariance) {
    Node centred =
        Operations.subtract(x, Operations.expand(Operations.mean(x, axes), x.shape(), axes));
    if (!byVariance) {
      return centred;
    }
    Node variance = Operations.mean(Operations.square(centred), axes);
    Node deviation = Operations.add(Operations.sqrt(variance), 1e-9);
    return Operations.divide(centred, Operations.expand(deviation, x.shape(), axes));
  }

  /** The function of one axis that the softmax family applies. */
  interface AlongAxis {
    Node apply(Node x, int axis);
  }

  /** {@return a function of all axes from {@code axis} on as if they were one (before opset 13)} */
  static Node overTrailing(Node x, int axis, AlongAxis function) {
    Dim outer = x.shape().slice(0, axis).count();
    Dim inner = x.shape().slice(axis, x.rank()).count();
    Node flat = Operations.reshape(x, Shape.of(outer, inner));
    return Operations.reshape(function.apply(flat, 1), x.shape());
  }

  static Node softmax(Node x, int axis) {
    return Probabilities.softmax(x, axis);
  }

  static Node logSoftmax(Node x, int axis) {
    return Probabilities.logSoftmax(x, axis);
  }

  /** {@return 1 at the first of the largest elements along an axis, 0 elsewhere} */
  static Node hardmax(Node x, int axis) {
    Node largest = Operations.argReduce(Reduction.MAX, x, axis);
    Node at = Operations.expand(largest, x.shape(), List.of(axis));
    Node places = Operations.iota(DType.I32, x.shape(), axis);
    return Operations.convert(Operations.compare(Comparison.EQ, places, at), x.dtype());
  }
}
