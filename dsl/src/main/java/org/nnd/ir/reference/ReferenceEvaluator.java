package org.nnd.ir.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;
import org.nnd.ir.reference.Value.Integers;

/** Evaluates a graph, node by node. The precision is that of the package description. */
public final class ReferenceEvaluator {
  private final long batch;
  private final Map<String, Literal> parameters;
  private int turns;

  private ReferenceEvaluator(long batch, Map<String, Literal> parameters) {
    this.batch = batch;
    this.parameters = parameters;
  }

  /**
   * {@return the outputs and updates of the graph}
   *
   * @param batch the batch size {@code N}
   * @param inputs by name; a floating-point input takes any floating-point literal
   * @param parameters by name, likewise
   * @throws NndException if an input or parameter is missing or has another type or shape
   */
  public static Evaluation evaluate(
      Graph graph, long batch, Map<String, Literal> inputs, Map<String, Literal> parameters) {
    ReferenceEvaluator evaluator = new ReferenceEvaluator(batch, parameters);
    List<Value> arguments = new ArrayList<>();
    for (Node input : graph.inputs()) {
      Op.Input op = (Op.Input) input.op();
      arguments.add(evaluator.given("input", op.name(), op.type(), inputs));
    }
    Value[][] values = evaluator.run(graph, arguments);
    return new Evaluation(
        literals(graph, graph.outputs(), values), literals(graph, graph.updates(), values));
  }

  private static Map<String, Literal> literals(
      Graph graph, Map<String, Node> results, Value[][] values) {
    Map<String, Literal> literals = new LinkedHashMap<>();
    results.forEach((name, node) -> literals.put(name, values[graph.position(node)][0].literal()));
    return literals;
  }

  private Value given(String kind, String name, TensorType type, Map<String, Literal> values) {
    Literal literal = values.get(name);
    int[] shape = type.shape().at(batch);
    String wanted = type + (type.shape().isFixed() ? "" : " with N = " + batch);
    if (literal == null) {
      throw new NndException(
          "the %s '%s' (%s) is missing; given are %s"
              .formatted(kind, name, wanted, values.keySet().stream().sorted().toList()));
    }
    boolean kindFits =
        type.dtype().isFloat() ? literal.dtype().isFloat() : literal.dtype() == type.dtype();
    if (!kindFits || !Arrays.equals(shape, literal.shape())) {
      throw new NndException(
          "the %s '%s' must be %s, but is %s".formatted(kind, name, wanted, literal.type()));
    }
    return Value.of(type.dtype(), literal);
  }

  /** Evaluates the outputs of a body, in order. */
  private List<Value> call(Graph graph, List<Value> arguments) {
    Value[][] values = run(graph, arguments);
    return graph.outputs().values().stream().map(node -> values[graph.position(node)][0]).toList();
  }

  /** {@return the results of every node, by position} */
  private Value[][] run(Graph graph, List<Value> arguments) {
    Value[][] values = new Value[graph.nodes().size()][];
    for (int i = 0; i < graph.inputs().size(); i++) {
      values[graph.position(graph.inputs().get(i))] = new Value[] {arguments.get(i)};
    }
    for (int i = 0; i < values.length; i++) {
      Node node = graph.nodes().get(i);
      if (node.op() instanceof Op.Input) {
        continue;
      }
      List<Value[]> operands =
          node.operands().stream().map(operand -> values[graph.position(operand)]).toList();
      values[i] =
          node.op() instanceof Op.GetResult result
              ? new Value[] {operands.get(0)[result.index()]}
              : apply(node, operands.stream().map(operand -> operand[0]).toList());
      check(node, values[i]);
    }
    return values;
  }

  /** The evaluator's own consistency: every result has the type that the type rule promised. */
  private void check(Node node, Value[] results) {
    for (int i = 0; i < results.length; i++) {
      TensorType type = node.types().get(i);
      if (results[i].dtype() != type.dtype()
          || !Arrays.equals(results[i].shape(), type.shape().at(batch))) {
        throw new IllegalStateException(
            "%s gave %s for batch size %d"
                .formatted(node, Value.describe(results[i].dtype(), results[i].shape()), batch));
      }
    }
  }

