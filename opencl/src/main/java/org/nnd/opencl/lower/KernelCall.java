package org.nnd.opencl.lower;

import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Kernel;

/**
 * A kernel and what its arguments are.
 *
 * @param n what is passed as the kernel's {@code N}: the batch size, or the number of elements for
 *     kernels that serve any size
 */
public record KernelCall(Kernel kernel, List<Slot> arguments, Dim n) {
  public KernelCall {
    arguments = List.copyOf(arguments);
  }

  /** What an argument array holds. */
  public sealed interface Slot {}

  /** The value of a node of the graph. */
  public record ValueOf(Node node) implements Slot {}

  /** Memory that lives for the call only, or between the kernels of one group. */
  public record Scratch(String name, DType dtype, Dim elements) implements Slot {}
}
