package org.nnd.tests.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/** Convolutions: F.conv, and F.conv_transpose where the input is dilated. */
final class TorchConvolutions {
  private TorchConvolutions() {}

  /** Whether it is one call, which may take a bias. */
  static boolean isPlain(Node node, Op.Convolution conv) {
    return conv.batchGroups().is(1)
        && conv.featureGroups().isFixed()
        && node.dtype().isFloat()
        && conv.window().rank() >= 1
        && conv.window().rank() <= 3;
  }

  static String write(TorchScope s, Node node, Op.Convolution conv, String bias) {
    if (!isPlain(node, conv)) {
      return s.value(
          !conv.batchGroups().is(1)
              ? featureGroups(node, conv)
              : !node.dtype().isFloat() ? ofFloats(node) : ofLines(s, node, conv));
    }
    Window w = conv.window();
    boolean spread = w.inputDilation().stream().anyMatch(d -> d != 1);
    int groups = conv.featureGroups().fixed();
    if (spread && groups == 1 && isTransposed(w)) {
      return transposed(s, node, w, bias);
    }
    boolean even =
        IntStream.range(0, w.rank())
            .allMatch(i -> w.low().get(i).equals(w.high().get(i)) && w.low().get(i) >= 0);
    String x = s.operand(node, 0);
    List<Integer> padding = w.low();
    if (spread || !even) {
      x =
          s.call(
              "pad",
              x,
              before(0, w.low()),
              before(0, w.high()),
              before(0, w.inputDilation().stream().map(d -> d - 1).toList()),
              0);
      padding = Collections.nCopies(w.rank(), 0);
    }
    return s.call(
        "F.conv%dd".formatted(w.rank()),
        x,
        s.operand(node, 1),
        bias,
        "stride=" + TorchText.tuple(w.stride()),
        "padding=" + TorchText.tuple(padding),
        "dilation=" + TorchText.tuple(w.dilation()),
        "groups=" + groups);
  }

  static List<Integer> before(int value, List<Integer> spatial) {
    List<Integer> all = new ArrayList<>(List.of(value, value));
    all.addAll(spatial);
    return all;
  }

  /** Padding p and output padding o of a transposed convolution, from what this one pads. */
  private static boolean isTransposed(Window w) {
    return IntStream.range(0, w.rank())
        .allMatch(
            i -> {
              int cut = w.reach(i) - 1 - w.low().get(i);
              int more = w.high().get(i) - w.low().get(i);
              int most = Math.max(w.inputDilation().get(i), w.dilation().get(i));
              return w.stride().get(i) == 1 && cut >= 0 && more >= 0 && more < most;
            });
  }

  /** With the kernel {@code [in, out, ...]} that this one's is the mirror image of. */
  private static String transposed(TorchScope s, Node node, Window w, String bias) {
    List<Integer> cut =
        IntStream.range(0, w.rank()).mapToObj(i -> w.reach(i) - 1 - w.low().get(i)).toList();
    List<Integer> more =
        IntStream.range(0, w.rank()).mapToObj(i -> w.high().get(i) - w.low().get(i)).toList();
    return s.call(
        "F.conv_transpose%dd".formatted(w.rank()),
        s.operand(node, 0),
        mirrored(s, node.operand(1)),
        bias,
        "stride=" + TorchText.tuple(w.inputDilation()),
        "padding=" + TorchText.tuple(cut),
        "output_padding=" + TorchText.tuple(more),
        "dilation=" + TorchText.tuple(w.dilation()));
  }

  private static String mirrored(TorchScope s, Node kernel) {
    List<Integer> spatial = Operations.axes(kernel.rank()).subList(2, kernel.rank());
    List<Integer> swapped = new ArrayList<>(Operations.axes(kernel.rank()));
    Collections.swap(swapped, 0, 1);
    if (kernel.op() instanceof Op.Reverse r
        && r.axes().equals(spatial)
        && kernel.operand(0).op() instanceof Op.Transpose t
        && t.permutation().equals(swapped)) {
      return s.value(kernel.operand(0).operand(0));
    }
    return s.let(
        "%s.flip(%s).transpose(0, 1)".formatted(s.value(kernel), TorchText.tuple(spatial)));
  }

  /** Integers as doubles, which hold the sums exactly. */
  private static Node ofFloats(Node node) {
    List<Node> operands =
        node.operands().stream().map(x -> Operations.convert(x, DType.F64)).toList();
    return Operations.convert(Node.of(node.op(), operands), node.dtype());
  }

  /** Without spatial axes: with one of extent 1. */
  private static Node ofLines(TorchScope s, Node node, Op.Convolution conv) {
    if (conv.window().rank() > 0 || !conv.featureGroups().isFixed()) {
      throw s.error(node, "convolutions have 1 to 3 axes, and groups that are known");
    }
    List<Node> lines =
        node.operands().stream()
            .map(x -> Operations.reshape(x, x.shape().insert(x.rank(), Dim.ONE)))
            .toList();
    Node y =
        Operations.convolution(
            lines.get(0), lines.get(1), Window.of(List.of(1)), conv.featureGroups(), Dim.ONE);
    return Operations.reshape(y, node.shape());
  }

  /** Batch groups as feature groups: {@code [G B, C, ...]} to {@code [B, G C, ...]}. */
  private static Node featureGroups(Node node, Op.Convolution conv) {
    Node x = node.operand(0);
    Dim groups = conv.batchGroups();
    Dim batch = x.shape().dim(0).dividedBy(groups);
    Shape split = x.shape().with(0, batch).prepend(groups);
    List<Integer> swapped = new ArrayList<>(Operations.axes(split.rank()));
    Collections.swap(swapped, 0, 1);
    Shape joined = x.shape().with(0, batch).with(1, x.shape().dim(1).times(groups));
    Node moved = Operations.transpose(Operations.reshape(x, split), swapped);
    return Operations.convolution(
        Operations.reshape(moved, joined), node.operand(1), conv.window(), groups, Dim.ONE);
  }
}
