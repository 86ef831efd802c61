package org.nnd.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Operations;
import org.nnd.onnx.imports.NeedsValue;
import org.nnd.onnx.imports.Unsupported;
import org.nnd.onnx.imports.Value;

/**
 * Runs a file on values of its inputs. The file is imported for the shapes of these; inputs whose
 * values the import must know are bound to them, so that the graph is made and compiled again when
 * they change. The last few graphs are kept.
 */
public final class OnnxRunner implements AutoCloseable {
  private static final int MOST_GRAPHS = 4;

  private final OnnxFile file;
  private final Engine engine;
  private final Set<String> bound = new TreeSet<>();
  private final Map<Map<String, Object>, Prepared> graphs = new LinkedHashMap<>();

  public OnnxRunner(OnnxFile file, Engine engine) {
    this.file = file;
    this.engine = engine;
  }

  /** A graph for inputs of given types, some of given values. */
  private record Prepared(Imported imported, Optional<Engine.Compiled> compiled) {}

  /** {@return the inputs whose values the graph had to know so far} */
  public Set<String> bound() {
    return bound;
  }

  /**
   * {@return the outputs by name}
   *
   * @param inputs by name; tensors of numbers are {@link Value.Known}
   * @throws NndException if an input is missing or does not fit, or an operator is not supported;
   *     its cause is an {@link Unsupported} then
   */
  public Map<String, Value> run(Map<String, Value> inputs) {
    return Refusal.told(file.path(), () -> computed(inputs));
  }

  private Map<String, Value> computed(Map<String, Value> inputs) {
    Map<String, Value> given = checked(inputs);
    Prepared prepared = prepared(given);
    Map<String, Literal> results =
        prepared.compiled.map(c -> c.run(symbolic(given))).orElse(Map.of());
    Map<String, Value> outputs = new LinkedHashMap<>();
    prepared.imported.outputs().forEach((name, v) -> outputs.put(name, result(name, v, results)));
    return outputs;
  }

  /** {@return the time that kernels take in one run, in milliseconds} */
  public double kernelMilliseconds(Map<String, Value> inputs) {
    return Refusal.told(
        file.path(),
        () -> {
          Map<String, Value> given = checked(inputs);
          Prepared prepared = prepared(given);
          return prepared.compiled.map(c -> c.kernelMilliseconds(symbolic(given))).orElse(0.0);
        });
  }

  @Override
  public void close() {
    graphs.values().forEach(p -> p.compiled.ifPresent(Engine.Compiled::close));
    graphs.clear();
  }

  // Inputs.

  private Map<String, Value> checked(Map<String, Value> inputs) {
    Map<String, Value> given = new LinkedHashMap<>();
    for (OnnxGraph.Port port : file.graph().inputs()) {
      Value value = inputs.get(port.name());
      if (value != null) {
        given.put(port.name(), fitted(port, value));
      } else if (!file.graph().initializers().containsKey(port.name())) {
        throw error(
            "the input '%s' (%s) is not given; given are %s"
                .formatted(port.name(), port.type(), new TreeSet<>(inputs.keySet())));
      }
    }
    for (String name : inputs.keySet()) {
      if (!given.containsKey(name)) {
        throw error(
            "there is no input '%s'; the inputs are %s"
                .formatted(
                    name, file.graph().inputs().stream().map(OnnxGraph.Port::name).toList()));
      }
    }
    return given;
  }

  /** The value in the element type declared, if it is of the kind and shape declared. */
  private Value fitted(OnnxGraph.Port port, Value value) {
    if (!(value instanceof Value.Known known)) {
      return value;
    }
    if (!(port.type() instanceof ValueType.Tensor declared)) {
      return known.literal().dtype() == DType.F64
          ? new Value.Known(Literals.to(engine.doubles(), known.literal()), known.type())
          : value;
    }
    Literal literal = known.literal();
    if (declared.element() == ElementType.STRING) {
      throw error("the input '%s' is of strings".formatted(port.name()));
    }
    DType own = literal.dtype();
    DType wanted =
        declared.element() == ElementType.DOUBLE ? engine.doubles() : declared.element().storage();
    boolean kindFits = own == wanted || own.isFloat() == wanted.isFloat();
    if (!kindFits || !shapeFits(declared, literal.shape())) {
      throw error(
          "the input '%s' must be %s, but is %s".formatted(port.name(), declared, literal.type()));
    }
    return new Value.Known(Literals.to(wanted, literal), declared.element());
  }

