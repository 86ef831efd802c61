package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nnd.ir.ClFunction;
import org.nnd.ir.CustomCode;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Origin;
import org.nnd.ir.WorkSize;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;
import org.nnd.opencl.kernel.Stmt;

/** Kernels written by hand, as they are; before them, what their outputs start with. */
final class HandWritten {
  private final Node node;
  private final CustomCode code;
  private final Target target;

  private HandWritten(Node node, CustomCode code, Target target) {
    this.node = node;
    this.code = code;
    this.target = target;
  }

  static List<Step> lower(Node node, Op.Custom op, Target target) {
    return new HandWritten(node, op.code(), target).steps();
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < code.outputs().size(); i++) {
      CustomCode.Argument output = code.outputs().get(i);
      if (output.initial().isPresent() && !output.type().shape().count().is(0)) {
        steps.add(fill(output, result(i)));
      }
    }
    if (code.global().stream().noneMatch(size -> size.items().is(0))) {
      steps.add(call());
    }
    return steps;
  }

  private KernelCall.Slot result(int index) {
    return code.outputs().size() == 1
        ? new KernelCall.ValueOf(node)
        : new KernelCall.ResultOf(node, index);
  }

  private KernelCall call() {
    List<Array> arrays = new ArrayList<>();
    List<KernelCall.Slot> slots = new ArrayList<>();
    Dim bytes = Dim.ZERO;
    for (int i = 0; i < code.inputs().size(); i++) {
      CustomCode.Argument input = code.inputs().get(i);
      arrays.add(Array.argument(input.name(), input.type().dtype(), Array.Space.READ));
      slots.add(KernelCall.slot(node.operand(i)));
      bytes = bytes.plus(bytes(input));
    }
    for (int i = 0; i < code.outputs().size(); i++) {
      CustomCode.Argument output = code.outputs().get(i);
      arrays.add(Array.argument(output.name(), output.type().dtype(), Array.Space.READ_WRITE));
      slots.add(result(i));
      bytes = bytes.plus(bytes(output));
    }
    ClFunction function = ClFunction.find(code.source(), code.name());
    Kernel kernel =
        new Kernel(
            code.name(),
            comment("written by hand: " + code.name(), code.outputs().get(0)),
            arrays,
            groups(),
            code.local(),
            List.of(new Stmt.Source(function, code.scalars())),
            code.flops(),
            bytes);
    return new KernelCall(kernel, slots, Dim.BATCH, origins());
  }

  private static Dim bytes(CustomCode.Argument argument) {
    return argument.type().shape().count().times(argument.type().dtype().bytes());
  }

  private List<Origin> origins() {
    return node.origin().equals(Origin.NONE) ? List.of() : List.of(node.origin());
  }

  private List<String> comment(String what, CustomCode.Argument output) {
    List<String> comment = new ArrayList<>(List.of(what));
    origins().forEach(origin -> comment.add("from " + origin));
    comment.add("space " + output.type().shape());
    if (!code.scalars().isEmpty()) {
      comment.add("with " + numbers(code.scalars()));
    }
    return comment;
  }

  private static String numbers(Map<String, CustomCode.Scalar> scalars) {
    return scalars.entrySet().stream()
        .map(
            e ->
                switch (e.getValue()) {
                  case CustomCode.Extent(Dim dim) -> e.getKey() + " = " + dim;
                  case CustomCode.Number(double value) -> e.getKey() + " = " + value;
                })
        .collect(Collectors.joining(", "));
  }

  private List<Kernel.GroupCount> groups() {
    List<Kernel.GroupCount> groups = new ArrayList<>();
    for (int i = 0; i < code.global().size(); i++) {
      WorkSize all = code.global().get(i);
      int local = code.local().get(i);
      if (all.isExact()) {
        groups.add(new Kernel.GroupCount(all.items().dividedBy(local), 1));
      } else if (all.times() == local) {
        groups.add(new Kernel.GroupCount(all.items(), Math.toIntExact(all.per())));
      } else {
        throw new NndException(
            "kernel '%s': its work-groups have %d items, its work-items are rounded up to %d; round"
                    .formatted(code.name(), local, all.times())
                + " up to the work-group");
      }
    }
    return groups;
  }

  /** {@code for each element: output = initial}. */
  private KernelCall fill(CustomCode.Argument output, KernelCall.Slot slot) {
    Body top = Body.top();
    DType dtype = output.type().dtype();
    Array array = Array.argument("y", dtype, Array.Space.WRITE);
    Emitter emitter = new Emitter(Map.of());
    Expr value = new Expr.Real(output.initial().orElseThrow(), Emitter.computed(dtype));
    Sweep sweep =
        Sweep.write(
            target,
            top,
            List.of(),
            List.of(output.type().shape().count()),
            1,
            (body, outer, inner, lanes) ->
                emitter.store(
                    body,
                    array,
                    Index.flatten(inner, List.of(output.type().shape().count())),
                    Emitter.splat(value, lanes),
                    lanes));
    List<String> comment = comment("fill: " + output.name() + " of " + code.name(), output);
    comment.add(sweep.schedule());
    Kernel kernel =
        new Kernel(
            "fill",
            comment,
            List.of(array),
            sweep.groups(),
            sweep.local(),
            top.statements(),
            Dim.ZERO,
            bytes(output));
    return new KernelCall(kernel, List.of(slot), Dim.BATCH, origins());
  }
}
