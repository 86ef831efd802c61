package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Origin;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Kernel;
import org.nnd.opencl.kernel.Stmt;

/**
 * A group with what a template needs to write its kernel.
 *
 * @param reads the nodes in memory that the group may read
 * @param stored the members whose values others use
 * @param inPlace for stored members that overwrite a variable, that variable's node
 * @param changed names of the variables that the graph changes
 * @param attention what the group computes together with its anchor
 */
record Task(
    Group group,
    Set<Node> reads,
    Set<Node> stored,
    Map<Node, Node> inPlace,
    Set<String> changed,
    Optional<AttentionPattern> attention) {

  /** {@return a part of this whose results other kernels of the same template use} */
  Task part(Node node) {
    Group group = new Group(node.shape(), List.of());
    group.add(new Group.Member(node, Group.Kind.FULL, Group.axes(node.shape())));
    Set<Node> found = new LinkedHashSet<>();
    Costs.walk(
        node,
        inner -> {
          if (reads.contains(inner)) {
            found.add(inner);
          }
          return !reads.contains(inner);
        });
    return new Task(group, found, Set.of(), Map.of(), changed, Optional.empty());
  }

  /** Whether a value stays the same from run to run, unless the variables are set. */
  boolean stands(Node node) {
    boolean[] stands = {true};
    Costs.walk(
        node,
        inner -> {
          stands[0] &=
              switch (inner.op()) {
                case Op.Parameter parameter -> !changed.contains(parameter.name());
                case Op.Input input -> false;
                case Op.Size size -> false;
                default -> !Bodies.isControl(inner.op());
              };
          return true;
        });
    return stands[0];
  }

  /** The arguments of the kernel being written. */
  static final class Arguments {
    final Map<Node, Array> loads = new LinkedHashMap<>();
    final Map<Node, Array> stores = new LinkedHashMap<>();
    private final List<Array> arrays = new ArrayList<>();
    private final List<KernelCall.Slot> slots = new ArrayList<>();

    Array scratch(Body body, String name, KernelCall.Scratch scratch) {
      return add(
          Array.argument(body.fresh(name), scratch.dtype(), Array.Space.READ_WRITE), scratch);
    }

    /** {@return what another kernel has left} */
    Array left(Body body, String name, KernelCall.Scratch scratch) {
      return add(Array.argument(body.fresh(name), scratch.dtype(), Array.Space.READ), scratch);
    }

    /** {@return an argument that holds a constant the template needs} */
    Array table(Body body, String name, Node constant) {
      return add(
          Array.argument(body.fresh(name), constant.dtype(), Array.Space.READ),
          KernelCall.slot(constant));
    }

    private Array add(Array array, KernelCall.Slot slot) {
      arrays.add(array);
      slots.add(slot);
      return array;
    }
  }

  /** {@return arrays for everything the group reads and stores} */
  Arguments arguments(Body body) {
    Arguments arguments = new Arguments();
    Set<Node> overwritten = new LinkedHashSet<>(inPlace.values());
    for (Node node : reads) {
      Array.Space space = overwritten.contains(node) ? Array.Space.READ_WRITE : Array.Space.READ;
      Array array = Array.argument(body.fresh("x"), node.dtype(), space);
      arguments.loads.put(node, arguments.add(array, KernelCall.slot(node)));
    }
    for (Node node : stored) {
      Node variable = inPlace.get(node);
      if (variable != null && arguments.loads.containsKey(variable)) {
        arguments.stores.put(node, arguments.loads.get(variable));
        continue;
      }
      Array array = Array.argument(body.fresh("y"), node.dtype(), Array.Space.WRITE);
      Node slot = variable == null ? node : variable;
      arguments.stores.put(node, arguments.add(array, KernelCall.slot(slot)));
    }
    return arguments;
  }

  /** Puts the kernel together. */
  KernelCall call(
      String template,
      List<String> schedule,
      Arguments arguments,
      List<Kernel.GroupCount> groups,
      List<Integer> local,
      List<Stmt> body,
      Dim n) {
    List<String> comment = new ArrayList<>();
    comment.add(template + ": " + operations());
    Set<Origin> origins = new LinkedHashSet<>();
    group.members().forEach(member -> origins.add(member.node().origin()));
    origins.remove(Origin.NONE);
    if (!origins.isEmpty()) {
      comment.add(
          "from " + origins.stream().map(Origin::toString).collect(Collectors.joining(", ")));
    }
    comment.add(
        "space "
            + group.space()
            + (group.reduced().isEmpty() ? "" : " reduced " + group.reduced()));
    comment.addAll(schedule);
    List<Array> used = arguments.arrays;
    Kernel kernel =
        new Kernel(
            name(template),
            comment,
            used,
            groups,
            local,
            body,
            Costs.flops(group, reads),
            bytes(arguments));
    return new KernelCall(kernel, arguments.slots, n, List.copyOf(origins));
  }

  /** The bytes that must be read and written once. */
  private static Dim bytes(Arguments arguments) {
    Dim bytes = Dim.ZERO;
    for (Node node : arguments.loads.keySet()) {
      bytes = bytes.plus(node.shape().count().times(node.dtype().bytes()));
    }
    for (Node node : arguments.stores.keySet()) {
      bytes = bytes.plus(node.shape().count().times(node.dtype().bytes()));
    }
    return bytes;
  }

  private String operations() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Costs.computed(group, reads).forEach(node -> counts.merge(word(node.op()), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  private String name(String template) {
    Set<String> words = new LinkedHashSet<>();
    for (Group.Member member : group.members()) {
      words.add(word(member.node().op()));
    }
    String name = template + "_" + String.join("_", words);
    return name.length() <= 48 ? name : name.substring(0, 48);
  }

  static String word(Op op) {
    return switch (op) {
      case Op.Unary unary -> unary.function().toString();
      case Op.Binary binary -> binary.function().toString();
      case Op.Reduce reduce -> "reduce_" + reduce.reduction();
      case Op.Custom custom -> "kernel " + custom.code().name();
      default -> op.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    };
  }

  static Map<Node, Array> copy(Map<Node, Array> arrays) {
    return new HashMap<>(arrays);
  }
}
