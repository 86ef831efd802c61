package org.nnd.ir.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;

/**
 * Makes one loop of scans that run over the same operands and carry the same state: a network's
 * scan, and the one that its gradient needs, which keeps the carries as well.
 */
public final class MergeScans {
  /** What scans must share to be one: all but the body. */
  private record Key(
      List<Node> operands, int carries, int sequences, int length, boolean reverse) {}

  /** One result of a scan. */
  private record Result(Node scan, int index) {}

  private final Map<Node, Node> copies = new HashMap<>();
  private final Map<Result, Node> results = new HashMap<>();

  private MergeScans() {}

  public static Graph apply(Graph graph) {
    return new MergeScans().rewrite(graph);
  }

  private Graph rewrite(Graph graph) {
    Map<Key, List<Node>> groups = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Scan) {
        groups.computeIfAbsent(key(node), k -> new ArrayList<>()).add(node);
      }
    }
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Scan) {
        List<Node> group = groups.get(key(node));
        if (group.size() > 1 && !results.containsKey(new Result(node, 0))) {
          merge(group);
        }
      }
      copies.put(node, copy(node));
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    Map<String, Node> updates = new LinkedHashMap<>();
    graph.outputs().forEach((name, node) -> outputs.put(name, copies.get(node)));
    graph.updates().forEach((name, node) -> updates.put(name, copies.get(node)));
    return Graph.of(graph.inputs(), outputs, updates);
  }

  private static Key key(Node node) {
    Op.Scan op = (Op.Scan) node.op();
    return new Key(node.operands(), op.carries(), op.sequences(), op.length(), op.reverse());
  }

  private Node copy(Node node) {
    Node merged =
        node.op() instanceof Op.GetResult result
            ? results.get(new Result(node.operand(0), result.index()))
            : node.types().size() == 1 ? results.get(new Result(node, 0)) : null;
    return merged != null
        ? merged
        : Rewriter.renewed(node, node.operands().stream().map(copies::get).toList());
  }

  /** Merges with the first scan of a group every other whose carries are computed alike. */
  private void merge(List<Node> group) {
    Op.Scan first = (Op.Scan) group.get(0).op();
    List<Node> inputs = first.body().inputs();
    Map<String, Node> all = new LinkedHashMap<>();
    List<Integer> starts = new ArrayList<>();
    for (Node scan : group) {
      starts.add(all.size());
      ((Op.Scan) scan.op()).body().apply(inputs).forEach(y -> all.put("y" + all.size(), y));
    }
    List<Node> union = List.copyOf(Graph.of(inputs, all).outputs().values());

    List<Node> kept = new ArrayList<>();
    Map<Result, Integer> places = new HashMap<>();
    for (int i = 0; i < group.size(); i++) {
      int start = starts.get(i);
      List<Node> carries = union.subList(start, start + first.carries());
      if (!carries.equals(union.subList(0, first.carries()))) {
        continue;
      }
      if (i == 0) {
        kept.addAll(carries);
      }
      for (int r = 0; r < group.get(i).types().size(); r++) {
        boolean carry = r < first.carries();
        int place = carry ? r : rowOf(kept, first.carries(), union.get(start + r));
        places.put(new Result(group.get(i), r), place);
      }
    }
    build(group.get(0), first, inputs, kept, places);
  }

  /** The place of a result row, after the carries; it is added if it is not there. */
  private static int rowOf(List<Node> kept, int carries, Node y) {
    int row = kept.subList(carries, kept.size()).indexOf(y);
    if (row >= 0) {
      return carries + row;
    }
    kept.add(y);
    return kept.size() - 1;
  }

  private void build(
      Node scan, Op.Scan op, List<Node> inputs, List<Node> kept, Map<Result, Integer> places) {
    Map<String, Node> outputs = new LinkedHashMap<>();
    kept.forEach(y -> outputs.put("y" + outputs.size(), y));
    Op.Scan merged =
        new Op.Scan(
            Graph.of(inputs, outputs), op.carries(), op.sequences(), op.length(), op.reverse());
    List<Node> operands = scan.operands().stream().map(copies::get).toList();
    List<Node> values = Operations.results(scan.origin().during(() -> Node.of(merged, operands)));
    places.forEach((result, place) -> results.put(result, values.get(place)));
  }
}
