package org.nnd.tests.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;

/** Every operation of the tensor graph as calls of PyTorch. */
final class TorchOperations {
  private TorchOperations() {}

  /** {@return the variables that hold a node's results} */
  static List<String> write(TorchScope s, Node node) {
    return switch (node.op()) {
      case Op.Composite composite -> TorchComposites.write(s, node, composite);
      case Op.Scan scan -> TorchControl.scan(s, node, scan);
      case Op.While loop -> TorchControl.loop(s, node, loop);
      case Op.Cond cond -> TorchControl.cond(s, node, cond);
      case Op.Custom custom ->
          throw new NndException(
              "PyTorch cannot run the kernel '%s', which is OpenCL C"
                  .formatted(custom.code().name()));
      default -> List.of(single(s, node));
    };
  }

  private static String single(TorchScope s, Node node) {
    return switch (node.op()) {
      case Op.Input input -> throw new IllegalStateException("an input without a name: " + node);
      case Op.Parameter parameter -> s.leaf(parameter.name());
      case Op.Constant constant ->
          node.rank() > 0
              ? s.constant(constant.value())
              : s.full(node.dtype(), TorchScope.number(node).orElseThrow(), node.shape());
      case Op.Iota iota -> iota(s, node, iota.axis());
      case Op.Size size -> s.full(DType.I64, Long.toString(size.dim().at(s.batch())), Shape.SCALAR);
      case Op.Unary unary -> TorchElementwise.unary(s, node, unary.function());
      case Op.Binary binary -> TorchElementwise.binary(s, node, binary.function());
      case Op.Compare compare -> TorchElementwise.compare(s, node, compare.comparison());
      case Op.Select select -> TorchElementwise.select(s, node);
      case Op.Convert convert ->
          s.let(s.operand(node, 0) + ".to(" + TorchText.dtype(convert.dtype()) + ")");
      case Op.Bitcast bitcast ->
          bitcast.dtype() == DType.BOOL
              ? s.let(s.operand(node, 0) + " != 0")
              : s.let(s.operand(node, 0) + ".view(" + TorchText.dtype(bitcast.dtype()) + ")");
      case Op.Reshape reshape ->
          s.reshape(s.operand(node, 0), node.operand(0).shape(), reshape.shape());
      case Op.Transpose transpose -> s.permute(s.operand(node, 0), transpose.permutation());
      case Op.Broadcast broadcast -> broadcast(s, node, broadcast.axes());
      case Op.Slice slice -> slice(s, node, slice);
      case Op.Pad pad -> pad(s, node, pad);
      case Op.Concatenate concatenate ->
          s.call(
              "torch.cat",
              TorchText.tuple(node.operands().stream().map(s::value).toList()),
              concatenate.axis());
      case Op.Reverse reverse ->
          s.let(s.operand(node, 0) + ".flip(" + TorchText.tuple(reverse.axes()) + ")");
      case Op.Reduce reduce -> reduce(s, node, reduce);
      case Op.ArgReduce arg -> argReduce(s, node, arg);
      case Op.ReduceWindow reduce -> TorchWindows.reduce(s, node, reduce);
      case Op.Cumulative c ->
          s.call(
              "cumulative",
              s.operand(node, 0),
              TorchText.string(c.reduction().toString()),
              c.axis(),
              TorchText.truth(c.reverse()));
      case Op.Dot dot -> TorchContractions.dot(s, node, dot);
      case Op.Convolution convolution -> TorchConvolutions.write(s, node, convolution, "None");
      case Op.Gather gather -> gather(s, node, gather.axis());
      case Op.ScatterAdd scatter ->
          s.call(
              "scatter",
              s.operand(node, 0),
              s.operand(node, 1),
              s.operand(node, 2),
              scatter.axis(),
              TorchText.truth(s.inside()));
      case Op.ArgSort sort ->
          s.call("order", s.operand(node, 0), sort.axis(), TorchText.truth(sort.descending()));
      case Op.TopK top -> topK(s, node, top.k());
      case Op.Fft fft -> s.call("fft", s.operand(node, 0), TorchText.truth(fft.inverse()));
      case Op.RandomBits random -> throw s.error(node, "PyTorch has other random numbers");
      case Op.GetResult result -> s.values(node.operand(0)).get(result.index());
      case Op.StopGradient stop -> s.let(s.operand(node, 0) + ".detach()");
      case Op.Barrier barrier -> s.operand(node, 0);
      case Op.Composite composite -> throw new IllegalStateException("several results");
      case Op.Custom custom -> throw new IllegalStateException("several results");
      case Op.Scan scan -> throw new IllegalStateException("several results");
      case Op.While loop -> throw new IllegalStateException("several results");
      case Op.Cond cond -> throw new IllegalStateException("several results");
    };
  }

