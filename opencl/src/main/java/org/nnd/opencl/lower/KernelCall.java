package org.nnd.opencl.lower;

import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.opencl.kernel.Kernel;

/**
 * A kernel and what its arguments are.
 *
 * @param n what is passed as the kernel's {@code N}: the batch size, or the number of elements for
 *     kernels that serve any size
 */
public record KernelCall(Kernel kernel, List<Slot> arguments, Dim n) implements Step {
  public KernelCall {
    arguments = List.copyOf(arguments);
  }

  @Override
  public List<KernelCall> calls() {
    return List.of(this);
  }

  /** What an argument array holds. */
  public sealed interface Slot {}

  /** The value of a node of the graph that has one result. */
  public record ValueOf(Node node) implements Slot {}

  /** One result of a control operation. */
  public record ResultOf(Node node, int index) implements Slot {}

  /** Memory that lives for the call only, or between the kernels of one group. */
  public record Scratch(String name, DType dtype, Dim elements) implements Slot {}

  /** {@return where a node's value is} */
  public static Slot slot(Node node) {
    if (node.op() instanceof Op.GetResult result) {
      return new ResultOf(node.operand(0), result.index());
    }
    return Bodies.isControl(node.op()) ? new ResultOf(node, 0) : new ValueOf(node);
  }
}
