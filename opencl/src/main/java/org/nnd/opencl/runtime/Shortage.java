package org.nnd.opencl.runtime;

import java.util.List;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.ByteCount;
import org.nnd.opencl.lower.KernelCall;

/** What a user reads when the device has too little memory: what takes it, and where it is from. */
final class Shortage {
  /** Values named in an error. */
  private static final int NAMED = 3;

  private Shortage() {}

  /**
   * @throws NndException if a value is larger than a buffer of the device can be
   */
  static void check(List<MemoryPlan.Interval> values, long batch, long piece) {
    for (MemoryPlan.Interval value : values) {
      if (value.bytes() > piece) {
        throw new NndException(
            "out of device memory: %s takes %s, at most %s fit into one buffer of this device; %s"
                .formatted(
                    describe(value.value(), batch),
                    ByteCount.print(value.bytes()),
                    ByteCount.print(piece),
                    batch > 1
                        ? "use a smaller batch than " + batch
                        : "make the layer or its input smaller"));
      }
    }
  }

  /** The error for values of a run that do not fit together. */
  static NndException arena(Frame frame, long batch, NndException cause) {
    String largest =
        frame.fullest().stream()
            .limit(NAMED)
            .map(i -> ByteCount.print(i.bytes()) + " for " + describe(i.value(), batch))
            .collect(Collectors.joining(", "));
    return new NndException(
        "at batch size %d this graph needs %s for its values, among them %s; %s"
            .formatted(batch, ByteCount.print(frame.size()), largest, cause.getMessage()),
        cause);
  }

  /** The error for a constant that the device has no room for. */
  static NndException constant(Node node, NndException cause) {
    return new NndException(
        "the constant %s: %s".formatted(describe(node, node.type(), 1), cause.getMessage()), cause);
  }

  /** The error for what depends on variables alone and is kept. */
  static NndException standing(long bytes, NndException cause) {
    return new NndException(
        "%s for weights as the kernels want them: %s"
            .formatted(ByteCount.print(bytes), cause.getMessage()),
        cause);
  }

  /** {@return what a value in the arena is, in a few words} */
  static String describe(Object value, long batch) {
    return switch (value) {
      case KernelCall.ValueOf(Node node) -> describe(node, node.type(), batch);
      case KernelCall.ResultOf(Node node, int index) ->
          describe(node, node.types().get(index), batch);
      case KernelCall.Scratch scratch -> "work space '" + scratch.name() + "' of a kernel";
      case Frame body -> "the body of a loop or branch";
      default -> "a copy";
    };
  }

  private static String describe(Node node, TensorType type, long batch) {
    String origin = node.origin().toString();
    String shape = java.util.Arrays.toString(type.shape().at(batch));
    return type.dtype() + shape + (origin.isEmpty() ? "" : " of layer " + origin);
  }
}
