package org.nnd.opencl.lower;

import java.util.List;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Chooses the template of a group. */
final class Templates {
  private Templates() {}

  static List<Step> lower(Task task, Target target) {
    Node anchor = task.group().anchor();
    if (anchor != null && anchor.op() instanceof Op.GetResult) {
      return List.of();
    }
    if (anchor != null && Bodies.isControl(anchor.op())) {
      return List.of(Bodies.lower(anchor, target));
    }
    if (anchor != null && anchor.op() instanceof Op.Custom custom) {
      return HandWritten.lower(anchor, custom, target);
    }
    if (task.stored().stream().allMatch(node -> node.shape().count().is(0))) {
      return List.of();
    }
    if (anchor == null) {
      return List.of(target.cpu() ? Loops.lower(task, target) : GpuLoops.lower(task, target));
    }
    if (task.attention().isPresent()) {
      return List.of(FlashAttention.lower(task, task.attention().get(), target));
    }
    if (!target.cpu() && (anchor.op() instanceof Op.Dot || anchor.op() instanceof Op.Convolution)) {
      return List.of(
          GpuDirect.fits(anchor) ? GpuDirect.lower(task, target) : GpuMatMul.lower(task));
    }
    return switch (anchor.op()) {
      case Op.Dot dot -> MatMul.lower(task, target);
      case Op.Convolution convolution ->
          DepthwisePlan.fits(anchor, target)
              ? List.of(
                  DepthwiseAcross.fits(anchor, target)
                      ? DepthwiseAcross.lower(task, target)
                      : Depthwise.lower(task, target))
              : DepthwiseKernelGradient.fits(anchor, target)
                  ? List.of(DepthwiseKernelGradient.lower(task, target))
                  : Winograd.tryLower(task, target).orElseGet(() -> MatMul.lower(task, target));
      case Op.ArgReduce arg -> List.of(AlongAxis.lower(task, arg, target));
      case Op.Cumulative cumulative -> List.of(AlongAxis.lower(task, cumulative, target));
      case Op.ReduceWindow reduce -> List.of(Pooling.lower(task, reduce, target));
      case Op.ArgSort sort -> List.of(Sorting.lower(task, sort, target));
      case Op.TopK top -> List.of(Sorting.lower(task, top, target));
      case Op.ScatterAdd scatter -> List.copyOf(Scatter.lower(task, scatter, target));
      case Op.Fft fft -> List.of(Fourier.lower(task, fft, target));
      default -> throw new NndException("no template for " + Task.word(anchor.op()));
    };
  }
}
