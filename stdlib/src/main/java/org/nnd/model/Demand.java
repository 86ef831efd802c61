package org.nnd.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.ir.pass.InlineComposites;

/**
 * Which elements of every operand an element of the result depends on: from the result back to the
 * inputs, one {@link Span} per axis. Spans may go beyond an axis, into padding.
 */
final class Demand {
  /**
   * Neighbouring positions {@code low} to {@code high}, none if low is larger, and whether sums
   * over the whole axis matter too.
   */
  record Span(long low, long high, boolean all) {
    static final Span NONE = new Span(0, -1, false);
    static final Span ALL = new Span(0, -1, true);

    boolean isEmpty() {
      return low > high;
    }

    long size() {
      return isEmpty() ? 0 : high - low + 1;
    }

    Span join(Span other) {
      boolean any = all || other.all;
      if (isEmpty()) {
        return new Span(other.low, other.high, any);
      }
      return other.isEmpty()
          ? new Span(low, high, any)
          : new Span(Math.min(low, other.low), Math.max(high, other.high), any);
    }

    /** {@return the positions {@code low * scale + first} to {@code high * scale + last}} */
    Span through(long scale, long first, long last) {
      return isEmpty() ? this : new Span(low * scale + first, high * scale + last, all);
    }
  }

  private final Map<Node, List<Span>> spans = new HashMap<>();

  private Demand() {}

