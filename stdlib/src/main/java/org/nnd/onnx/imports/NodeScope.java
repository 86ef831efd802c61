package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.onnx.ElementType;
import org.nnd.onnx.OnnxAttribute;
import org.nnd.onnx.OnnxGraph;
import org.nnd.onnx.OnnxNode;
import org.nnd.onnx.OnnxTensor;

/** What an operator sees of one of its nodes: inputs, attributes, the version of the operators. */
public final class NodeScope {
  private final Importer importer;
  private final Frame frame;
  private final OnnxNode node;
  private final List<Optional<Value>> inputs;

  NodeScope(Importer importer, Frame frame, OnnxNode node) {
    this.importer = importer;
    this.frame = frame;
    this.node = node;
    this.inputs =
        node.inputs().stream()
            .map(name -> name.isEmpty() ? Optional.<Value>empty() : Optional.of(frame.get(name)))
            .toList();
  }

  // What it is.

  public String operator() {
    return node.operator();
  }

  /** {@return the version of the operator's set that the file uses} */
  public long opset() {
    return frame.opset(node.domain());
  }

  /** {@return the number of results that the node names} */
  public int outputs() {
    return node.outputs().size();
  }

  /** {@return whether somebody may want the result {@code i}} */
  public boolean wants(int i) {
    return i < node.outputs().size() && !node.outputs().get(i).isEmpty();
  }

  /** {@return a number that is the same for the same node of the same file, for random streams} */
  public long stream() {
    return frame.stream() * 31 + node.outputs().hashCode();
  }

  // Inputs.

  /** {@return the number of inputs, those left out in between included} */
  public int inputs() {
    return inputs.size();
  }

  public boolean has(int i) {
    return optional(i).isPresent();
  }

  /** {@return the input, or nothing where it was left out or is an absent optional} */
  public Optional<Value> optional(int i) {
    return i < inputs.size()
        ? inputs.get(i).filter(value -> !(value instanceof Value.Absent))
        : Optional.empty();
  }

  /** {@return the input whatever it is, an absent optional included} */
  public Value value(int i) {
    return (i < inputs.size() ? inputs.get(i) : Optional.<Value>empty())
        .orElseThrow(() -> error("input %d is missing".formatted(i)));
  }

  /** {@return the input, which must be a tensor of numbers} */
  public Value.Tensor tensor(int i) {
    return switch (value(i)) {
      case Value.Tensor tensor -> tensor;
      case Value.Strings strings -> throw unsupported("tensors of strings");
      case Value.Sequence sequence -> throw error("input %d is a sequence".formatted(i));
      case Value.Absent absent -> throw error("input %d is absent".formatted(i));
    };
  }