  private Value[] apply(Node node, List<Value> x) {
    return switch (node.op()) {
      case Op.Scan scan -> scan(scan, x).toArray(Value[]::new);
      case Op.While loop -> repeat(node, loop, x).toArray(Value[]::new);
      case Op.Cond cond -> {
        boolean holds = Value.integers(x.get(0)).values()[0] != 0;
        Graph branch = holds ? cond.then() : cond.otherwise();
        yield call(branch, x.subList(1, x.size())).toArray(Value[]::new);
      }
      case Op.Composite composite -> call(composite.body(), x).toArray(Value[]::new);
      case Op.Custom custom ->
          call(custom.reference().orElseThrow(() -> opaque(node, custom)), x).toArray(Value[]::new);
      default -> new Value[] {single(node, x)};
    };
  }

  private Value single(Node node, List<Value> x) {
    return switch (node.op()) {
      case Op.Input input -> throw new IllegalStateException("bound before: " + input.name());
      case Op.Parameter p -> given("parameter", p.name(), p.type(), parameters);
      case Op.Constant constant -> Value.of(constant.value().dtype(), constant.value());
      case Op.Iota iota -> {
        int[] shape = iota.type().shape().at(batch);
        int stride = Indexing.strides(shape)[iota.axis()];
        long[] counts = new long[Indexing.count(shape)];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = i / stride % shape[iota.axis()];
        }
        yield Elementwise.convert(new Integers(DType.I64, shape, counts), iota.type().dtype());
      }
      case Op.Size size -> new Integers(DType.I64, new int[0], new long[] {size.dim().at(batch)});
      case Op.Unary unary -> Elementwise.unary(unary.function(), x.get(0));
      case Op.Binary binary -> Elementwise.binary(binary.function(), x.get(0), x.get(1));
      case Op.Compare compare -> Elementwise.compare(compare.comparison(), x.get(0), x.get(1));
      case Op.Select select -> Elementwise.select(x.get(0), x.get(1), x.get(2));
      case Op.Convert convert -> Elementwise.convert(x.get(0), convert.dtype());
      case Op.Bitcast bitcast -> Elementwise.bitcast(x.get(0), bitcast.dtype());
      case Op.Reshape reshape -> x.get(0).withShape(reshape.shape().at(batch));
      case Op.Transpose transpose -> Rearranging.transpose(transpose.permutation(), x.get(0));
      case Op.Broadcast broadcast ->
          Rearranging.broadcast(broadcast.shape().at(batch), broadcast.axes(), x.get(0));
      case Op.Slice slice -> Rearranging.slice(slice, batch, x.get(0));
      case Op.Pad pad -> Rearranging.pad(pad, batch, node.shape().at(batch), x.get(0));
      case Op.Concatenate concatenate -> Rearranging.concatenate(concatenate.axis(), x);
      case Op.Reverse reverse -> Rearranging.reverse(reverse.axes(), x.get(0));
      case Op.Reduce reduce -> Reducing.reduce(reduce.reduction(), reduce.axes(), x.get(0));
      case Op.ArgReduce arg -> Reducing.argReduce(arg.reduction(), arg.axis(), x.get(0));
      case Op.ReduceWindow reduce ->
          Sliding.reduceWindow(reduce.reduction(), reduce.window(), x.get(0));
      case Op.Cumulative c -> Reducing.cumulative(c.reduction(), c.axis(), c.reverse(), x.get(0));
      case Op.Dot dot -> Products.dot(dot, x.get(0), x.get(1));
      case Op.Convolution convolution ->
          Sliding.convolution(convolution, batch, node.shape().at(batch), x.get(0), x.get(1));
      case Op.Gather gather ->
          Rearranging.gather(gather.axis(), x.get(0), Value.integers(x.get(1)));
      case Op.ScatterAdd scatter ->
          Rearranging.scatterAdd(scatter.axis(), x.get(0), Value.integers(x.get(1)), x.get(2));
      case Op.ArgSort sort -> Reducing.argSort(sort.axis(), sort.descending(), x.get(0));
      case Op.TopK top -> Reducing.topK(top.k(), x.get(0));
      case Op.Fft fft -> Fourier.transform(fft.inverse(), Value.reals(x.get(0)));
      case Op.RandomBits random -> {
        int[] shape = random.shape().at(batch);
        int seed = (int) Value.integers(x.get(0)).values()[0];
        int step = (int) Value.integers(x.get(1)).values()[0];
        long[] bits = Philox.bits(Indexing.count(shape), seed, step, random.stream(), random.use());
        yield new Integers(DType.I32, shape, bits);
      }
      case Op.StopGradient stop -> x.get(0);
      case Op.Barrier barrier -> x.get(0);
      case Op.GetResult result -> throw severalResults(node);
      case Op.Scan scan -> throw severalResults(node);
      case Op.While loop -> throw severalResults(node);
      case Op.Cond cond -> throw severalResults(node);
      case Op.Composite composite -> throw severalResults(node);
      case Op.Custom custom -> throw severalResults(node);
    };
  }

  private static NndException opaque(Node node, Op.Custom custom) {
    String origin = node.origin().toString();
    return new NndException(
        "%sthe reference evaluator cannot run the kernel '%s', which is OpenCL C; give the same by"
                .formatted(origin.isEmpty() ? "" : origin + ": ", custom.code().name())
            + " tensor operations with .reference(…)");
  }

  private static IllegalStateException severalResults(Node node) {
    return new IllegalStateException("may have several results: " + node);
  }

  private List<Value> scan(Op.Scan op, List<Value> operands) {
    int end = op.carries() + op.sequences();
    List<Value> sequences = operands.subList(op.carries(), end);
    List<Value> constants = operands.subList(end, operands.size());
    List<Value> carries = operands.subList(0, op.carries());
    List<Node> outputs = List.copyOf(op.body().outputs().values());
    int results = outputs.size() - op.carries();
    Value[][] elements = new Value[results][op.length()];
    for (int step = 0; step < op.length(); step++) {
      int t = op.reverse() ? op.length() - 1 - step : step;
      List<Value> arguments = new ArrayList<>(carries);
      sequences.forEach(sequence -> arguments.add(element(sequence, t)));
      arguments.addAll(constants);
      List<Value> after = call(op.body(), arguments);
      carries = after.subList(0, op.carries());
      for (int r = 0; r < results; r++) {
        elements[r][t] = after.get(op.carries() + r);
      }
    }
    List<Value> all = new ArrayList<>(carries);
    for (int r = 0; r < results; r++) {
      all.add(stack(elements[r], outputs.get(op.carries() + r).type()));
    }
    return all;
  }

  /** {@return element {@code t} of axis 0} */
  private static Value element(Value sequence, int t) {
    int[] shape = Arrays.copyOfRange(sequence.shape(), 1, sequence.shape().length);
    int count = Indexing.count(shape);
    return sequence.rearrange(shape, i -> t * count + i, 0);
  }

  private Value stack(Value[] elements, TensorType type) {
    int[] shape = type.shape().at(batch);
    int[] row = IntStream.concat(IntStream.of(1), Arrays.stream(shape)).toArray();
    if (elements.length == 0) {
      return Value.of(type.dtype(), Literal.zeros(type.dtype(), Indexing.with(row, 0, 0)));
    }
    return Rearranging.concatenate(
        0, Arrays.stream(elements).map(element -> element.withShape(row)).toList());
  }

  private List<Value> repeat(Node node, Op.While op, List<Value> state) {
    while (Value.integers(call(op.condition(), state).get(0)).values()[0] != 0) {
      if (turns++ == Op.While.MOST_TURNS) {
        throw Op.While.endless(node);
      }
      state = call(op.body(), state);
    }
    return state;
  }
}
