package org.nnd.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.nnd.ir.NndException;

/**
 * Puts nodes in an order in which every value is computed before it is used: the file's own, as far
 * as it is one.
 */
record NodeOrder(Path file) {
  /**
   * @param own the names that the graph has besides its nodes' results
   * @param given these and the names of the graphs around it
   */
  List<NodeProto> sort(List<NodeProto> nodes, Set<String> own, KnownNames given) {
    Map<String, Integer> producers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        if (output.isEmpty()) {
          continue;
        }
        if (own.contains(output) || producers.put(output, i) != null) {
          throw error("the value '%s' is defined twice".formatted(Refusal.shown(output)));
        }
      }
    }
    List<List<Integer>> users = new ArrayList<>();
    int[] missing = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      users.add(new ArrayList<>());
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : uses(nodes.get(i))) {
        Integer producer = producers.get(input);
        if (producer != null) {
          users.get(producer).add(i);
          missing[i]++;
        } else if (!given.contains(input)) {
          throw error(
              "%s uses the value '%s', which is not defined"
                  .formatted(described(nodes.get(i)), Refusal.shown(input)));
        }
      }
    }
    return ordered(nodes, users, missing);
  }

  private List<NodeProto> ordered(List<NodeProto> nodes, List<List<Integer>> users, int[] missing) {
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.poll();
      sorted.add(nodes.get(next));
      for (int user : users.get(next)) {
        if (--missing[user] == 0) {
          ready.add(user);
        }
      }
    }
    if (sorted.size() < nodes.size()) {
      for (int i = 0; i < missing.length; i++) {
        if (missing[i] > 0) {
          throw error("%s depends on its own result".formatted(described(nodes.get(i))));
        }
      }
    }
    return sorted;
  }

  /** The names that a node uses, those in its subgraphs that these do not define included. */
  private static Set<String> uses(NodeProto node) {
    Set<String> names = new HashSet<>();
    node.getInputList().stream().filter(name -> !name.isEmpty()).forEach(names::add);
    ArrayDeque<GraphProto> open = new ArrayDeque<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        open.add(attribute.getG());
      }
    }
    while (!open.isEmpty()) {
      names.addAll(free(open.poll()));
    }
    return names;
  }

  private static Set<String> free(GraphProto graph) {
    Set<String> names = new HashSet<>();
    graph.getNodeList().forEach(node -> names.addAll(uses(node)));
    graph.getOutputList().forEach(output -> names.add(output.getName()));
    graph.getNodeList().forEach(node -> node.getOutputList().forEach(names::remove));
    graph.getInputList().forEach(input -> names.remove(input.getName()));
    graph.getInitializerList().forEach(tensor -> names.remove(tensor.getName()));
    graph.getSparseInitializerList().forEach(t -> names.remove(t.getValues().getName()));
    return names;
  }

  /** {@return the node as errors name it} */
  static String described(NodeProto node) {
    String name =
        node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    return "node '%s' (%s)".formatted(Refusal.shown(name), Refusal.shown(node.getOpType()));
  }

  private NndException error(String problem) {
    return new NndException("%s: %s".formatted(file, problem));
  }
}
