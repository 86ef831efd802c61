package org.nnd.bench.suites;

import static org.nnd.bench.suites.Operands.data;
import static org.nnd.bench.suites.Operands.forward;
import static org.nnd.bench.suites.Operands.gradient;
import static org.nnd.bench.suites.Operands.weights;
import static org.nnd.layers.Layers.conv1d;
import static org.nnd.layers.Layers.conv3d;
import static org.nnd.layers.Layers.convTranspose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.bench.Case;
import org.nnd.bench.models.ConvNets;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.zoo.Zoo;

/**
 * The convolutions that networks consist of, each once: forward for one example and for 16, both
 * gradients for 16.
 */
final class Convolutions {
  private static final int BATCH = 16;

  private Convolutions() {}

  /**
   * One convolution.
   *
   * @param input {@code [channels, spatial...]}
   * @param kernel {@code [out, channels / groups, spatial...]}
   * @param transposed whether the kernel is that of a transposed convolution, {@code [channels,
   *     out, spatial...]}, with the window of the convolution that it is computed as
   */
  record Form(Shape input, Shape kernel, Window window, int groups, boolean transposed) {
    Node at(int batch) {
      Node x = data("x", sizes(input.prepend(Dim.of(batch))));
      Node k = weights("k", sizes(kernel));
      Node seen = k;
      if (transposed) {
        List<Integer> swapped = new ArrayList<>(Operations.axes(kernel.rank()));
        java.util.Collections.swap(swapped, 0, 1);
        List<Integer> spatial = Operations.axes(kernel.rank()).subList(2, kernel.rank());
        seen = Operations.reverse(Operations.transpose(k, swapped), spatial);
      }
      return Operations.convolution(x, seen, window, Dim.of(groups), Dim.ONE);
    }

    private static long[] sizes(Shape shape) {
      return shape.dims().stream().mapToLong(Dim::fixed).toArray();
    }

    /** Kernel, stride, channels in and out, groups, extent of the input. */
    @Override
    public String toString() {
      boolean spread = transposed;
      List<Integer> steps = spread ? window.inputDilation() : window.stride();
      int out = kernel.size(transposed ? 1 : 0);
      String step = steps.stream().allMatch(s -> s == 1) ? "" : " stride " + steps.get(0);
      return "%s%s%s, %d to %d%s, %s"
          .formatted(
              transposed ? "transposed " : "",
              joined(window.size()),
              step,
              input.size(0),
              out,
              groups == 1 ? "" : " in %d groups".formatted(groups),
              input.dims().stream().skip(1).map(Dim::toString).collect(Collectors.joining("x")));
    }

    private static String joined(List<Integer> sizes) {
      return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
  }

  static List<Case> cases() {
    Set<Form> forms = new LinkedHashSet<>();
    forms.addAll(of(ConvNets.resNet50(1000), 3, 224, 224));
    forms.addAll(of(Zoo.convNeXt("t", 1000), 3, 224, 224));
    forms.addAll(of(Networks.merged(Zoo.uniRepLKNet("n", 1000)).layer(), 3, 224, 224));
    for (int size : new int[] {14, 28, 56, 112}) {
      int channels = 1024 * 14 / size;
      forms.addAll(of(convTranspose(channels / 2), channels, size, size));
    }
    forms.addAll(of(conv1d(256).kernel(9), 256, 4096));
    forms.addAll(of(conv3d(64).kernel(3), 64, 16, 28, 28));
    return forms.stream().flatMap(form -> cases(form).stream()).toList();
  }

  static List<Case> cases(Form form) {
    return List.of(
        new Case(form + ", batch 1 forward", () -> forward(form.at(1))),
        new Case(form + ", batch " + BATCH + " forward", () -> forward(form.at(BATCH))),
        gradient(form + ", batch " + BATCH + " input grad", () -> form.at(BATCH), "x"),
        gradient(form + ", batch " + BATCH + " kernel grad", () -> form.at(BATCH), "k"));
  }

  /** The convolutions of a network in the form that predicts. */
  static Set<Form> of(Layer network, long... input) {
    Set<Form> forms = new LinkedHashSet<>();
    for (Node node :
        Lower.lower(network, List.of(InputSpec.of(input)), Mode.INFERENCE).graph().nodes()) {
      if (node.op() instanceof Op.Convolution conv) {
        boolean transposed = conv.window().inputDilation().stream().anyMatch(d -> d != 1);
        Shape kernel = node.operand(1).shape();
        Shape own = transposed ? kernel.with(0, kernel.dim(1)).with(1, kernel.dim(0)) : kernel;
        Shape in = node.operand(0).shape();
        if (in.slice(2, in.rank()).count().is(1)) {
          continue; // squeezed: a product of matrices, as in the suite of those
        }
        forms.add(
            new Form(
                in.slice(1, in.rank()),
                own,
                conv.window(),
                conv.featureGroups().fixed(),
                transposed));
      }
    }
    return forms;
  }
}