  /** {@return what one position of {@code target}, in the middle of its spatial axes, needs} */
  static Map<String, List<Span>> ofCentre(Graph lowered, Node target) {
    Graph graph = InlineComposites.all(Graph.of(lowered.inputs(), Map.of("y", target)));
    Demand demand = new Demand();
    List<Span> centre = new ArrayList<>();
    for (int axis = 0; axis < target.rank(); axis++) {
      long middle = axis < 2 ? 0 : target.shape().size(axis) / 2;
      centre.add(axis < 2 ? Span.ALL : new Span(middle, middle, false));
    }
    demand.spans.put(graph.output(), centre);
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      List<Span> wanted = demand.spans.get(nodes.get(i));
      if (wanted != null) {
        demand.visit(nodes.get(i), wanted);
      }
    }
    Map<String, List<Span>> inputs = new HashMap<>();
    for (Node input : graph.inputs()) {
      List<Span> none = Collections.nCopies(input.rank(), Span.NONE);
      inputs.put(((Op.Input) input.op()).name(), demand.spans.getOrDefault(input, none));
    }
    return inputs;
  }

  private void add(Node operand, List<Span> wanted) {
    spans.merge(
        operand,
        wanted,
        (a, b) -> {
          List<Span> joined = new ArrayList<>();
          for (int axis = 0; axis < a.size(); axis++) {
            joined.add(a.get(axis).join(b.get(axis)));
          }
          return joined;
        });
  }

  private void everything(Node node) {
    for (Node operand : node.operands()) {
      int rank = operand.types().size() == 1 ? operand.rank() : 0;
      add(operand, Collections.nCopies(rank, Span.ALL));
    }
  }

  private void visit(Node node, List<Span> wanted) {
    switch (node.op()) {
      case Op.Unary u -> add(node.operand(0), wanted);
      case Op.Binary b -> node.operands().forEach(operand -> add(operand, wanted));
      case Op.Compare c -> node.operands().forEach(operand -> add(operand, wanted));
      case Op.Select s -> node.operands().forEach(operand -> add(operand, wanted));
      case Op.Convert c -> add(node.operand(0), wanted);
      case Op.Bitcast b -> add(node.operand(0), wanted);
      case Op.StopGradient s -> add(node.operand(0), wanted);
      case Op.Barrier b -> add(node.operand(0), wanted);
      case Op.Reshape r ->
          add(node.operand(0), reshaped(wanted, node.shape(), node.operand(0).shape()));
      case Op.Transpose t -> {
        List<Span> from = new ArrayList<>(wanted);
        for (int axis = 0; axis < wanted.size(); axis++) {
          from.set(t.permutation().get(axis), wanted.get(axis));
        }
        add(node.operand(0), from);
      }
      case Op.Broadcast b -> {
        List<Span> from = new ArrayList<>();
        for (int axis = 0; axis < b.axes().size(); axis++) {
          boolean repeated = node.operand(0).shape().dim(axis).is(1);
          Span span = wanted.get(b.axes().get(axis));
          from.add(repeated ? new Span(0, 0, span.all()) : span);
        }
        add(node.operand(0), from);
      }
      case Op.Slice s -> {
        List<Span> from = new ArrayList<>();
        for (int axis = 0; axis < wanted.size(); axis++) {
          long start = s.start().get(axis).at(1);
          from.add(wanted.get(axis).through(s.stride().get(axis), start, start));
        }
        add(node.operand(0), from);
      }
      case Op.Pad p -> {
        List<Span> from = new ArrayList<>();
        for (int axis = 0; axis < wanted.size(); axis++) {
          long low = p.low().get(axis).at(1);
          from.add(narrowed(wanted.get(axis).through(1, -low, -low), p.interior().get(axis) + 1));
        }
        add(node.operand(0), from);
      }
      case Op.Concatenate c -> {
        long before = 0;
        for (Node operand : node.operands()) {
          List<Span> from = new ArrayList<>(wanted);
          from.set(c.axis(), wanted.get(c.axis()).through(1, -before, -before));
          before += operand.shape().dim(c.axis()).at(1);
          add(operand, from);
        }
      }
      case Op.Reverse r -> {
        List<Span> from = new ArrayList<>(wanted);
        for (int axis : r.axes()) {
          Span span = wanted.get(axis);
          long last = node.shape().dim(axis).at(1) - 1;
          from.set(
              axis,
              span.isEmpty() ? span : new Span(last - span.high(), last - span.low(), span.all()));
        }
        add(node.operand(0), from);
      }
      case Op.Reduce r -> {
        List<Span> from = new ArrayList<>(wanted);
        r.axes().stream().sorted().forEach(axis -> from.add(axis, Span.ALL));
        add(node.operand(0), from);
      }
      case Op.ReduceWindow w -> {
        List<Span> from = new ArrayList<>();
        for (int axis = 0; axis < wanted.size(); axis++) {
          // A window over the whole axis is a sum over all positions.
          long extent = node.operand(0).shape().dim(axis).at(1);
          boolean whole = extent > 1 && w.window().reach(axis) >= extent;
          from.add(whole ? Span.ALL : window(wanted.get(axis), w.window(), axis));
        }
        add(node.operand(0), from);
      }
      case Op.Convolution c -> {
        List<Span> from = new ArrayList<>(List.of(wanted.get(0), Span.ALL));
        for (int axis = 0; axis < c.window().rank(); axis++) {
          from.add(window(wanted.get(axis + 2), c.window(), axis));
        }
        add(node.operand(0), from);
        add(node.operand(1), Collections.nCopies(node.operand(1).rank(), Span.ALL));
      }
      case Op.Dot d -> dot(node, d, wanted);
      default -> everything(node);
    }
  }

  private static Span window(Span span, Window window, int axis) {
    long low = -window.low().get(axis);
    Span dilated = span.through(window.stride().get(axis), low, low + window.reach(axis) - 1L);
    return narrowed(dilated, window.inputDilation().get(axis));
  }

  /** The elements among which {@code step - 1} others were put. */
  private static Span narrowed(Span span, long step) {
    return span.isEmpty() || step == 1
        ? span
        : new Span(Math.ceilDiv(span.low(), step), Math.floorDiv(span.high(), step), span.all());
  }

  private void dot(Node node, Op.Dot d, List<Span> wanted) {
    int next = d.leftBatch().size();
    for (int side = 0; side < 2; side++) {
      Node operand = node.operand(side);
      List<Integer> batch = side == 0 ? d.leftBatch() : d.rightBatch();
      List<Integer> contracted = side == 0 ? d.leftContracting() : d.rightContracting();
      List<Span> from = new ArrayList<>();
      for (int axis = 0; axis < operand.rank(); axis++) {
        if (batch.contains(axis)) {
          from.add(wanted.get(batch.indexOf(axis)));
        } else if (contracted.contains(axis)) {
          from.add(Span.ALL);
        } else {
          from.add(wanted.get(next++));
        }
      }
      add(operand, from);
    }
  }

  /**
   * Axes of equal extent at equal places are themselves; of axes that were split or merged, all
   * elements between the first and the last one wanted.
   */
  private static List<Span> reshaped(List<Span> wanted, Shape result, Shape operand) {
    List<Span> from = new ArrayList<>();
    int r = 0;
    int o = 0;
    while (r < result.rank() || o < operand.rank()) {
      int r1 = r;
      int o1 = o;
      long left = 1;
      long right = 1;
      do {
        if ((left <= right && r1 < result.rank()) || o1 == operand.rank()) {
          left *= result.dim(r1++).at(1);
        } else {
          right *= operand.dim(o1++).at(1);
        }
      } while (left != right || (r1 == r || o1 == o) && r1 < result.rank() && o1 < operand.rank());
      from.addAll(regrouped(wanted.subList(r, r1), result.slice(r, r1), operand.slice(o, o1)));
      r = r1;
      o = o1;
    }
    return from;
  }

  private static List<Span> regrouped(List<Span> wanted, Shape result, Shape operand) {
    if (result.equals(operand)) {
      return wanted;
    }
    boolean all = wanted.stream().anyMatch(Span::all);
    boolean empty = wanted.stream().anyMatch(span -> span.isEmpty() && !span.all());
    long first = 0;
    long last = 0;
    for (int axis = 0; axis < wanted.size(); axis++) {
      long extent = result.dim(axis).at(1);
      Span span = wanted.get(axis);
      long low = span.isEmpty() ? 0 : Math.clamp(span.low(), 0, extent - 1);
      long high = span.isEmpty() ? extent - 1 : Math.clamp(span.high(), 0, extent - 1);
      first = first * extent + low;
      last = last * extent + high;
    }
    List<Span> from = new ArrayList<>();
    for (int axis = operand.rank() - 1; axis >= 0; axis--) {
      long extent = operand.dim(axis).at(1);
      boolean one = first / extent == last / extent;
      Span span = one ? new Span(first % extent, last % extent, false) : Span.ALL;
      boolean only = wanted.size() == 1 && wanted.get(0).isEmpty();
      from.add(0, empty ? Span.NONE : only && all ? Span.ALL : span);
      first /= extent;
      last /= extent;
    }
    return from;
  }
}
