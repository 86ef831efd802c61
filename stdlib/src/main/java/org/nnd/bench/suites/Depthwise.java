package org.nnd.bench.suites;

import static org.nnd.bench.suites.Operands.data;
import static org.nnd.bench.suites.Operands.forward;
import static org.nnd.bench.suites.Operands.gradient;
import static org.nnd.bench.suites.Operands.weights;

import java.util.ArrayList;
import java.util.List;
import org.nnd.bench.Case;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Window;

/** Depthwise convolutions padded by half the kernel, and both their gradients. */
final class Depthwise {
  private Depthwise() {}

  /** A kernel of {@code height} by {@code width} on {@code [batch, channels, size, size]}. */
  record Form(int height, int width, int stride, int batch, int channels, int size) {
    @Override
    public String toString() {
      String step = stride == 1 ? "" : " stride " + stride;
      return "%dx%d%s, %dx%dx%dx%d".formatted(height, width, step, batch, channels, size, size);
    }

    Node convolution() {
      List<Integer> half = List.of(height / 2, width / 2);
      Window window =
          Window.of(List.of(height, width)).padding(half, half).stride(List.of(stride, stride));
      Node x = data("x", batch, channels, size, size);
      Node k = weights("k", channels, 1, height, width);
      return Operations.convolution(x, k, window, Dim.of(channels), Dim.ONE);
    }
  }

  static List<Case> cases() {
    int[][] kernels = {{3, 3}, {5, 5}, {7, 7}, {13, 13}, {31, 31}, {51, 5}};
    int[][] maps = {{128, 56}, {256, 28}, {512, 14}, {1024, 7}};
    List<Case> cases = new ArrayList<>();
    for (int[] kernel : kernels) {
      for (int[] map : maps) {
        for (int stride : new int[] {1, 2}) {
          for (int batch : new int[] {1, 16}) {
            cases.addAll(cases(new Form(kernel[0], kernel[1], stride, batch, map[0], map[1])));
          }
        }
      }
    }
    return cases;
  }

  static List<Case> cases(Form form) {
    return List.of(
        new Case(form + " forward", () -> forward(form.convolution())),
        gradient(form + " input grad", form::convolution, "x"),
        gradient(form + " kernel grad", form::convolution, "k"));
  }
}
