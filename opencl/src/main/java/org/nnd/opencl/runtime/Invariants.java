package org.nnd.opencl.runtime;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelCall.Slot;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Step;

/**
 * What a plan computes from variables alone, none of which it changes: folded batch norms, say, or
 * weights in another layout. Such calls run again only after a variable has changed. A variable
 * that the graph updates with its own value is kept as it is, but is none of these.
 *
 * @param calls in no order; they are among the plan's outermost steps
 * @param results what the calls write, with its size in bytes; nothing else writes it
 */
record Invariants(Set<KernelCall> calls, Map<Slot, Long> results) {
  static Invariants of(KernelPlan plan) {
    Set<KernelCall> calls = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<Slot, Long> results = new LinkedHashMap<>();
    // A kernel does not tell whether it uses the batch size as a value.
    if (plan.graph().nodes().stream().noneMatch(node -> node.op() instanceof Op.Size)) {
      Search search = new Search(plan, results);
      for (Step step : plan.steps()) {
        if (step instanceof KernelCall call && search.isInvariant(call)) {
          calls.add(call);
        }
      }
    }
    return new Invariants(calls, results);
  }

  /** {@return bytes of all results} */
  long bytes() {
    return results.values().stream().mapToLong(Long::longValue).sum();
  }

  private static final class Search {
    private final KernelPlan plan;
    private final Map<Slot, Long> results;
    private final Map<Slot, Integer> writers = new HashMap<>();
    private final Set<Slot> elsewhere = new HashSet<>();

    Search(KernelPlan plan, Map<Slot, Long> results) {
      this.plan = plan;
      this.results = results;
      for (KernelCall call : plan.calls()) {
        for (int i = 0; i < call.arguments().size(); i++) {
          if (call.kernel().arguments().get(i).space() != Array.Space.READ) {
            writers.merge(call.arguments().get(i), 1, Integer::sum);
          }
        }
      }
      plan.graph().outputs().values().forEach(node -> elsewhere.add(KernelCall.slot(node)));
      plan.copies().values().forEach(node -> elsewhere.add(KernelCall.slot(node)));
      plan.inPlace().keySet().forEach(node -> elsewhere.add(KernelCall.slot(node)));
    }

    /** Whether the call is one; then what it writes is a result. */
    boolean isInvariant(KernelCall call) {
      Map<Slot, Long> written = new LinkedHashMap<>();
      boolean anySize = call.n().isFixed();
      if (!anySize && call.kernel().groups().stream().anyMatch(g -> !g.items().isFixed())) {
        return false;
      }
      for (int i = 0; i < call.arguments().size(); i++) {
        Slot slot = call.arguments().get(i);
        if (call.kernel().arguments().get(i).space() == Array.Space.READ) {
          if (!isStanding(slot)) {
            return false;
          }
        } else if (isOnlyHere(slot) && slot.bytes().isFixed()) {
          written.put(slot, slot.bytes().at(1));
        } else {
          return false;
        }
      }
      results.putAll(written);
      return true;
    }

    private boolean isStanding(Slot slot) {
      if (results.containsKey(slot)) {
        return true;
      }
      return slot instanceof KernelCall.ValueOf(Node node)
          && switch (node.op()) {
            case Op.Parameter parameter ->
                node.shape().isFixed() && !plan.graph().updates().containsKey(parameter.name());
            case Op.Constant constant -> node.rank() > 0;
            default -> false;
          };
    }

    private boolean isOnlyHere(Slot slot) {
      boolean leaf =
          slot instanceof KernelCall.ValueOf(Node node) && node.op() instanceof Op.Parameter;
      return !leaf && writers.get(slot) == 1 && !elsewhere.contains(slot);
    }
  }
}
