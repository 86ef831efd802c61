package org.nnd.bench;

import static org.nnd.bench.Operands.tensor;

import java.util.List;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.composite.Activations;
import org.nnd.ir.composite.Normalizations;
import org.nnd.ir.composite.Probabilities;

/** Kernels that memory limits: a few operations on each element of something large. */
final class Rows {
  private Rows() {}

  /** Pictures {@code [batch, channels, size, size]} for batch normalisation. */
  record Pictures(int batch, int channels, int size) {}

  static List<Case> cases() {
    return cases(4096, new Pictures(64, 64, 64));
  }

  /** On {@code [n, n]}, and batch normalisation on pictures. */
  static List<Case> cases(int n, Pictures pictures) {
    String square = ", %1$d x %1$d".formatted(n);
    return List.of(
        new Case(
            "add" + square,
            (double) n * n,
            () -> Operations.add(tensor("a", n, n), tensor("b", n, n))),
        new Case("GELU" + square, 0, () -> Activations.gelu(tensor("x", n, n))),
        new Case("softmax" + square, 0, () -> Probabilities.softmax(tensor("x", n, n), 1)),
        new Case("layer norm" + square, 0, () -> layerNorm(n)),
        new Case(
            "batch norm, %1$dx%2$dx%3$dx%3$d"
                .formatted(pictures.batch, pictures.channels, pictures.size),
            0,
            () -> batchNorm(pictures)),
        new Case("sum of rows" + square, (double) n * n, () -> sum(n, 1)),
        new Case("sum of columns" + square, (double) n * n, () -> sum(n, 0)),
        new Case("transpose" + square, 0, () -> Operations.transpose(tensor("x", n, n), 1, 0)));
  }

  private static Node layerNorm(int n) {
    Node x = tensor("x", n, n);
    return Normalizations.layerNorm(x, tensor("scale", n), tensor("shift", n), List.of(1), 1e-5);
  }

  private static Node batchNorm(Pictures p) {
    Node x = tensor("x", p.batch, p.channels, p.size, p.size);
    Node scale = tensor("scale", p.channels);
    return Normalizations.batchNorm(x, scale, tensor("shift", p.channels), 1e-5).output();
  }

  private static Node sum(int n, int axis) {
    return Operations.sum(tensor("x", n, n), List.of(axis));
  }
}
