package org.nnd.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A closed set of nodes: everything its outputs and updates need, each computation once, inputs
 * first, then by serial number, which is a topological order. {@code updates} gives the new values
 * of parameters by name. Two graphs are equal if they hold the same computations in the same order
 * under the same names.
 */
public final class Graph {
  /** A node as a value: its operation and the positions of its operands. */
  private record Instruction(Op op, List<Integer> operands) {}

  private final List<Node> inputs;
  private final List<Node> nodes;
  private final Map<String, Node> outputs;
  private final Map<String, Node> updates;
  private final Map<Node, Integer> positions = new IdentityHashMap<>();
  private final List<Instruction> instructions;

  /** The hash code, once it was asked for: executables are looked up by graph at every call. */
  private int hash;

  private Graph(
      List<Node> inputs,
      List<Node> nodes,
      List<Instruction> instructions,
      Map<String, Node> outputs,
      Map<String, Node> updates) {
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
    this.instructions = List.copyOf(instructions);
    this.outputs = Map.copyOf(outputs).isEmpty() ? Map.of() : new LinkedHashMap<>(outputs);
    this.updates = updates.isEmpty() ? Map.of() : new LinkedHashMap<>(updates);
    for (int i = 0; i < nodes.size(); i++) {
      positions.put(nodes.get(i), i);
    }
  }

  /**
   * {@return the graph that computes the given results}
   *
   * @param inputs nodes of {@link Op.Input}, in the order callers see; inputs that the results use
   *     and that are missing here are appended in order of creation
   * @throws NndException if two inputs or two parameters of one name differ in type, or an update
   *     has not the type of its parameter
   */
  public static Graph of(List<Node> inputs, Map<String, Node> outputs, Map<String, Node> updates) {
    return new Interning().close(inputs, outputs, updates);
  }

  public static Graph of(List<Node> inputs, Map<String, Node> outputs) {
    return of(inputs, outputs, Map.of());
  }

  public List<Node> inputs() {
    return inputs;
  }

  /** {@return all nodes, operands before users} */
  public List<Node> nodes() {
    return nodes;
  }

  /** {@return the results by name, in declared order} */
  public Map<String, Node> outputs() {
    return java.util.Collections.unmodifiableMap(outputs);
  }

  /** {@return the new values of parameters by parameter name} */
  public Map<String, Node> updates() {
    return java.util.Collections.unmodifiableMap(updates);
  }

  /** {@return the only output} */
  public Node output() {
    if (outputs.size() != 1) {
      throw new IllegalStateException("the graph has the outputs " + outputs.keySet());
    }
    return outputs.values().iterator().next();
  }

  /** {@return the parameter nodes, in order of first use} */
  public List<Node> parameters() {
    return nodes.stream().filter(n -> n.op() instanceof Op.Parameter).toList();
  }

  /** {@return the position of a node of this graph in {@link #nodes()}} */
  public int position(Node node) {
    Integer position = positions.get(node);
    if (position == null) {
      throw new IllegalArgumentException("not a node of this graph: " + node);
    }
    return position;
  }

