package org.nnd.onnx.imports;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Origin;
import org.nnd.ir.Shape;
import org.nnd.onnx.ElementType;
import org.nnd.onnx.OnnxFile;
import org.nnd.onnx.OnnxFunction;
import org.nnd.onnx.OnnxGraph;
import org.nnd.onnx.OnnxNode;
import org.nnd.onnx.OnnxTensor;
import org.nnd.onnx.ValueType;

/** One import of a file: walks its graph in order and gives every name a value. */
public final class Importer {
  /** Tensors of more elements than a Java array can hold cannot exist. */
  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  /** Nodes lowered in one import, those of repeated bodies each time. */
  private static final int MOST_NODES = 100_000;

  /** The most axes of a tensor. */
  static final int MOST_AXES = 64;

  /** The most inputs of one operator: a kernel has a place for each. */
  static final int MOST_INPUTS = 4096;

  private final OnnxFile file;
  private final DType doubles;
  private final Map<String, Literal> parameters = new LinkedHashMap<>();
  private final Set<String> buffers = new LinkedHashSet<>();
  private final Folding folding = new Folding(parameters);
  private final Map<String, OnnxFunction> functions = new HashMap<>();
  private final Extents extents = new Extents();
  private OptionalInt batch = OptionalInt.empty();
  private int lowered;

  /**
   * @param doubles the element type of the graph for ONNX's double: f64, or f32 for devices that
   *     have no other
   */
  public Importer(OnnxFile file, DType doubles) {
    this.file = file;
    this.doubles = doubles;
    file.functions().forEach(f -> functions.put(f.qualifiedName(), f));
  }

  /**
   * {@return the values of the graph's outputs by name}
   *
   * @param inputs the values of the graph's inputs by name, as nodes or bound
   */
  public Map<String, Value> run(Map<String, Value> inputs) {
    Frame frame = Frame.outermost(file.opsets());
    batch = declaredBatch(inputs);
    for (OnnxGraph.Port input : file.graph().inputs()) {
      Value given = inputs.get(input.name());
      if (given != null) {
        frame.put(input.name(), given);
      } else if (!file.graph().initializers().containsKey(input.name())) {
        throw error("the input '" + input.name() + "' is not given");
      }
    }
    body(frame, file.graph());
    Map<String, Value> outputs = new LinkedHashMap<>();
    file.graph().outputs().forEach(port -> outputs.put(port.name(), frame.get(port.name())));
    return outputs;
  }

  /** The batch size that the file declares, where the batch size of the inputs is open. */
  private OptionalInt declaredBatch(Map<String, Value> inputs) {
    Set<Integer> sizes = new LinkedHashSet<>();
    for (OnnxGraph.Port port : file.graph().inputs()) {
      if (inputs.get(port.name()) instanceof Value.Symbolic given
          && given.rank() > 0
          && given.shape().dim(0).equals(Dim.BATCH)
          && port.type() instanceof ValueType.Tensor tensor
          && tensor.dimensions().isPresent()
          && tensor.dimensions().get().get(0) instanceof ValueType.Dimension.Fixed fixed) {
        sizes.add(fixed.size());
      }
    }
    return sizes.size() == 1 ? OptionalInt.of(sizes.iterator().next()) : OptionalInt.empty();
  }

  /** {@return the batch size that the file was made for, where another one is possible now} */
  OptionalInt batch() {
    return batch;
  }

  Extents extents() {
    return extents;
  }

  /** {@return the initial values of the parameters by name} */
  public Map<String, Literal> parameters() {
    return parameters;
  }

  /** {@return the parameters that training leaves as they are: statistics} */
  public Set<String> buffers() {
    return buffers;
  }

  Path file() {
    return file.path();
  }

  NndException error(String problem) {
    return new NndException(file.path() + ": " + problem);
  }

  DType storage(ElementType type) {
    return type == ElementType.DOUBLE ? doubles : type.storage();
  }

  // Values on the host.

  Literal literal(Value.Tensor tensor, String by) {
    return switch (tensor) {
      case Value.Known known -> known.literal();
      case Value.Symbolic symbolic -> folding.literal(symbolic.node(), by);
    };
  }

  void buffer(Node node) {
    if (node.op() instanceof Op.Parameter parameter) {
      buffers.add(parameter.name());
    }
  }

  // Graphs.

