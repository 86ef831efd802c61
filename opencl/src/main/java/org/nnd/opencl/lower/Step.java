package org.nnd.opencl.lower;

import java.util.List;
import org.nnd.ir.Node;

/** What a plan does next: a kernel, or a control operation that runs plans of its own. */
public sealed interface Step permits KernelCall, Step.Control {
  /** {@return the kernels of this step, those of its bodies included, in order} */
  List<KernelCall> calls();

  /** A control operation of the graph; its results are {@link KernelCall.ResultOf} slots. */
  sealed interface Control extends Step {
    Node node();

    List<KernelPlan> plans();

    @Override
    default List<KernelCall> calls() {
      return plans().stream().flatMap(plan -> plan.calls().stream()).toList();
    }
  }

  /** Runs the body once for every element of the sequences; see {@link org.nnd.ir.Op.Scan}. */
  record ScanLoop(Node node, KernelPlan body) implements Control {
    @Override
    public List<KernelPlan> plans() {
      return List.of(body);
    }
  }

  /** Runs the body as long as the host reads true from the condition. */
  record WhileLoop(Node node, KernelPlan condition, KernelPlan body) implements Control {
    @Override
    public List<KernelPlan> plans() {
      return List.of(condition, body);
    }
  }

  /** Runs one of two bodies, as the host reads the predicate. */
  record Branch(Node node, KernelPlan then, KernelPlan otherwise) implements Control {
    @Override
    public List<KernelPlan> plans() {
      return List.of(then, otherwise);
    }
  }
}
