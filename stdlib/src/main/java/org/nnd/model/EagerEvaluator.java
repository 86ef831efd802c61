package org.nnd.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Evaluator;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

/**
 * Computes the tensors of scripts and cells on the session's device. What has been compiled is kept
 * for the next tensor of the same form: values enter as inputs, so that their data take no part in
 * it.
 */
public final class EagerEvaluator implements Evaluator {
  private static final int MOST_GRAPHS = 64;

  private record Engine(Executables executables, Variables none) {}

  private final Map<Device, Engine> engines = new HashMap<>();

  /** Found by {@link java.util.ServiceLoader}. */
  public EagerEvaluator() {}

  @Override
  public List<Literal> evaluate(Graph graph, Map<String, Literal> parameters, long batch) {
    Interruption.check("interrupted before a tensor was computed");
    Engine engine = engine(SessionDevice.get());
    Executable executable = engine.executables.of(withInputs(graph));
    synchronized (executable) {
      Results results = executable.run(engine.none, parameters, batch);
      return List.copyOf(results.all().values());
    }
  }

  private synchronized Engine engine(Device device) {
    return engines.computeIfAbsent(
        device, d -> new Engine(new Executables(d, MOST_GRAPHS), new Variables(d)));
  }

  /** The same graph with an input in place of every parameter. */
  private static Graph withInputs(Graph graph) {
    Map<Node, Node> copies = new HashMap<>();
    for (Node node : graph.nodes()) {
      copies.put(
          node,
          node.op() instanceof Op.Parameter p
              ? Operations.input(p.name(), p.type())
              : node.withOperands(node.operands().stream().map(copies::get).toList()));
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, node) -> outputs.put(name, copies.get(node)));
    List<Node> inputs = new ArrayList<>();
    graph.parameters().forEach(node -> inputs.add(copies.get(node)));
    return Graph.of(inputs, outputs);
  }
}
