package org.nnd.ir;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The text form of a graph, in the manner of StableHLO:
 *
 * <pre>
 * graph(%image: f32[N, 1, 28, 28]) {
 *   %0 = parameter "0.weight" : f32[32, 1, 3, 3]
 *   %1 = convolution(%image, %0) {stride=[2, 2], padding=[[1, 1], [1, 1]]} : f32[N, 32, 14, 14]  // 0
 *   %2:2 = scan(%1, %0) {carries=1, length=3} : (f32[8], f32[3, 8])
 *     body graph(…) {
 *       …
 *     }
 *   %3 = %2#1 : f32[3, 8]
 *   return logits=%3
 *   update "1.running_mean"=%7
 * }
 * </pre>
 *
 * <p>Attributes with their usual value are left out. A comment tells a node's origin. {@link
 * GraphParser} reads it back to an equal graph.
 */
public final class GraphPrinter {
  private final boolean brief;

  private GraphPrinter(boolean brief) {
    this.brief = brief;
  }

  /** {@return the exact text, constants included} */
  public static String print(Graph graph) {
    return new GraphPrinter(false).text(graph, "");
  }

  /**
   * {@return the text for people: long constants and code are left out, so that it does not parse
   * back}
   */
  public static String brief(Graph graph) {
    return new GraphPrinter(true).text(graph, "");
  }

  private String text(Graph graph, String indent) {
    Map<Node, String> names = new HashMap<>();
    for (Node node : graph.nodes()) {
      String name =
          node.op() instanceof Op.Input input
              ? Text.name(input.name())
              : String.valueOf(names.size() - graph.inputs().size());
      names.put(node, "%" + name);
    }
    StringBuilder text = new StringBuilder("graph(");
    text.append(
        graph.inputs().stream()
            .map(input -> names.get(input) + ": " + input.type())
            .collect(Collectors.joining(", ")));
    text.append(") {\n");
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Op.Input)) {
        text.append(indent).append("  ").append(line(node, names)).append("\n");
        OpText.of(node.op())
            .bodies()
            .forEach(
                (name, body) ->
                    text.append(indent)
                        .append("    ")
                        .append(name)
                        .append(" ")
                        .append(text(body, indent + "    ")));
      }
    }
    text.append(indent).append("  return");
    text.append(results(" ", graph.outputs(), names)).append("\n");
    if (!graph.updates().isEmpty()) {
      text.append(indent).append("  update");
      text.append(results(" ", graph.updates(), names)).append("\n");
    }
    return text.append(indent).append("}\n").toString();
  }

  private static String results(String before, Map<String, Node> results, Map<Node, String> names) {
    return results.entrySet().stream()
        .map(e -> Text.name(e.getKey()) + "=" + names.get(e.getValue()))
        .collect(Collectors.joining(", ", results.isEmpty() ? "" : before, ""));
  }

  private String line(Node node, Map<Node, String> names) {
    int results = node.types().size();
    String left = names.get(node) + (results == 1 ? "" : ":" + results) + " = ";
    String types =
        results == 1
            ? node.type().toString()
            : node.types().stream()
                .map(TensorType::toString)
                .collect(Collectors.joining(", ", "(", ")"));
    String comment = node.origin().equals(Origin.NONE) ? "" : "  // " + oneLine(node.origin());
    return left + operation(node, names) + " : " + types + comment;
  }

  private static String oneLine(Origin origin) {
    return origin.toString().replaceAll("\\R", " ");
  }

  private String operation(Node node, Map<Node, String> names) {
    List<String> operands = node.operands().stream().map(names::get).toList();
    return switch (node.op()) {
      case Op.Constant constant -> "constant " + Text.literal(constant.value(), brief);
      case Op.GetResult result -> operands.get(0) + "#" + result.index();
      default -> {
        OpText op = OpText.of(node.op());
        String list = operands.isEmpty() ? "" : "(" + String.join(", ", operands) + ")";
        yield op.name()
            + op.label().map(label -> " " + Text.quoted(label)).orElse("")
            + list
            + attributes(shown(node.op(), op.attributes()));
      }
    };
  }

  /** Code has a level of its own to be read at. */
  private Map<String, Object> shown(Op op, Map<String, Object> attributes) {
    if (!brief || !(op instanceof Op.Custom)) {
      return attributes;
    }
    Map<String, Object> some = new LinkedHashMap<>(attributes);
    some.replace("source", new Text.Symbol("…"));
    return some;
  }

  private static String attributes(Map<String, Object> attributes) {
    return attributes.isEmpty()
        ? ""
        : attributes.entrySet().stream()
            .map(e -> Text.name(e.getKey()) + "=" + Text.value(e.getValue()))
            .collect(Collectors.joining(", ", " {", "}"));
  }
}