  private static boolean shapeFits(ValueType.Tensor declared, int[] shape) {
    if (declared.dimensions().isEmpty()) {
      return true;
    }
    List<ValueType.Dimension> dimensions = declared.dimensions().get();
    if (dimensions.size() != shape.length) {
      return false;
    }
    Map<String, Integer> named = new HashMap<>();
    for (int i = 0; i < shape.length; i++) {
      int size = shape[i];
      boolean fits =
          switch (dimensions.get(i)) {
            case ValueType.Dimension.Fixed fixed -> fixed.size() == size;
            case ValueType.Dimension.Symbol symbol ->
                symbol.name().isEmpty()
                    || Optional.ofNullable(named.putIfAbsent(symbol.name(), size))
                        .map(before -> before == size)
                        .orElse(true);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  // Graphs.

  private Prepared prepared(Map<String, Value> given) {
    while (true) {
      Map<String, Object> key = key(given);
      Prepared known = graphs.get(key);
      if (known != null) {
        return known;
      }
      try {
        Prepared made = prepare(given);
        keep(key, made);
        return made;
      } catch (NeedsValue e) {
        if (!bound.addAll(e.inputs()) || !given.keySet().containsAll(e.inputs())) {
          throw new NndException(
              file.path() + ": " + e.getMessage() + ", which is only known while it runs",
              new Unsupported(e.by().replaceFirst(" .*", ""), e.getMessage()));
        }
      } catch (Unsupported e) {
        throw new NndException(e.getMessage(), e);
      }
    }
  }

  private void keep(Map<String, Object> key, Prepared made) {
    if (graphs.size() >= MOST_GRAPHS) {
      Map<String, Object> oldest = graphs.keySet().iterator().next();
      graphs.remove(oldest).compiled.ifPresent(Engine.Compiled::close);
    }
    graphs.put(key, made);
  }

  /** What a graph depends on: values that are bound, the types of others. */
  private Map<String, Object> key(Map<String, Value> given) {
    Map<String, Object> key = new HashMap<>();
    given.forEach(
        (name, value) ->
            key.put(
                name,
                value instanceof Value.Known known && !bound.contains(name)
                    ? known.literal().type()
                    : value));
    return key;
  }

  private Prepared prepare(Map<String, Value> given) {
    Map<String, Value> values = new LinkedHashMap<>();
    given.forEach(
        (name, value) ->
            values.put(
                name,
                value instanceof Value.Known known && !bound.contains(name)
                    ? new Value.Symbolic(
                        Operations.input(name, known.literal().type()), known.type())
                    : value));
    Imported imported = OnnxImport.graph(file, values, engine.doubles());
    boolean nothing = imported.graph().outputs().isEmpty();
    return new Prepared(
        imported,
        nothing
            ? Optional.empty()
            : Optional.of(engine.compile(imported.graph(), imported.parameters())));
  }

  private Map<String, Literal> symbolic(Map<String, Value> given) {
    Map<String, Literal> literals = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (value instanceof Value.Known known && !bound.contains(name)) {
            literals.put(name, known.literal());
          }
        });
    return literals;
  }

  // Outputs.

  private static Value result(String name, Value value, Map<String, Literal> results) {
    return switch (value) {
      case Value.Symbolic symbolic ->
          new Value.Known(
              Literals.to(symbolic.type().storage(), results.get(name)), symbolic.type());
      case Value.Known known ->
          new Value.Known(Literals.to(known.type().storage(), known.literal()), known.type());
      case Value.Sequence sequence -> {
        List<Value> elements = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
          elements.add(result(name + "." + i, sequence.elements().get(i), results));
        }
        yield new Value.Sequence(elements);
      }
      case Value.Strings strings -> strings;
      case Value.Absent absent -> absent;
    };
  }

  private NndException error(String problem) {
    return new NndException("%s: %s".formatted(file.path(), problem));
  }
}
