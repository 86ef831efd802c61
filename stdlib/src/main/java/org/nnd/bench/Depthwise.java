package org.nnd.bench;

import static org.nnd.bench.Operands.tensor;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Window;
import org.nnd.ir.gradient.Gradient;

/** Depthwise convolutions that keep the size of the picture, and both gradients. */
final class Depthwise {
  private Depthwise() {}

  /** A kernel of {@code kernel} squared on {@code [batch, channels, size, size]}. */
  record Form(int kernel, int batch, int channels, int size) {
    double flops() {
      return 2.0 * batch * channels * size * size * kernel * kernel;
    }

    @Override
    public String toString() {
      return "%1$dx%1$d, %2$dx%3$dx%4$dx%4$d".formatted(kernel, batch, channels, size);
    }

    Node pictures(String name) {
      return tensor(name, batch, channels, size, size);
    }

    Node kernels() {
      return tensor("k", channels, 1, kernel, kernel);
    }

    Node convolution(Node x, Node k) {
      List<Integer> half = List.of(kernel / 2, kernel / 2);
      Window window = Window.of(List.of(kernel, kernel)).padding(half, half);
      return Operations.convolution(x, k, window, Dim.of(channels), Dim.ONE);
    }
  }

  private static final List<Form> FORMS =
      List.of(new Form(31, 1, 128, 64), new Form(13, 1, 128, 56), new Form(7, 1, 128, 56));

  static List<Case> cases() {
    return FORMS.stream().flatMap(form -> cases(form).stream()).toList();
  }

  static List<Case> cases(Form form) {
    List<Case> cases = new ArrayList<>();
    cases.add(
        new Case(
            form + " forward",
            form.flops(),
            () -> form.convolution(form.pictures("x"), form.kernels())));
    cases.add(new Case(form + " input grad", form.flops(), () -> gradient(form, true)));
    cases.add(new Case(form + " kernel grad", form.flops(), () -> gradient(form, false)));
    return cases;
  }

  private static Node gradient(Form form, boolean ofInput) {
    Node x = form.pictures("x");
    Node k = form.kernels();
    Node y = form.convolution(x, k);
    List<Node> wanted = List.of(ofInput ? x : k);
    return Gradient.pullback(List.of(y), List.of(form.pictures("dy")), wanted).get(0);
  }
}
