package org.nnd.draw;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.dsl.LayerReport;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;
import org.nnd.model.Flops;
import org.nnd.model.Model;

/**
 * What a network consists of and what flows where: its layers as a tree, and links between those
 * that have none inside. Found from the tensor graph: a layer takes what another gave, perhaps
 * after some operations of the layer around both; where these join several branches they are a part
 * of their own.
 *
 * @param root the network, with its inputs and outputs among its parts
 * @param links pairs of ids, from and to
 */
record Structure(Part root, Set<Link> links) {
  record Link(int from, int to) {}

  /** Inside another layer of the same path these say nothing that their parts do not show. */
  private static final Set<String> MERE_FORMS =
      Set.of("sequential", "residual", "parallel", "expanded");

  static Structure of(Model model) {
    Lowered lowered = model.lowered(Mode.INFERENCE);
    return new Builder(lowered, Flops.of(lowered.graph())).build();
  }

  /** A part under construction; its id is its place in the list of all. */
  private static final class Open {
    private final int id;
    private final int depth;
    private final LayerReport report;
    private final List<Part> parts = new ArrayList<>();

    Open(int id, LayerReport report) {
      this.id = id;
      this.depth = report.depth();
      this.report = report;
    }
  }

  private static final class Builder {
    private final Lowered lowered;
    private final Flops flops;
    private final Set<Link> links = new LinkedHashSet<>();
    private final Map<Node, Set<Integer>> sources = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int ids;

    Builder(Lowered lowered, Flops flops) {
      this.lowered = lowered;
      this.flops = flops;
    }

    Structure build() {
      List<Part> ends = new ArrayList<>();
      for (Node input : lowered.graph().inputs()) {
        int id = ids++;
        sources.put(input, Set.of(id));
        ends.add(end(id, Part.Kind.INPUT, ((Op.Input) input.op()).name(), input.type()));
      }
      List<LayerReport> reports = lowered.layers();
      Part root = null;
      for (int i = 0; i < reports.size(); i++) {
        LayerReport report = reports.get(i);
        open.push(new Open(ids++, report));
        int next = i + 1 < reports.size() ? reports.get(i + 1).depth() : -1;
        if (next <= report.depth()) {
          leaf(open.peek());
        }
        while (!open.isEmpty() && open.peek().depth >= next) {
          root = close();
        }
      }
      List<Part> parts = new ArrayList<>(ends);
      // A network that is one layer is drawn as one.
      parts.addAll(root.parts().isEmpty() ? List.of(root) : root.parts());
      lowered
          .graph()
          .outputs()
          .forEach(
              (name, node) -> {
                int id = ids++;
                sourcesOf(node).forEach(from -> links.add(new Link(from, id)));
                parts.add(end(id, Part.Kind.OUTPUT, name, node.type()));
              });
      return new Structure(root.with(parts), Collections.unmodifiableSet(links));
    }

    private static Part end(int id, Part.Kind kind, String name, TensorType type) {
      return new Part(id, kind, name, "", name, "", type.toString(), 0, 0, 1, List.of());
    }

    private void leaf(Open layer) {
      for (Node argument : layer.report.arguments()) {
        for (int from : sourcesOf(argument)) {
          links.add(new Link(from, layer.id));
        }
      }
      layer.report.results().forEach(node -> sources.put(node, Set.of(layer.id)));
    }

    /** Ends the innermost open layer and puts it into the one around. */
    private Part close() {
      Open layer = open.peek();
      LayerReport report = layer.report;
      List<Node> results = report.results();
      // What is computed again for its gradients is copied as a whole.
      if (report.kind().equals("checkpoint") && !layer.parts.isEmpty()) {
        int inside = layer.parts.get(layer.parts.size() - 1).id();
        results.forEach(node -> sources.putIfAbsent(node, Set.of(lastOf(layer, inside))));
      }
      results.forEach(this::sourcesOf);
      open.pop();
      Part part =
          new Part(
              layer.id,
              Part.Kind.LAYER,
              report.path(),
              report.kind(),
              report.text(),
              report.site().text(),
              report.outputs().stream()
                  .map(type -> type.shape().toString())
                  .collect(Collectors.joining(", ")),
              report.parameterCount(),
              flops.under(report.path()),
              1,
              layer.parts);
      if (!open.isEmpty()) {
        open.peek().parts.addAll(inner(part, open.peek().report));
      }
      return part;
    }

    /** A layer that only says how those inside are put together is no box of its own. */
    private static List<Part> inner(Part part, LayerReport around) {
      boolean same = part.path().equals(around.path()) && MERE_FORMS.contains(part.layer());
      return same && !part.parts().isEmpty() ? part.parts() : List.of(part);
    }

    private static int lastOf(Open layer, int otherwise) {
      List<Part> parts = layer.parts;
      int last = otherwise;
      while (!parts.isEmpty()) {
        Part end = parts.get(parts.size() - 1);
        last = end.id();
        parts = end.parts();
      }
      return last;
    }

    /** {@return the parts whose results a value is made of, without further layers} */
    private Set<Integer> sourcesOf(Node value) {
      Deque<Node> todo = new ArrayDeque<>(List.of(value));
      while (!todo.isEmpty()) {
        Node node = todo.peek();
        if (sources.containsKey(node)) {
          todo.pop();
          continue;
        }
        List<Node> missing = node.operands().stream().filter(n -> !sources.containsKey(n)).toList();
        if (missing.isEmpty()) {
          todo.pop();
          sources.put(node, joined(node));
        } else {
          missing.forEach(todo::push);
        }
      }
      return sources.get(value);
    }

    private Set<Integer> joined(Node node) {
      Set<Integer> all = new LinkedHashSet<>();
      node.operands().forEach(operand -> all.addAll(sources.get(operand)));
      if (all.size() < 2 || open.isEmpty()) {
        return all;
      }
      int id = ids++;
      all.forEach(from -> links.add(new Link(from, id)));
      Open around = open.peek();
      around.parts.add(
          new Part(
              id,
              Part.Kind.JOINT,
              around.report.path(),
              "",
              sign(node.op()),
              around.report.site().text(),
              node.types().get(0).shape().toString(),
              0,
              0,
              1,
              List.of()));
      return Set.of(id);
    }

    private static String sign(Op op) {
      return switch (op) {
        case Op.Binary b when b.function() == BinaryOp.ADD -> "+";
        case Op.Binary b when b.function() == BinaryOp.MULTIPLY -> "×";
        case Op.Binary b when b.function() == BinaryOp.SUBTRACT -> "−";
        case Op.Concatenate c -> "concatenate";
        case Op.Composite c -> c.name();
        default -> op.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      };
    }
  }
}
