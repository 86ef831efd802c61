package org.nnd.bench.suites;

import static org.nnd.bench.suites.Operands.data;
import static org.nnd.bench.suites.Operands.forward;
import static org.nnd.bench.suites.Operands.indices;
import static org.nnd.bench.suites.Operands.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.bench.Case;
import org.nnd.bench.Values;
import org.nnd.bench.Work;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.composite.Activations;
import org.nnd.ir.composite.Normalizations;
import org.nnd.ir.composite.Probabilities;
import org.nnd.layers.Layers;

/** Kernels that memory limits: a few operations on each element of something large. */
final class Rows {
  private Rows() {}

  /** Pictures {@code [batch, channels, size, size]}. */
  record Pictures(int batch, int channels, int size) {
    Node data() {
      return Operands.data("x", batch, channels, size, size);
    }

    @Override
    public String toString() {
      return "%dx%dx%dx%d".formatted(batch, channels, size, size);
    }
  }

  static List<Case> cases() {
    return cases(4096, new Pictures(64, 64, 56));
  }

  /** On {@code [n, n]}, and on pictures. */
  static List<Case> cases(int n, Pictures pictures) {
    String square = ", %1$d x %1$d".formatted(n);
    String picture = ", " + pictures;
    return List.of(
        new Case("add" + square, () -> forward(Operations.add(data("a", n, n), data("b", n, n)))),
        new Case("GELU" + square, () -> forward(Activations.gelu(data("x", n, n)))),
        new Case("softmax" + square, () -> forward(Probabilities.softmax(data("x", n, n), 1))),
        new Case(
            "softmax over columns" + square,
            () -> forward(Probabilities.softmax(data("x", n, n), 0))),
        new Case("layer norm" + square, () -> forward(layerNorm(n))),
        new Case("add, layer norm, GELU" + square, () -> forward(chain(n))),
        new Case("channel layer norm" + picture, () -> forward(channelNorm(pictures))),
        new Case(
            "GRN, %dx%dx%dx%d"
                .formatted(pictures.batch, pictures.size, pictures.size, pictures.channels),
            () ->
                Networks.predict(
                    Layers.grn(),
                    Map.of(
                        "x",
                        Shape.of(
                            pictures.batch, pictures.size, pictures.size, pictures.channels)))),
        new Case("batch norm in training" + picture, () -> batchNorm(pictures)),
        new Case("sum of rows" + square, () -> reduce(Reduction.SUM, data("x", n, n), 1)),
        new Case("sum of columns" + square, () -> reduce(Reduction.SUM, data("x", n, n), 0)),
        new Case("sum of all" + square, () -> reduce(Reduction.SUM, data("x", n, n), 0, 1)),
        new Case("max of rows" + square, () -> reduce(Reduction.MAX, data("x", n, n), 1)),
        new Case("max of columns" + square, () -> reduce(Reduction.MAX, data("x", n, n), 0)),
        new Case(
            "sum of positions" + picture, () -> reduce(Reduction.SUM, pictures.data(), 0, 2, 3)),
        new Case("transpose" + square, () -> forward(Operations.transpose(data("x", n, n), 1, 0))),
        new Case(
            "channels last" + picture,
            () -> forward(Operations.transpose(pictures.data(), 0, 2, 3, 1))),
        new Case("gather rows" + square, () -> gather(n)),
        new Case("scatter-add rows" + square, () -> scatter(n)));
  }

  private static Node layerNorm(int n) {
    return layerNorm(data("x", n, n), n);
  }

  private static Node layerNorm(Node x, int n) {
    return Normalizations.layerNorm(x, weights("scale", n), weights("shift", n), List.of(1), 1e-5);
  }

  /** A residual, a norm and an activation, which are one pass where they are fused. */
  private static Node chain(int n) {
    return Activations.gelu(layerNorm(Operations.add(data("a", n, n), data("b", n, n)), n));
  }

  private static Node channelNorm(Pictures p) {
    return Normalizations.layerNorm(
        p.data(), weights("scale", p.channels), weights("shift", p.channels), List.of(1), 1e-6);
  }

  private static Work batchNorm(Pictures p) {
    Normalizations.BatchStatistics all =
        Normalizations.batchNorm(
            p.data(), weights("scale", p.channels), weights("shift", p.channels), 1e-5);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("y", all.output());
    outputs.put("mean", all.mean());
    outputs.put("variance", all.unbiasedVariance());
    return new Work.Forward(Graph.of(List.of(), outputs), Values.random());
  }

  private static Work reduce(Reduction reduction, Node x, Integer... axes) {
    return forward(Operations.reduce(reduction, x, List.of(axes)));
  }

  private static Work gather(int n) {
    Node rows = Operations.gather(data("x", n, n), indices("i", n), 0);
    return forward(rows, Values.indices(Map.of("i", n)));
  }

  private static Work scatter(int n) {
    Node sums = Operations.scatterAdd(data("x", n, n), indices("i", n), data("u", n, n), 0);
    return forward(sums, Values.indices(Map.of("i", n)));
  }
}
