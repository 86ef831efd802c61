package org.nnd.tests.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Lowered;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;

/**
 * What a case gives values for: outputs as {@code out.*}, gradients of {@code sum(out * loss.R)} as
 * {@code grad.*}, and the new values of buffers as updates.
 */
record OracleGraph(Graph graph, Map<String, Literal> inputs) {
  static OracleGraph of(OracleCase oracle, Lowered lowered) {
    Graph graph = lowered.graph();
    List<Node> inputs = new ArrayList<>(graph.inputs());
    Map<String, Literal> values = new LinkedHashMap<>(oracle.under("in"));
    Map<String, Node> outputs = new LinkedHashMap<>();
    Node loss = null;
    for (Map.Entry<String, Node> output : graph.outputs().entrySet()) {
      outputs.put("out." + output.getKey(), output.getValue());
      String factors = graph.outputs().size() == 1 ? "loss.R" : "loss.R." + output.getKey();
      Node factor = Operations.input(factors, output.getValue().type());
      inputs.add(factor);
      values.put(factors, oracle.literal(factors));
      Node term =
          Operations.sum(
              Operations.multiply(output.getValue(), factor),
              Operations.axes(output.getValue().rank()));
      loss = loss == null ? term : Operations.add(loss, term);
    }
    Map<String, Node> wrt = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Input input && input.type().dtype().isFloat()) {
        wrt.put("grad.in." + input.name(), node);
      } else if (node.op() instanceof Op.Parameter parameter) {
        wrt.put("grad.p." + parameter.name(), node);
      }
    }
    List<Node> gradients = Gradient.of(loss, List.copyOf(wrt.values()));
    int next = 0;
    for (String name : wrt.keySet()) {
      outputs.put(name, gradients.get(next++));
    }
    return new OracleGraph(Graph.of(inputs, outputs, graph.updates()), values);
  }
}
