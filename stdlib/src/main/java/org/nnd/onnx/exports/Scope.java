package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** One ONNX graph that is being written: its calls so far, and the values of nodes by name. */
final class Scope {
  private final Export export;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Node, List<String>> written = new IdentityHashMap<>();
  private final Made made;
  private String path = "";

  /** The calls of one ONNX graph by their results, and what need not be written twice there. */
  private record Made(
      Map<String, Call> calls, Map<String, String> casts, Map<List<Object>, String> reshaped) {
    Made() {
      this(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }
  }

  Scope(Export export, Map<Node, String> arguments) {
    this(export, arguments, new Made());
  }

  private Scope(Export export, Map<Node, String> arguments, Made made) {
    this.export = export;
    this.made = made;
    arguments.forEach((node, name) -> written.put(node, List.of(name)));
  }

  List<Call> calls() {
    return calls;
  }

  void calls(Call call) {
    calls.add(call);
  }

  // Nodes.

  /** Writes the nodes of a graph whose inputs have names. */
  void writeAll(Graph graph) {
    for (Node node : graph.nodes()) {
      if (!Broadcasts.isCheap(node)) {
        values(node);
      }
    }
  }

  /** {@return the names of a node's results, written now if they were not} */
  List<String> values(Node node) {
    List<String> known = written.get(node);
    if (known == null) {
      String before = path;
      path = node.origin().path().isEmpty() ? before : node.origin().path();
      try {
        known = Operators.write(this, node);
      } finally {
        path = before;
      }
      written.put(node, known);
    }
    return known;
  }

  /** {@return the name of a node's only result} */
  String value(Node node) {
    return values(node).get(0);
  }

  /** {@return the name of an operand} */
  String operand(Node node, int index) {
    return value(node.operand(index));
  }

  /** {@return the names of a graph's results on operands of these names, written here} */
  List<String> inline(Graph graph, List<String> arguments) {
    Scope inner = new Scope(export, Map.of(), made);
    inner.path = path;
    for (int i = 0; i < arguments.size(); i++) {
      inner.written.put(graph.inputs().get(i), List.of(arguments.get(i)));
    }
    inner.writeAll(graph);
    List<String> results = graph.outputs().values().stream().map(inner::value).toList();
    calls.addAll(inner.calls);
    return results;
  }

  /** {@return a graph inside this one, to be written} */
  Scope inner() {
    Scope inner = new Scope(export, Map.of());
    inner.path = path;
    return inner;
  }

  NndException error(Node node, String what) {
    String at = node.origin().toString();
    return new NndException(
        "%s: %s, which gives %s, cannot be written as ONNX: %s"
            .formatted(at.isEmpty() ? "the graph" : at, node.op(), node.types(), what));
  }

  // Calls.

  String fresh(String name) {
    return export.names().fresh(name);
  }

  String call(String operator, List<String> inputs) {
    return call(operator, inputs, Map.of());
  }

  String call(String operator, List<String> inputs, Map<String, Object> attributes) {
    return call(operator, inputs, attributes, 1).get(0);
  }

  List<String> call(
      String operator, List<String> inputs, Map<String, Object> attributes, int results) {
    String name = fresh(path.isEmpty() ? operator : path + "/" + operator);
    List<String> outputs =
        results == 1
            ? List.of(name)
            : IntStream.range(0, results).mapToObj(i -> fresh(name + ":" + i)).toList();
    Call call = new Call(name, operator, inputs, outputs, attributes, path);
    calls.add(call);
    outputs.forEach(output -> made.calls.put(output, call));
    return outputs;
  }

  // Leaves.

  String constant(Literal value) {
    return export.constant(value);
  }

  String scalar(DType dtype, double value) {
    return constant(Literal.ofDoubles(dtype, new double[] {value}));
  }

  /** {@return i64 constants of shape {@code [values.length]}} */
  String longs(long... values) {
    return constant(Literal.of(values, values.length));
  }

  String variable(Op.Parameter parameter) {
    return export.variable(parameter.name(), parameter.type());
  }

  String extent(Dim dim) {
    return export.extents().scalar(dim);
  }

  String extents(List<Dim> dims) {
    return export.extents().vector(dims);
  }

  // What many families need.

  String cast(String value, DType from, DType to) {
    if (from == to) {
      return value;
    }
    Optional<Literal> constant = constantOf(value).filter(c -> c.count() == 1);
    if (constant.isPresent()) {
      double[] number = constant.get().toDoubles();
      Literal cast = Literal.ofDoubles(to, number, constant.get().shape());
      if (cast.get(0) == number[0]) {
        return constant(cast);
      }
    }
    return made.casts.computeIfAbsent(
        value + " " + to, key -> call("Cast", List.of(value), Map.of("to", ElementTypes.code(to))));
  }

  /** {@return a value of another shape with as many elements} */
  String reshape(String value, Shape from, Shape to) {
    if (from.equals(to)) {
      return value;
    }
    Optional<Literal> constant = export.constantOf(value);
    if (constant.isPresent() && to.dims().stream().allMatch(Dim::isFixed)) {
      Literal literal = constant.get();
      return constant(new Literal(literal.dtype(), to.at(1), literal.array()));
    }
    Call before = made.calls.get(value);
    if (before != null && before.operator().equals("Reshape")) {
      return reshaped(before.inputs().get(0), to); // whatever the shape between was
    }
    String result = reshaped(value, to);
    if (before != null && Reductions.keeps(before, this, from, to)) {
      export.keeps(result);
    }
    return result;
  }

  /** One extent that depends on N is left to the runtime. */
  private String reshaped(String value, Shape to) {
    return made.reshaped.computeIfAbsent(
        List.of(value, to),
        key -> {
          long open = to.dims().stream().filter(dim -> !dim.isFixed()).count();
          boolean empty = to.dims().stream().anyMatch(dim -> dim.is(0));
          if (open == 1 && !empty) {
            long[] sizes = to.dims().stream().mapToLong(d -> d.isFixed() ? d.at(0) : -1).toArray();
            return call("Reshape", List.of(value, longs(sizes)));
          }
          return call(
              "Reshape",
              List.of(value, extents(to.dims())),
              empty || open > 0 ? Map.of("allowzero", 1L) : Map.of());
        });
  }

  /** {@return the value of a name, where it is a constant and no variable} */
  Optional<Literal> constantOf(String name) {
    return export.constantOf(name);
  }

  String transpose(String value, List<Integer> permutation) {
    Call before = made.calls.get(value);
    if (before != null && before.operator().equals("Transpose")) {
      List<?> first = (List<?>) before.attributes().get("perm");
      List<Integer> both =
          permutation.stream().map(axis -> ((Number) first.get(axis)).intValue()).toList();
      return transposed(before.inputs().get(0), both);
    }
    return transposed(value, permutation);
  }

  private String transposed(String value, List<Integer> permutation) {
    boolean identity =
        IntStream.range(0, permutation.size()).allMatch(i -> permutation.get(i) == i);
    return identity
        ? value
        : call("Transpose", List.of(value), Map.of("perm", integers(permutation)));
  }

  /** {@return the value where the condition holds, the other elsewhere} Shapes broadcast. */
  String where(String condition, String whenTrue, String whenFalse, DType dtype) {
    DType working = ElementTypes.working(dtype);
    String result =
        call(
            "Where",
            List.of(condition, cast(whenTrue, dtype, working), cast(whenFalse, dtype, working)));
    return cast(result, working, dtype);
  }

  /** {@return elements start, start + step, … below end of each of the axes} */
  String slice(String value, List<Dim> starts, List<Dim> ends, long[] axes, long[] steps) {
    List<String> inputs =
        new ArrayList<>(List.of(value, extents(starts), extents(ends), longs(axes)));
    if (Arrays.stream(steps).anyMatch(step -> step != 1)) {
      inputs.add(longs(steps));
    }
    return call("Slice", inputs);
  }

  /** {@return a tensor of equal elements} */
  String full(TensorType type, double value) {
    return call("Expand", List.of(scalar(type.dtype(), value), extents(type.shape().dims())));
  }

  static List<Long> integers(List<Integer> values) {
    return values.stream().map(Integer::longValue).toList();
  }
}
