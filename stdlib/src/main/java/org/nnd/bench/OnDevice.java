package org.nnd.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.MemoryNeeds;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

/** NND itself. The data are on the device already, as the peers have them in memory. */
final class OnDevice implements Contender {
  private final Device device;
  private final Variables variables;
  private final Executable executable;
  private final Map<String, Literal> results = new LinkedHashMap<>();

  OnDevice(Device device, Work work) {
    this.device = device;
    Graph given = work.graph();
    Graph graph = resident(given);
    variables = new Variables(device);
    try {
      for (Node node : graph.parameters()) {
        String name = Work.Fixed.name(node);
        variables.put(name, work.values().of(name, node.type()));
      }
      executable = Executable.compile(device, graph);
    } catch (RuntimeException e) {
      variables.close();
      throw e;
    }
    try (Results first = executable.run(variables, Map.of())) {
      results.putAll(first.all());
      given.updates().keySet().forEach(path -> results.put(path + ".next", variables.get(path)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Inputs as variables. Each is its own update, so that nothing is taken for done because the data
   * are those of the run before.
   */
  private static Graph resident(Graph graph) {
    Map<String, Node> outputs = new LinkedHashMap<>();
    Map<String, Node> updates = new LinkedHashMap<>();
    Graph all = Graph.of(graph.inputs(), outputs(graph));
    List<Node> data =
        all.inputs().stream()
            .map(node -> (Op.Input) node.op())
            .map(input -> Operations.parameter(input.name(), input.type()))
            .toList();
    var values = all.apply(data);
    int next = 0;
    for (String name : graph.outputs().keySet()) {
      outputs.put(name, values.get(next++));
    }
    for (String name : graph.updates().keySet()) {
      updates.put(name, values.get(next++));
    }
    data.forEach(node -> updates.put(Work.Fixed.name(node), node));
    return Graph.of(List.of(), outputs, updates);
  }

  /** Outputs, then updates, under names that do not clash. */
  private static Map<String, Node> outputs(Graph graph) {
    Map<String, Node> all = new LinkedHashMap<>();
    graph.outputs().values().forEach(node -> all.put("y" + all.size(), node));
    graph.updates().values().forEach(node -> all.put("y" + all.size(), node));
    return all;
  }

  int kernels() {
    return executable.plan().calls().size();
  }

  @Override
  public String mode() {
    return "";
  }

  @Override
  public double seconds(int runs) {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      executable.run(variables, Map.of()).close();
    }
    device.finish();
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public Map<String, Literal> results() {
    return results;
  }

  @Override
  public Optional<Long> peakBytes() {
    MemoryNeeds needs = MemoryNeeds.of(executable.plan(), 1);
    return Optional.of(needs.arena() + needs.variables() + needs.constants());
  }

  @Override
  public void close() {
    executable.close();
    variables.close();
  }
}
