package org.nnd.opencl.runtime;

import java.util.function.Predicate;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.opencl.lower.KernelPlan;

/**
 * The device memory that a plan takes for a batch size, in bytes.
 *
 * @param arena holds inputs, outputs and what lies between, over and over again
 * @param values all these together
 * @param variables parameters, buffers and state
 * @param constants that are larger than a scalar, and what depends on variables alone
 */
public record MemoryNeeds(long arena, long values, long variables, long constants) {
  /** {@return what a plan takes, computed as it will be laid out} */
  public static MemoryNeeds of(KernelPlan plan, long batch) {
    Frame frame = new Frame(plan, batch, MemoryPlan.UNLIMITED, true);
    return new MemoryNeeds(
        frame.size(),
        frame.demand(),
        bytes(plan, node -> node.op() instanceof Op.Parameter),
        bytes(plan, node -> node.op() instanceof Op.Constant && node.rank() > 0)
            + frame.invariants().bytes());
  }

  private static long bytes(KernelPlan plan, Predicate<Node> which) {
    return plan.graph().nodes().stream()
        .filter(which)
        .mapToLong(node -> node.shape().count().at(1) * node.dtype().bytes())
        .sum();
  }
}
