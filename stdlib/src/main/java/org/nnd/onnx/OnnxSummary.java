package org.nnd.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nnd.onnx.imports.Registry;

/**
 * What is in a file, for people to read.
 *
 * @param operators how often each operator occurs, in subgraphs and functions too
 * @param unsupported the operators among them that cannot be imported
 * @param parameters the number of floating-point elements in initialisers
 */
public record OnnxSummary(
    OnnxFile file, Map<String, Integer> operators, List<String> unsupported, long parameters) {

  public static OnnxSummary of(OnnxFile file) {
    Map<String, Integer> operators = new TreeMap<>();
    count(file.graph().nodes(), operators);
    file.functions().forEach(function -> count(function.nodes(), operators));
    Set<String> own =
        file.functions().stream().map(OnnxFunction::qualifiedName).collect(Collectors.toSet());
    List<String> unsupported =
        operators.keySet().stream()
            .filter(name -> !Registry.names().contains(name) && !own.contains(name))
            .toList();
    return new OnnxSummary(file, operators, unsupported, parameters(file.graph()));
  }

  private static void count(List<OnnxNode> nodes, Map<String, Integer> operators) {
    for (OnnxNode node : nodes) {
      operators.merge(node.qualifiedOperator(), 1, Integer::sum);
      subgraphs(node).forEach(graph -> count(graph.nodes(), operators));
    }
  }

  private static List<OnnxGraph> subgraphs(OnnxNode node) {
    List<OnnxGraph> graphs = new ArrayList<>();
    for (OnnxAttribute attribute : node.attributes().values()) {
      if (attribute instanceof OnnxAttribute.Subgraph subgraph) {
        graphs.add(subgraph.value());
      }
    }
    return graphs;
  }

  private static long parameters(OnnxGraph graph) {
    long own =
        graph.initializers().values().stream()
            .filter(tensor -> tensor.type().isFloat())
            .mapToLong(OnnxSummary::elements)
            .sum();
    return own
        + graph.nodes().stream()
            .flatMap(node -> subgraphs(node).stream())
            .mapToLong(OnnxSummary::parameters)
            .sum();
  }

  private static long elements(OnnxTensor tensor) {
    return switch (tensor) {
      case OnnxTensor.Numbers numbers -> numbers.literal().count();
      case OnnxTensor.Strings strings -> strings.values().size();
    };
  }

  /** Prints a line for each fact. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "file", file.path().toString());
    line(text, "producer", file.producer().isEmpty() ? "not told" : file.producer());
    line(text, "format", "version " + file.irVersion());
    line(
        text,
        "operators of",
        new TreeMap<>(file.opsets())
            .entrySet().stream()
                .map(e -> (e.getKey().isEmpty() ? "ai.onnx" : e.getKey()) + " " + e.getValue())
                .collect(Collectors.joining(", ")));
    ports(text, "input", file.graph().arguments());
    ports(text, "output", file.graph().outputs());
    line(
        text,
        "operators",
        operators.entrySet().stream()
            .map(e -> Refusal.shown(e.getKey()) + (e.getValue() > 1 ? " × " + e.getValue() : ""))
            .collect(Collectors.joining(", ")));
    line(text, "parameters", "%,d".formatted(parameters));
    line(
        text,
        "not supported",
        unsupported.isEmpty()
            ? "none"
            : unsupported.stream().map(Refusal::shown).collect(Collectors.joining(", ")));
    return text.toString();
  }

  private static void ports(StringBuilder text, String label, List<OnnxGraph.Port> ports) {
    for (OnnxGraph.Port port : ports) {
      line(text, label, Refusal.shown(port.name()) + ": " + port.type());
    }
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("%-14s %s%n".formatted(label, value));
  }
}