  private static String iota(TorchScope s, Node node, int axis) {
    Shape shape = node.shape();
    String counts = "torch.arange(%d, dtype=torch.int64)".formatted(shape.dim(axis).at(s.batch()));
    Shape line = ones(shape.rank()).with(axis, shape.dim(axis));
    return s.let(
        "%s.to(%s).reshape(%s).expand(%s)"
            .formatted(counts, TorchText.dtype(node.dtype()), s.sizes(line), s.sizes(shape)));
  }

  private static Shape ones(int rank) {
    return new Shape(java.util.Collections.nCopies(rank, Dim.ONE));
  }

  private static String broadcast(TorchScope s, Node node, List<Integer> axes) {
    Node x = node.operand(0);
    Shape aligned = ones(node.rank());
    List<Integer> order = IntStream.range(0, axes.size()).boxed().collect(Collectors.toList());
    order.sort(java.util.Comparator.comparing(axes::get));
    for (int i = 0; i < axes.size(); i++) {
      aligned = aligned.with(axes.get(i), x.shape().dim(i));
    }
    String sorted = s.permute(s.value(x), order);
    return s.let(
        "%s.reshape(%s).expand(%s)".formatted(sorted, s.sizes(aligned), s.sizes(node.shape())));
  }

  private static String slice(TorchScope s, Node node, Op.Slice slice) {
    List<String> parts = new ArrayList<>();
    for (int axis = 0; axis < node.rank(); axis++) {
      long stop = slice.limit().get(axis).at(s.batch());
      parts.add(
          "%d:%d:%d"
              .formatted(slice.start().get(axis).at(s.batch()), stop, slice.stride().get(axis)));
    }
    return node.rank() == 0
        ? s.operand(node, 0)
        : s.let(s.operand(node, 0) + "[" + String.join(", ", parts) + "]");
  }

  private static String pad(TorchScope s, Node node, Op.Pad pad) {
    return s.call(
        "pad",
        s.operand(node, 0),
        TorchText.extents(pad.low(), s.batch()),
        TorchText.extents(pad.high(), s.batch()),
        pad.interior(),
        TorchText.number(node.dtype(), pad.value()));
  }

  private static String reduce(TorchScope s, Node node, Op.Reduce reduce) {
    String x = s.operand(node, 0);
    if (reduce.axes().isEmpty()) {
      return x;
    }
    Node operand = node.operand(0);
    if (reduce.axes().stream().anyMatch(axis -> operand.shape().dim(axis).is(0))) {
      return s.full(
          node.type().dtype(),
          TorchWindows.identity(reduce.reduction(), node.dtype()),
          node.shape());
    }
    if (node.dtype() == DType.BOOL) {
      String asNumber = s.let(x + ".to(torch.uint8)");
      return s.let(reduced(s, asNumber, DType.U8, reduce) + ".to(torch.bool)");
    }
    return reduced(s, x, node.dtype(), reduce);
  }

  private static String reduced(TorchScope s, String x, DType dtype, Op.Reduce reduce) {
    String axes = TorchText.tuple(reduce.axes());
    String type = "dtype=" + TorchText.dtype(dtype);
    return switch (reduce.reduction()) {
      case SUM -> s.let("%s.sum(%s%s)".formatted(x, axes, dtype.isFloat() ? "" : ", " + type));
      case MAX -> s.let("%s.amax(%s)".formatted(x, axes));
      case MIN -> s.let("%s.amin(%s)".formatted(x, axes));
      case PRODUCT -> {
        String y = x;
        for (int i = reduce.axes().size() - 1; i >= 0; i--) {
          y = s.let("%s.prod(%d, %s)".formatted(y, reduce.axes().get(i), type));
        }
        yield y;
      }
    };
  }

  private static String argReduce(TorchScope s, Node node, Op.ArgReduce arg) {
    if (node.operand(0).shape().dim(arg.axis()).is(0)) {
      return s.full(node.dtype(), "0", node.shape());
    }
    String function = arg.reduction() == Reduction.MAX ? "argmax" : "argmin";
    String x = s.operand(node, 0);
    String comparable = node.operand(0).dtype() == DType.BOOL ? x + ".to(torch.uint8)" : x;
    return s.let("%s.%s(%d).to(torch.int32)".formatted(comparable, function, arg.axis()));
  }

  private static String gather(TorchScope s, Node node, int axis) {
    if (!s.inside()) {
      return s.call("gather", s.operand(node, 0), s.operand(node, 1), axis);
    }
    boolean table = axis == 0 && node.operand(0).rank() == 2 && node.dtype().isFloat();
    return table
        ? s.call("F.embedding", s.operand(node, 1), s.operand(node, 0))
        : s.call("take", s.operand(node, 0), s.operand(node, 1), axis);
  }

  /** PyTorch does not say which of equals it takes; where that matters, all are sorted. */
  private static String topK(TorchScope s, Node node, int k) {
    String x = s.operand(node, 0);
    return s.inside()
        ? s.let("torch.topk(%s, %d)[1].to(torch.int32)".formatted(x, k))
        : s.let("order(%s, -1, True)[..., :%d]".formatted(x, k));
  }
}
