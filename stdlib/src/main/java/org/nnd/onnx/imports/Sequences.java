package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.onnx.OnnxGraph;

/** Lists of tensors and optional values: on the host, while the graph is imported. */
final class Sequences {
  private static final int MOST_PARTS = Importer.MOST_INPUTS;

  private Sequences() {}

  static Map<String, Lowered> operators() {
    return Map.ofEntries(
        Map.entry("SequenceEmpty", scope -> List.of(new Value.Sequence(List.of()))),
        Map.entry("SequenceConstruct", Sequences::construct),
        Map.entry("SequenceAt", Sequences::at),
        Map.entry("SequenceInsert", Sequences::insert),
        Map.entry("SequenceErase", Sequences::erase),
        Map.entry("SequenceLength", Sequences::length),
        Map.entry("SequenceMap", Sequences::map),
        Map.entry("SplitToSequence", Sequences::split),
        Map.entry("ConcatFromSequence", Sequences::concatenate),
        Map.entry("Optional", scope -> List.of(scope.optional(0).orElse(new Value.Absent()))),
        Map.entry("OptionalGetElement", Sequences::element),
        Map.entry("OptionalHasElement", Sequences::hasElement));
  }

  private static List<Value> elements(NodeScope scope, int i) {
    if (scope.value(i) instanceof Value.Sequence sequence) {
      return sequence.elements();
    }
    throw scope.error("input %d is not a sequence".formatted(i));
  }

  /** An input as an element; lists of lists could be of any size while they take next to none. */
  private static Value element(NodeScope scope, int i) {
    if (scope.value(i) instanceof Value.Sequence) {
      throw scope.error("input %d is a sequence; elements of sequences are tensors".formatted(i));
    }
    return scope.value(i);
  }

  private static List<Value> construct(NodeScope scope) {
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < scope.inputs(); i++) {
      elements.add(element(scope, i));
    }
    return List.of(new Value.Sequence(elements));
  }

  /** A position in a list; negative ones count from its end. */
  private static int position(NodeScope scope, int input, int size, int most) {
    long given = scope.longs(input)[0];
    long position = given < 0 ? given + size : given;
    if (position < 0 || position > most) {
      throw scope.error("position %d of a sequence of %d elements".formatted(given, size));
    }
    return (int) position;
  }

  private static List<Value> at(NodeScope scope) {
    List<Value> elements = elements(scope, 0);
    return List.of(elements.get(position(scope, 1, elements.size(), elements.size() - 1)));
  }

  private static List<Value> insert(NodeScope scope) {
    List<Value> elements = new ArrayList<>(elements(scope, 0));
    int size = elements.size();
    elements.add(scope.has(2) ? position(scope, 2, size, size) : size, element(scope, 1));
    return List.of(new Value.Sequence(elements));
  }

  private static List<Value> erase(NodeScope scope) {
    List<Value> elements = new ArrayList<>(elements(scope, 0));
    if (elements.isEmpty()) {
      throw scope.error("the sequence is empty");
    }
    int last = elements.size() - 1;
    elements.remove(scope.has(1) ? position(scope, 1, elements.size(), last) : last);
    return List.of(new Value.Sequence(elements));
  }

  private static List<Value> length(NodeScope scope) {
    return List.of(Value.Known.of(Literal.of(new long[] {elements(scope, 0).size()})));
  }

  /** Applies a graph to each element; other sequences go along, tensors are the same each time. */
  private static List<Value> map(NodeScope scope) {
    OnnxGraph body = scope.graph("body");
    int size = elements(scope, 0).size();
    List<List<Value>> results = new ArrayList<>();
    body.outputs().forEach(output -> results.add(new ArrayList<>()));
    for (int i = 0; i < size; i++) {
      List<Value> arguments = new ArrayList<>();
      for (int k = 0; k < scope.inputs(); k++) {
        Value given = scope.value(k);
        if (given instanceof Value.Sequence sequence && sequence.elements().size() != size) {
          throw scope.error(
              "sequences of %d and %d elements".formatted(size, sequence.elements().size()));
        }
        arguments.add(given instanceof Value.Sequence s ? s.elements().get(i) : given);
      }
      List<Value> values = scope.call(body, arguments);
      for (int r = 0; r < values.size(); r++) {
        if (values.get(r) instanceof Value.Sequence) {
          throw scope.error("its graph gives a sequence; elements of sequences are tensors");
        }
        results.get(r).add(values.get(r));
      }
    }
    return results.stream().map(elements -> (Value) new Value.Sequence(elements)).toList();
  }

  private static List<Value> split(NodeScope scope) {
    Node x = scope.node(0);
    int axis = scope.axis(scope.integer("axis", 0), x.rank());
    int extent = x.shape().size(axis);
    boolean kept = scope.has(1) || scope.flag("keepdims", true);
    List<Long> sizes = sizes(scope, extent);
    List<Value> parts = new ArrayList<>();
    int start = 0;
    for (long size : sizes) {
      Node part = Operations.slice(x, axis, start, (int) (start + size));
      Shape shape = kept ? part.shape() : part.shape().without(List.of(axis));
      parts.add(scope.like(0, Operations.reshape(part, shape)));
      start += (int) size;
    }
    return List.of(new Value.Sequence(parts));
  }

  /** The extents of the parts of an axis. */
  private static List<Long> sizes(NodeScope scope, int extent) {
    if (scope.has(1) && scope.tensor(1).rank() > 0) {
      List<Long> sizes = Arrays.stream(scope.longs(1)).boxed().toList();
      if (sizes.size() > MOST_PARTS || sizes.stream().mapToLong(v -> v).sum() != extent) {
        throw scope.error(
            "%,d parts that do not make up an axis of %d".formatted(sizes.size(), extent));
      }
      return sizes;
    }
    long size = scope.has(1) ? scope.longs(1)[0] : 1;
    if (size < 1) {
      throw scope.error("parts of %d elements".formatted(size));
    }
    if (extent / size >= MOST_PARTS) {
      throw scope.unsupported("splitting an axis of %d elements".formatted(extent));
    }
    List<Long> sizes = new ArrayList<>();
    for (long rest = extent; rest > 0; rest -= size) {
      sizes.add(Math.min(rest, size));
    }
    return sizes;
  }

  private static List<Value> concatenate(NodeScope scope) {
    List<Value.Tensor> parts =
        Values.tensors(elements(scope, 0))
            .orElseThrow(() -> scope.unsupported("a sequence of other than tensors of numbers"));
    if (parts.isEmpty()) {
      throw scope.error("the sequence is empty");
    }
    List<Node> nodes = parts.stream().map(Value.Tensor::node).toList();
    boolean stacked = scope.flag("new_axis", false);
    int rank = nodes.get(0).rank() + (stacked ? 1 : 0);
    int axis = scope.axis(scope.integer("axis"), rank);
    Node result = stacked ? Values.stacked(nodes, axis) : Operations.concatenate(nodes, axis);
    return List.of(scope.of(parts.get(0).type(), result));
  }

  private static List<Value> element(NodeScope scope) {
    Value value = scope.value(0);
    if (value instanceof Value.Absent) {
      throw scope.error("the optional value is absent");
    }
    return List.of(value);
  }

  private static List<Value> hasElement(NodeScope scope) {
    byte has = (byte) (scope.has(0) ? 1 : 0);
    return List.of(Value.Known.of(new Literal(DType.BOOL, new int[0], new byte[] {has})));
  }
}
