package org.nnd.onnx.exports;

import java.util.List;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Every operation of the tensor graph as ONNX. */
final class Operators {
  private Operators() {}

  /** {@return the names of the results of a node, whose calls are written to the scope} */
  static List<String> write(Scope s, Node node) {
    return switch (node.op()) {
      case Op.Scan scan -> Control.scan(s, node, scan);
      case Op.While loop -> Control.loop(s, node, loop);
      case Op.Cond cond -> Control.cond(s, node, cond);
      case Op.Composite composite -> Composites.write(s, node, composite);
      case Op.Custom custom -> throw opaque(node, custom);
      default -> List.of(single(s, node));
    };
  }

  private static NndException opaque(Node node, Op.Custom custom) {
    String origin = node.origin().toString();
    return new NndException(
        "%sONNX has no operator for the kernel '%s', which is OpenCL C; give the same by tensor"
                .formatted(origin.isEmpty() ? "" : origin + ": ", custom.code().name())
            + " operations with .reference(…), and that is exported");
  }

  private static String single(Scope s, Node node) {
    return switch (node.op()) {
      case Op.Input input -> throw new IllegalStateException("an input without a name: " + node);
      case Op.Parameter parameter -> s.variable(parameter);
      case Op.Constant constant -> s.constant(constant.value());
      case Op.Iota iota -> Broadcasts.iota(s, iota);
      case Op.Size size -> s.extent(size.dim());
      case Op.Unary unary -> Elementwise.unary(s, node, unary.function());
      case Op.Binary binary -> Elementwise.binary(s, node, binary.function());
      case Op.Compare compare -> Elementwise.compare(s, node, compare.comparison());
      case Op.Select select -> Elementwise.select(s, node);
      case Op.Convert convert ->
          Conversions.convert(s, s.operand(node, 0), node.operand(0).dtype(), convert.dtype());
      case Op.Bitcast bitcast -> Conversions.bitcast(s, node, bitcast.dtype());
      case Op.Reshape reshape ->
          s.reshape(s.operand(node, 0), node.operand(0).shape(), reshape.shape());
      case Op.Transpose transpose -> s.transpose(s.operand(node, 0), transpose.permutation());
      case Op.Broadcast broadcast -> Broadcasts.broadcast(s, node);
      case Op.Slice slice -> Views.slice(s, node, slice);
      case Op.Pad pad -> Views.pad(s, node, pad);
      case Op.Concatenate concatenate -> Views.concatenate(s, node, concatenate.axis());
      case Op.Reverse reverse -> Views.reverse(s, node, reverse.axes());
      case Op.Reduce reduce -> Reductions.reduce(s, node, reduce);
      case Op.ArgReduce arg -> Reductions.argReduce(s, node, arg);
      case Op.ReduceWindow reduce -> Windows.reduce(s, node, reduce);
      case Op.Cumulative cumulative -> Reductions.cumulative(s, node, cumulative);
      case Op.Dot dot -> Products.dot(s, node, dot);
      case Op.Convolution convolution -> Convolutions.write(s, node, convolution);
      case Op.Gather gather -> Indexing.gather(s, node, gather.axis());
      case Op.ScatterAdd scatter -> Indexing.scatterAdd(s, node, scatter.axis());
      case Op.ArgSort sort -> Indexing.argSort(s, node, sort);
      case Op.TopK top -> Indexing.topK(s, node, top.k());
      case Op.Fft fft -> Fourier.transform(s, node, fft.inverse());
      case Op.RandomBits random -> RandomNumbers.bits(s, node, random);
      case Op.GetResult result -> s.values(node.operand(0)).get(result.index());
      case Op.StopGradient stop -> s.operand(node, 0);
      case Op.Barrier barrier -> s.operand(node, 0);
      case Op.Scan scan -> throw new IllegalStateException("several results");
      case Op.While loop -> throw new IllegalStateException("several results");
      case Op.Cond cond -> throw new IllegalStateException("several results");
      case Op.Composite composite -> throw new IllegalStateException("several results");
      case Op.Custom custom -> throw new IllegalStateException("several results");
    };
  }
}
