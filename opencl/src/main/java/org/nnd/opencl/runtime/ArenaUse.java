package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.List;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Step;

/**
 * What lies in the arena while a plan runs, as it will be laid out.
 *
 * @param batch the batch size it is for
 * @param bytes of the arena
 * @param values in the order in which they come to be
 * @param steps what is done, a line each
 */
public record ArenaUse(long batch, long bytes, List<Value> values, List<String> steps) {
  /**
   * A value in the arena.
   *
   * @param name what it is, and the layer it comes from
   * @param offset of its first byte
   * @param first the step that makes it
   * @param last the last step that needs it; for results the number of all steps
   */
  public record Value(String name, long offset, long bytes, int first, int last) {}

  public ArenaUse {
    values = List.copyOf(values);
    steps = List.copyOf(steps);
  }

  /** {@return what a plan takes for a batch size; needs no device} */
  public static ArenaUse of(KernelPlan plan, long batch) {
    MemoryPlan memory = new Frame(plan, batch, MemoryPlan.UNLIMITED, true).memory();
    List<Value> values = new ArrayList<>();
    for (MemoryPlan.Interval i : memory.intervals()) {
      values.add(
          new Value(
              Shortage.describe(i.value(), batch),
              memory.offset(i.value()),
              i.bytes(),
              i.first(),
              i.last()));
    }
    return new ArenaUse(
        batch, memory.size(), values, plan.steps().stream().map(ArenaUse::text).toList());
  }

  /** {@return bytes of the values that are alive at a step; less than the arena by its gaps} */
  public long alive(int step) {
    return values.stream()
        .filter(v -> v.first() <= step && step <= v.last())
        .mapToLong(Value::bytes)
        .sum();
  }

  private static String text(Step step) {
    return switch (step) {
      case KernelCall call -> call.describe();
      case Step.ScanLoop loop -> "scan of %d kernels".formatted(loop.calls().size());
      case Step.WhileLoop loop -> "while loop of %d kernels".formatted(loop.calls().size());
      case Step.Branch branch -> "branch of %d kernels".formatted(branch.calls().size());
    };
  }
}