  /** {@return all inputs, which must be tensors of numbers} */
  public List<Value.Tensor> tensors() {
    List<Value.Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      tensors.add(tensor(i));
    }
    return tensors;
  }

  /** {@return the input in the graph} */
  public Node node(int i) {
    return tensor(i).node();
  }

  public Optional<Node> optionalNode(int i) {
    return has(i) ? Optional.of(node(i)) : Optional.empty();
  }

  public ElementType type(int i) {
    return tensor(i).type();
  }

  /** {@return whether there are inputs, and all are known on the host} */
  boolean areInputsKnown() {
    return !inputs.isEmpty()
        && inputs.stream().flatMap(Optional::stream).noneMatch(v -> v instanceof Value.Symbolic);
  }

  // Values of inputs.

  /**
   * {@return the input's value on the host}
   *
   * @throws NeedsValue if it depends on inputs of the graph
   */
  public Literal literal(int i) {
    return literal(tensor(i));
  }

  public Literal literal(Value.Tensor tensor) {
    return importer.literal(tensor, node.described());
  }

  /** {@return the input's value, if it is a plain constant or follows from constants} */
  public Optional<Literal> literalIfKnown(int i) {
    return tensor(i) instanceof Value.Known known ? Optional.of(known.literal()) : Optional.empty();
  }

  /** {@return the input's integers in row-major order, see {@link #literal(int)}} */
  public long[] longs(int i) {
    Literal literal = literal(i);
    return switch (literal.array()) {
      case long[] longs -> longs.clone();
      case int[] ints -> Arrays.stream(ints).asLongStream().toArray();
      default -> Arrays.stream(literal.toDoubles()).mapToLong(v -> (long) v).toArray();
    };
  }

  /** {@return the input's only element, see {@link #literal(int)}} */
  public double number(int i) {
    Literal literal = literal(i);
    if (literal.count() != 1) {
      throw error("input %d must be one number, but is %s".formatted(i, literal.type()));
    }
    return literal.get(0);
  }

  /** {@return the extents in a vector such as Reshape's; they may depend on the batch size} */
  public List<Dim> extents(int i) {
    return extentsIfKnown(i).orElseGet(() -> Arrays.stream(longs(i)).mapToObj(Dim::of).toList());
  }

  /** {@return the integers in the input, if they are known up to the batch size} */
  public Optional<List<Dim>> extentsIfKnown(int i) {
    return importer.extents().of(tensor(i).node());
  }

  /** {@return the batch size that the file was made for, where another one is possible now} */
  public OptionalInt batch() {
    return importer.batch();
  }

  /** Says that the input is a statistic, which training leaves as it is. */
  public void buffer(int i) {
    importer.buffer(node(i));
  }

  // Attributes.

  public boolean hasAttribute(String name) {
    return attribute(name).isPresent();
  }

  private Optional<OnnxAttribute> attribute(String name) {
    OnnxAttribute attribute = node.attributes().get(name);
    return attribute instanceof OnnxAttribute.Reference reference
        ? frame.attribute(reference.name())
        : Optional.ofNullable(attribute);
  }

  /** {@return the attributes, those that refer to a function's call as given there} */
  Map<String, OnnxAttribute> attributes() {
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    for (String name : node.attributes().keySet()) {
      attribute(name).ifPresent(value -> attributes.put(name, value));
    }
    return attributes;
  }

  private <A extends OnnxAttribute> Optional<A> attribute(String name, Class<A> kind) {
    Optional<OnnxAttribute> attribute = attribute(name);
    if (attribute.isPresent() && !kind.isInstance(attribute.get())) {
      throw error(
          "the attribute '%s' is of the kind %s, expected %s"
              .formatted(name, attribute.get().getClass().getSimpleName(), kind.getSimpleName()));
    }
    return attribute.map(kind::cast);
  }

  private NndException missing(String name) {
    return error("the attribute '%s' is missing".formatted(name));
  }

  public long integer(String name, long otherwise) {
    return attribute(name, OnnxAttribute.Int.class).map(OnnxAttribute.Int::value).orElse(otherwise);
  }

  public long integer(String name) {
    return attribute(name, OnnxAttribute.Int.class).orElseThrow(() -> missing(name)).value();
  }

  public boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  public double real(String name, double otherwise) {
    return attribute(name, OnnxAttribute.Real.class).map(a -> (double) a.value()).orElse(otherwise);
  }

  public String text(String name, String otherwise) {
    return attribute(name, OnnxAttribute.Text.class)
        .map(OnnxAttribute.Text::value)
        .orElse(otherwise);
  }

  public Optional<List<Long>> integers(String name) {
    return attribute(name, OnnxAttribute.Ints.class).map(OnnxAttribute.Ints::values);
  }

  public Optional<List<Float>> reals(String name) {
    return attribute(name, OnnxAttribute.Reals.class).map(OnnxAttribute.Reals::values);
  }

  public Optional<List<String>> texts(String name) {
    return attribute(name, OnnxAttribute.Texts.class).map(OnnxAttribute.Texts::values);
  }

  public Optional<Value> tensorAttribute(String name) {
    return attribute(name, OnnxAttribute.Tensor.class)
        .map(a -> importer.stored(Value.of(a.value())));
  }

  /** {@return the value of a Constant: a parameter, or known on the host} */
  Value constant(String name) {
    OnnxTensor tensor =
        attribute(name, OnnxAttribute.Tensor.class).orElseThrow(() -> missing(name)).value();
    return tensor.type().isFloat() && tensor.shape().length >= 2
        ? importer.weight(node.outputs().get(0), tensor)
        : importer.stored(Value.of(tensor));
  }

  /** {@return the element type that an attribute gives by its number} */
  public ElementType elementType(String name, ElementType otherwise) {
    long code = integer(name, otherwise.code());
    return ElementType.of(code)
        .orElseThrow(() -> unsupported("the element type with number " + code));
  }

  // Subgraphs.

  public OnnxGraph graph(String name) {
    return attribute(name, OnnxAttribute.Subgraph.class).orElseThrow(() -> missing(name)).value();
  }

  /**
   * {@return the results of a graph of this node's attributes on the arguments, in the order of its
   * inputs; it also sees the names around this node}
   */
  public List<Value> call(OnnxGraph body, List<Value> arguments) {
    return importer.call(frame.inner(), body, arguments, node.described());
  }

  // Results.

  /** {@return the graph's element type for one of ONNX's} */
  public DType storage(ElementType type) {
    return importer.storage(type);
  }

  /** {@return a result of the element type of input {@code i}, wrapped to its range} */
  public Value like(int i, Node result) {
    return of(type(i), result);
  }

  /** {@return a result of an element type, wrapped to its range} */
  public Value of(ElementType type, Node result) {
    return new Value.Symbolic(Casts.wrap(result, type), type);
  }

  /** {@return an axis counted from 0, for one that may be counted from the end} */
  public int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw error("axis %d of a tensor of rank %d".formatted(axis, rank));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** {@return axes counted from 0, in the order given} */
  public List<Integer> axes(List<Long> axes, int rank) {
    if (rank > Importer.MOST_AXES) {
      throw tooManyAxes(rank);
    }
    List<Integer> result = axes.stream().map(axis -> axis(axis, rank)).toList();
    if (result.stream().distinct().count() < result.size()) {
      throw error("the axes %s name one twice".formatted(axes));
    }
    return result;
  }

  // Errors.

  /** {@return an error that names the file and the node} */
  public NndException error(String problem) {
    return importer.error(node.described() + ": " + problem);
  }

  NndException tooManyAxes(int rank) {
    return error(
        "a tensor of %,d axes; at most %d are supported".formatted(rank, Importer.MOST_AXES));
  }

  /** {@return what to throw for a form of the operator that has no meaning here} */
  public Unsupported unsupported(String what) {
    return new Unsupported(
        node.qualifiedOperator(),
        "%s: %s: %s is not supported".formatted(importer.file(), node.described(), what));
  }
}