  /** {@return for each position, the nodes that use that node, in order} */
  public List<List<Node>> users() {
    List<List<Node>> users = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      users.add(new ArrayList<>());
    }
    for (Node node : nodes) {
      for (Node operand : new HashSet<>(node.operands())) {
        users.get(position(operand)).add(node);
      }
    }
    return users;
  }

  /**
   * {@return the results of this graph on other operands, in the order of the outputs: its nodes
   * copied into the caller's, with their origins}
   *
   * @param arguments one for each input, of its type
   */
  public List<Node> apply(List<Node> arguments) {
    if (arguments.size() != inputs.size()) {
      throw new IllegalArgumentException(
          arguments.size() + " arguments for " + inputs.size() + " inputs");
    }
    Map<Node, Node> copies = new IdentityHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      copies.put(inputs.get(i), arguments.get(i));
    }
    for (Node node : nodes) {
      if (!copies.containsKey(node)) {
        copies.put(node, node.withOperands(node.operands().stream().map(copies::get).toList()));
      }
    }
    return outputs.values().stream().map(copies::get).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Graph that
        && instructions.equals(that.instructions)
        && names(outputs).equals(that.names(that.outputs))
        && names(updates).equals(that.names(that.updates));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = instructions.hashCode();
    }
    return hash;
  }

  private List<Map.Entry<String, Integer>> names(Map<String, Node> results) {
    return results.entrySet().stream()
        .map(e -> Map.entry(e.getKey(), position(e.getValue())))
        .toList();
  }

  /** {@return the canonical text, see {@link GraphPrinter}} */
  @Override
  public String toString() {
    return GraphPrinter.print(this);
  }

  /** Builds a graph, merging nodes with equal operation and operands. */
  private static final class Interning {
    private final Map<Instruction, Integer> known = new HashMap<>();
    private final Map<Node, Integer> canonical = new IdentityHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, TensorType> variables = new HashMap<>();
    private long lastSerial = -1;

    Graph close(List<Node> inputs, Map<String, Node> outputs, Map<String, Node> updates) {
      List<Node> results = new ArrayList<>(inputs);
      results.addAll(outputs.values());
      results.addAll(updates.values());
      for (Node input : inputs) {
        if (!(input.op() instanceof Op.Input)) {
          throw new IllegalArgumentException("not an input: " + input);
        }
        intern(input);
      }
      Collection<Node> reachable = reachable(results);
      reachable.stream().filter(node -> node.op() instanceof Op.Input).forEach(this::intern);
      reachable.forEach(this::intern);
      List<Node> declared = nodes.stream().filter(node -> node.op() instanceof Op.Input).toList();
      updates.forEach(this::checkUpdate);
      return new Graph(declared, nodes, instructions, resolve(outputs), resolve(updates));
    }

    private void intern(Node node) {
      if (canonical.containsKey(node)) {
        return;
      }
      Instruction instruction =
          new Instruction(node.op(), node.operands().stream().map(canonical::get).toList());
      Integer position = known.get(instruction);
      if (position == null) {
        checkVariable(node);
        position = nodes.size();
        nodes.add(
            inOrder(node.withOperands(instruction.operands().stream().map(nodes::get).toList())));
        known.put(instruction, position);
        instructions.add(instruction);
      }
      canonical.put(node, position);
    }

    /** A node younger than those before it, so that closing the graph again keeps the order. */
    private Node inOrder(Node node) {
      if (node.op() instanceof Op.Input) {
        return node;
      }
      Node next = node.serial() > lastSerial ? node : node.renewed();
      lastSerial = next.serial();
      return next;
    }

    private Map<String, Node> resolve(Map<String, Node> results) {
      Map<String, Node> resolved = new LinkedHashMap<>();
      results.forEach((name, node) -> resolved.put(name, nodes.get(canonical.get(node))));
      return resolved;
    }

    private void checkVariable(Node node) {
      String key =
          switch (node.op()) {
            case Op.Input input -> "input " + input.name();
            case Op.Parameter parameter -> "parameter " + parameter.name();
            default -> "";
          };
      TensorType before = key.isEmpty() ? null : variables.putIfAbsent(key, node.type());
      if (before != null) {
        throw new NndException(
            "the %s is used with two types, %s and %s".formatted(key, before, node.type()));
      }
    }

    private void checkUpdate(String name, Node value) {
      TensorType type = variables.get("parameter " + name);
      if (type != null && !type.equals(value.type())) {
        throw new NndException(
            "the update of %s has type %s, the variable has %s"
                .formatted(name, value.type(), type));
      }
    }

    /** All nodes the results need, by serial number: a topological order. */
    private static Collection<Node> reachable(Collection<Node> results) {
      PriorityQueue<Node> open = new PriorityQueue<>(Comparator.comparingLong(n -> -n.serial()));
      Set<Node> seen = new HashSet<>();
      List<Node> found = new ArrayList<>();
      for (Node result : results) {
        if (seen.add(result)) {
          open.add(result);
        }
      }
      while (!open.isEmpty()) {
        Node node = open.poll();
        found.add(node);
        for (Node operand : node.operands()) {
          if (seen.add(operand)) {
            open.add(operand);
          }
        }
      }
      java.util.Collections.reverse(found);
      return found;
    }
  }
}