  /** {@return the results of a graph on arguments, in a frame of its own} */
  List<Value> call(Frame frame, OnnxGraph graph, List<Value> arguments, String by) {
    if (arguments.size() != graph.inputs().size()) {
      throw error(
          "%s: its graph '%s' has %d inputs and is given %d"
              .formatted(by, graph.name(), graph.inputs().size(), arguments.size()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      frame.put(graph.inputs().get(i).name(), arguments.get(i));
    }
    body(frame, graph);
    return graph.outputs().stream().map(output -> frame.get(output.name())).toList();
  }

  private void body(Frame frame, OnnxGraph graph) {
    graph
        .initializers()
        .forEach(
            (name, tensor) -> {
              if (!frame.defines(name)) {
                frame.put(name, weight(name, tensor));
              }
            });
    graph.nodes().forEach(node -> lower(frame, node));
  }

  /** {@return floating-point tensors as parameters, others as they are} */
  Value weight(String name, OnnxTensor tensor) {
    Value value = stored(Value.of(tensor));
    if (!(value instanceof Value.Known known) || !known.type().isFloat()) {
      return value;
    }
    String unique = name;
    for (int i = 2; isTaken(unique, known.literal()); i++) {
      unique = name + "#" + i; // a tensor of the same name in another subgraph
    }
    parameters.putIfAbsent(unique, known.literal());
    return new Value.Symbolic(Operations.parameter(unique, known.literal().type()), known.type());
  }

  private boolean isTaken(String name, Literal literal) {
    Literal before = parameters.get(name);
    return before != null && !before.equals(literal);
  }

  /** {@return the value with its elements in the type that this import has for them} */
  Value stored(Value value) {
    if (!(value instanceof Value.Known known) || known.literal().dtype() == storage(known.type())) {
      return value;
    }
    Literal literal = known.literal();
    return new Value.Known(
        Literal.ofDoubles(storage(known.type()), literal.toDoubles(), literal.shape()),
        known.type());
  }

  // Nodes.

  private void lower(Frame frame, OnnxNode node) {
    if (++lowered > MOST_NODES) {
      throw error("more than %,d operators, repeated bodies included".formatted(MOST_NODES));
    }
    if (node.inputs().size() > MOST_INPUTS) {
      throw error(
          "%s: has %,d inputs; at most %,d are supported"
              .formatted(node.described(), node.inputs().size(), MOST_INPUTS));
    }
    NodeScope scope = new NodeScope(this, frame, node);
    List<Value> results =
        new Origin(node.described(), "").during(() -> results(frame, node, scope));
    boolean known = scope.areInputsKnown();
    for (int i = 0; i < node.outputs().size(); i++) {
      if (node.outputs().get(i).isEmpty()) {
        continue;
      }
      if (i >= results.size()) {
        throw scope.error(
            "has %d results, the node names %d".formatted(results.size(), node.outputs().size()));
      }
      Value result = checked(results.get(i), scope);
      frame.put(node.outputs().get(i), known ? folding.fold(result) : settled(result));
    }
  }

  /** {@return the value, as known where it is computed from extents and none is the batch size} */
  private Value settled(Value value) {
    if (!(value instanceof Value.Symbolic symbolic)
        || symbolic.node().op() instanceof Op.Parameter) {
      return value;
    }
    Optional<List<Dim>> found = extents.of(symbolic.node());
    if (found.isEmpty() || !found.get().stream().allMatch(Dim::isFixed)) {
      return value;
    }
    double[] elements = found.get().stream().mapToDouble(dim -> dim.at(0)).toArray();
    int[] shape = symbolic.shape().at(1);
    return new Value.Known(
        Literal.ofDoubles(symbolic.node().dtype(), elements, shape), symbolic.type());
  }

  private List<Value> results(Frame frame, OnnxNode node, NodeScope scope) {
    Optional<OnnxFunction> function = Optional.ofNullable(functions.get(node.qualifiedOperator()));
    if (function.isPresent()) {
      return call(frame, function.get(), node, scope);
    }
    Lowered operator =
        Registry.find(node.qualifiedOperator())
            .orElseThrow(
                () ->
                    new Unsupported(
                        node.qualifiedOperator(),
                        "%s: %s: the operator is not supported"
                            .formatted(file.path(), node.described())));
    try {
      return operator.lower(scope);
    } catch (NeedsValue | Unsupported e) {
      throw e;
    } catch (NndException e) {
      if (e.getMessage().startsWith(file.path().toString())) {
        throw e;
      }
      throw new NndException(
          "%s: %s: %s".formatted(file.path(), node.described(), e.getMessage()), e);
    } catch (ArithmeticException e) {
      throw scope.error("sizes beyond what a tensor can have (%s)".formatted(e.getMessage()));
    } catch (RuntimeException e) {
      throw new NndException(
          "%s: %s: its inputs or attributes do not fit together: %s"
              .formatted(file.path(), node.described(), e),
          e);
    }
  }

  private List<Value> call(Frame frame, OnnxFunction function, OnnxNode node, NodeScope scope) {
    Frame body = frame.function(scope.attributes(), function.opsets(), scope.stream());
    for (int i = 0; i < function.inputs().size(); i++) {
      body.put(function.inputs().get(i), scope.optional(i).orElse(new Value.Absent()));
    }
    function.nodes().forEach(inner -> lower(body, inner));
    return function.outputs().stream().map(body::get).toList();
  }

  private static Value checked(Value value, NodeScope scope) {
    if (value instanceof Value.Symbolic symbolic) {
      Shape shape = symbolic.shape();
      if (shape.rank() > MOST_AXES) {
        throw scope.tooManyAxes(shape.rank());
      }
      double count = 1;
      for (var dim : shape.dims()) {
        if (dim.isFixed() && dim.at(0) < 0) {
          throw scope.error("its result would have the shape " + shape);
        }
        count *= dim.isFixed() ? dim.at(0) : 1;
      }
      if (count > MOST_ELEMENTS) {
        throw scope.error(
            "its result would have the shape %s; at most %,d elements are possible"
                .formatted(shape, MOST_ELEMENTS));
      }
    }
    return value;
  }
}
