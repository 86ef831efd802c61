package org.nnd.opencl.lower;

import java.util.List;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Chooses the template of a group. */
final class Templates {
  private Templates() {}

  static List<KernelCall> lower(Task task, Target target) {
    if (task.stored().stream().allMatch(node -> node.shape().count().is(0))) {
      return List.of();
    }
    Node anchor = task.group().anchor();
    if (anchor == null) {
      return List.of(Loops.lower(task, target));
    }
    return switch (anchor.op()) {
      case Op.Dot dot -> List.of(MatMul.lower(task, target));
      case Op.Convolution convolution ->
          List.of(
              Depthwise.fits(anchor, target)
                  ? Depthwise.lower(task, target)
                  : DepthwiseKernelGradient.fits(anchor, target)
                      ? DepthwiseKernelGradient.lower(task, target)
                      : MatMul.lower(task, target));
      default -> throw new NndException("no template for " + Task.word(anchor.op()));
    };
  }
}
