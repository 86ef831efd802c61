package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Origin;
import org.nnd.ir.TensorType;
import org.nnd.opencl.kernel.Kernel;

/**
 * A kernel and what its arguments are.
 *
 * @param n what is passed as the kernel's {@code N}: the batch size, or the number of elements for
 *     kernels that serve any size
 * @param origins the parts of the description that the kernel's results come from, those known
 */
public record KernelCall(Kernel kernel, List<Slot> arguments, Dim n, List<Origin> origins)
    implements Step {
  /** Layers and variables named in a description of a kernel. */
  private static final int NAMED = 4;

  public KernelCall {
    arguments = List.copyOf(arguments);
    origins = List.copyOf(origins);
  }

  /**
   * {@return what a user needs to know a kernel by, in a line: its name, its operations, and the
   * layers it comes from, or else the variables it works on}
   */
  public String describe() {
    String operations = kernel.comment().isEmpty() ? "" : " (" + kernel.comment().get(0) + ")";
    return "kernel " + kernel.name() + operations + about();
  }

  /** {@return as {@link #describe()}, for several calls of the same kernel} */
  public static String describe(List<KernelCall> same) {
    KernelCall first = same.get(0);
    List<Slot> all = new ArrayList<>();
    List<Origin> from = new ArrayList<>();
    same.forEach(
        call -> {
          all.addAll(call.arguments);
          from.addAll(call.origins);
        });
    return new KernelCall(first.kernel, all, first.n, from).describe();
  }

  private String about() {
    Set<String> layers = new LinkedHashSet<>();
    origins.forEach(origin -> layers.add(origin.toString()));
    layers.remove("");
    if (!layers.isEmpty()) {
      return named("layer", layers);
    }
    Set<String> variables = new LinkedHashSet<>();
    for (Slot slot : arguments) {
      if (slot instanceof ValueOf(Node node) && node.op() instanceof Op.Parameter parameter) {
        variables.add(parameter.name());
      }
    }
    return variables.isEmpty() ? "" : named("variable", variables);
  }

  private static String named(String kind, Set<String> names) {
    List<String> first = new ArrayList<>(names).subList(0, Math.min(names.size(), NAMED));
    String more = names.size() > NAMED ? " and %d more".formatted(names.size() - NAMED) : "";
    return " of %s%s %s%s"
        .formatted(kind, names.size() == 1 ? "" : "s", String.join(", ", first), more);
  }

  /** {@return this, with the anchor's own work left to a kernel before it} */
  KernelCall followUp(Task task) {
    Kernel k = kernel;
    return new KernelCall(
        new Kernel(
            k.name(),
            k.comment(),
            k.arguments(),
            k.groups(),
            k.local(),
            k.body(),
            k.flops().minus(Costs.flops(task.group().anchor())),
            k.bytes()),
        arguments,
        n,
        origins);
  }

  @Override
  public List<KernelCall> calls() {
    return List.of(this);
  }

  /** What an argument array holds. */
  public sealed interface Slot {
    /** {@return the memory it takes} */
    Dim bytes();
  }

  /** The value of a node of the graph that has one result. */
  public record ValueOf(Node node) implements Slot {
    @Override
    public Dim bytes() {
      return KernelCall.bytes(node.type());
    }
  }

  /** One result of a control operation. */
  public record ResultOf(Node node, int index) implements Slot {
    @Override
    public Dim bytes() {
      return KernelCall.bytes(node.types().get(index));
    }
  }

  /** Memory that lives for the call only, or between the kernels of one group. */
  public record Scratch(String name, DType dtype, Dim elements) implements Slot {
    @Override
    public Dim bytes() {
      return elements.times(dtype.bytes());
    }
  }

  private static Dim bytes(TensorType type) {
    return type.shape().count().times(type.dtype().bytes());
  }

  /** {@return where a node's value is} */
  public static Slot slot(Node node) {
    if (node.op() instanceof Op.GetResult result) {
      return new ResultOf(node.operand(0), result.index());
    }
    return Bodies.isControl(node.op()) ? new ResultOf(node, 0) : new ValueOf(node);
  }
}
