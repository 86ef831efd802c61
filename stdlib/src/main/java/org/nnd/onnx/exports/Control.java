package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;

/** Loops and branches. Their bodies see the values around them by name. */
final class Control {
  private Control() {}

  static List<String> scan(Scope s, Node node, Op.Scan scan) {
    List<String> operands = node.operands().stream().map(s::value).toList();
    int end = scan.carries() + scan.sequences();
    if (scan.length() == 0) {
      List<String> results = new ArrayList<>(operands.subList(0, scan.carries()));
      node.types()
          .subList(scan.carries(), node.types().size())
          .forEach(type -> results.add(s.full(type, 0)));
      return results;
    }
    Scope inner = s.inner();
    List<Typed> inputs = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      TensorType type = scan.body().inputs().get(i).type();
      Typed input = new Typed(inner.fresh(i < scan.carries() ? "carry" : "element"), type);
      inputs.add(input);
      arguments.add(input.name());
    }
    arguments.addAll(operands.subList(end, operands.size()));
    List<String> results = new ArrayList<>(inner.inline(scan.body(), arguments));
    Body body = body(inner, inputs, results, types(scan.body()));
    if (scan.sequences() == 0) {
      return counted(s, node, scan, operands, body);
    }
    int rows = node.types().size() - scan.carries();
    long direction = scan.reverse() ? 1 : 0;
    return s.call(
        "Scan",
        operands.subList(0, end),
        Map.of(
            "body",
            body,
            "num_scan_inputs",
            (long) scan.sequences(),
            "scan_input_directions",
            Collections.nCopies(scan.sequences(), direction),
            "scan_output_directions",
            Collections.nCopies(rows, direction)),
        node.types().size());
  }

  /** A Scan needs a sequence; without one it is a Loop that counts. */
  private static List<String> counted(
      Scope s, Node node, Op.Scan scan, List<String> operands, Body body) {
    String iteration = s.fresh("iteration");
    String condition = s.fresh("condition");
    List<Typed> inputs =
        new ArrayList<>(
            List.of(
                new Typed(iteration, TensorType.scalar(DType.I64)),
                new Typed(condition, TensorType.scalar(DType.BOOL))));
    inputs.addAll(body.inputs());
    Scope more = s.inner();
    String goOn = more.call("Identity", List.of(condition));
    List<Call> calls = new ArrayList<>(body.calls());
    calls.addAll(more.calls());
    List<Typed> outputs = new ArrayList<>(List.of(new Typed(goOn, TensorType.scalar(DType.BOOL))));
    outputs.addAll(body.outputs());
    List<String> given =
        new ArrayList<>(List.of(s.scalar(DType.I64, scan.length()), s.scalar(DType.BOOL, 1)));
    given.addAll(operands.subList(0, scan.carries()));
    List<String> results =
        new ArrayList<>(
            s.call(
                "Loop",
                given,
                Map.of("body", new Body(inputs, calls, outputs)),
                node.types().size()));
    if (scan.reverse()) {
      for (int i = scan.carries(); i < results.size(); i++) {
        results.set(i, reversed(s, results.get(i)));
      }
    }
    return results;
  }

  private static String reversed(Scope s, String x) {
    return s.call(
        "Slice", List.of(x, s.longs(-1), s.longs(Long.MIN_VALUE), s.longs(0), s.longs(-1)));
  }

  static List<String> loop(Scope s, Node node, Op.While loop) {
    List<String> operands = node.operands().stream().map(s::value).toList();
    String first = s.inline(loop.condition(), operands).get(0);
    Scope inner = s.inner();
    List<Typed> inputs =
        new ArrayList<>(
            List.of(
                new Typed(inner.fresh("iteration"), TensorType.scalar(DType.I64)),
                new Typed(inner.fresh("condition"), TensorType.scalar(DType.BOOL))));
    List<String> state = new ArrayList<>();
    for (TensorType type : node.types()) {
      Typed input = new Typed(inner.fresh("state"), type);
      inputs.add(input);
      state.add(input.name());
    }
    List<String> after = inner.inline(loop.body(), state);
    List<String> results = new ArrayList<>();
    results.add(inner.inline(loop.condition(), after).get(0));
    results.addAll(after);
    List<TensorType> types = new ArrayList<>(List.of(TensorType.scalar(DType.BOOL)));
    types.addAll(node.types());
    List<String> given = new ArrayList<>(List.of("", first));
    given.addAll(operands);
    Map<String, Object> attributes = Map.of("body", body(inner, inputs, results, types));
    return s.call("Loop", given, attributes, node.types().size());
  }

  static List<String> cond(Scope s, Node node, Op.Cond cond) {
    List<String> operands = node.operands().stream().map(s::value).toList();
    List<String> arguments = operands.subList(1, operands.size());
    return s.call(
        "If",
        List.of(operands.get(0)),
        Map.of(
            "then_branch", branch(s, cond.then(), arguments),
            "else_branch", branch(s, cond.otherwise(), arguments)),
        node.types().size());
  }

  private static Body branch(Scope s, Graph graph, List<String> arguments) {
    Scope inner = s.inner();
    return body(inner, List.of(), inner.inline(graph, arguments), types(graph));
  }

  private static List<TensorType> types(Graph graph) {
    return graph.outputs().values().stream().map(Node::type).toList();
  }

  /** Outputs of a body are values of its own, each once. */
  private static Body body(
      Scope inner, List<Typed> inputs, List<String> results, List<TensorType> types) {
    List<Typed> outputs = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String own = inner.call("Identity", List.of(results.get(i)));
      outputs.add(new Typed(own, types.get(i)));
    }
    return new Body(inputs, inner.calls(), outputs).pruned();
  }
}
