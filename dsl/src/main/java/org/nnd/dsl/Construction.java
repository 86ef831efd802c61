package org.nnd.dsl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;

/** A graph under construction: what all layers of a network share while they are lowered. */
final class Construction {
  /** A call as it happened: the layer and the calls inside. */
  record Call(String name, Layer layer, List<Call> calls) {}

  final Mode mode;
  final DType dtype;
  final Map<String, Integer> uses = new HashMap<>();

  /** The last error that already says where it happened. */
  NndException located;

  private final Function<Variable, Node> source;
  private final Map<String, Variable> variables = new LinkedHashMap<>();

  /** The current value of each variable: its parameter node until the first update. */
  private final Map<String, Node> values = new HashMap<>();

  private final Map<String, Node> updates = new LinkedHashMap<>();
  private final List<LayerReport> reports = new ArrayList<>();
  private final List<Call> outermost = new ArrayList<>();
  private List<Call> calls = outermost;

  /** What a call gave or, before it is done, what it got. */
  private final Map<Call, List<TensorType>> types = new IdentityHashMap<>();

  private final Set<Call> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private int depth;
  private long parameterCount;

  /** Whether variables are leading blocks of those declared before, see {@link #leading}. */
  private boolean leading;

  /** Initial values by path, which go before those of the layers, see {@link #starting}. */
  private Map<String, Literal> start = Map.of();

  /** How variables follow those of another layer, if they do, see {@link #averaging}. */
  private Optional<Average> average = Optional.empty();

  /** Variables under {@code path} move by {@code 1 - decay} towards those under {@code source}. */
  record Average(String path, String source, double decay) {
    String sourceOf(String variable) {
      String rest = path.isEmpty() ? variable : variable.substring(path.length() + 1);
      return Paths.join(source, rest);
    }
  }

  /**
   * @param dtype of floating-point variables
   * @param source makes the node of a variable
   */
  Construction(Mode mode, DType dtype, Function<Variable, Node> source) {
    this.mode = mode;
    this.dtype = dtype;
    this.source = source;
  }

  Node variable(Variable variable, boolean shared) {
    return average.isPresent()
        ? averaged(variable, average.get())
        : leading ? block(variable) : declare(variable, shared);
  }

  /** A buffer that follows another layer's variable, and starts as it does. */
  private Node averaged(Variable variable, Average by) {
    Variable source = variables.get(by.sourceOf(variable.path()));
    if (source == null || !source.type().equals(variable.type())) {
      throw new NndException(
          "the average '%s' follows '%s', which is %s here; it must be declared before, as %s"
              .formatted(
                  variable.path(),
                  by.sourceOf(variable.path()),
                  source == null ? "missing" : source.type(),
                  variable.type()));
    }
    Initializer initial = new Initializer.Like(source.initializer(), source.path());
    Node mean =
        declare(
            new Variable(variable.path(), variable.type(), Variable.Kind.BUFFER, initial), true);
    if (mode == Mode.TRAINING) {
      Node now = values.get(source.path());
      updates.put(
          variable.path(),
          Operations.add(
              Operations.multiply(mean, by.decay()), Operations.multiply(now, 1 - by.decay())));
    }
    return mean;
  }

  /** Lowers with variables that are moving averages of those of another layer. */
  <T> T averaging(Average by, Supplier<T> body) {
    Optional<Average> before = average;
    average = Optional.of(by);
    try {
      return body.get();
    } finally {
      average = before;
    }
  }

  /** The part of a larger network's variable that a smaller form of it uses. */
  private Node block(Variable variable) {
    Variable whole = variables.get(variable.path());
    if (whole == null) {
      throw new NndException(
          "the smaller network has a variable '%s' that the larger one does not have"
              .formatted(variable.path()));
    }
    LeadingBlock.check(whole, variable);
    return LeadingBlock.of(values.get(variable.path()), variable.type().shape());
  }

  /** Lowers with variables that are leading blocks of those of the same paths. */
  <T> T leading(Supplier<T> body) {
    boolean before = leading;
    leading = true;
    try {
      return body.get();
    } finally {
      leading = before;
    }
  }

  /** Lowers with initial values for the variables that have these paths and shapes. */
  <T> T starting(Map<String, Literal> values, Supplier<T> body) {
    Map<String, Literal> before = start;
    start = values;
    try {
      return body.get();
    } finally {
      start = before;
    }
  }

  private Variable started(Variable variable) {
    Literal value = start.get(variable.path());
    return value == null || !value.type().shape().equals(variable.type().shape())
        ? variable
        : new Variable(
            variable.path(),
            variable.type(),
            variable.kind(),
            Initializer.literal(value),
            variable.byRows());
  }

  /** Lowers for the sake of the variables alone: no update and no report remains. */
  void declaring(Runnable body) {
    Map<String, Node> valuesBefore = new HashMap<>(values);
    Map<String, Node> updatesBefore = new LinkedHashMap<>(updates);
    int reportsBefore = reports.size();
    body.run();
    updates.keySet().forEach(path -> values.put(path, source.apply(variables.get(path))));
    values.putAll(valuesBefore);
    updates.clear();
    updates.putAll(updatesBefore);
    reports.subList(reportsBefore, reports.size()).clear();
  }

  private Node declare(Variable variable, boolean shared) {
    Variable before = variables.get(variable.path());
    if (before == null) {
      variables.put(variable.path(), started(variable));
      values.put(variable.path(), source.apply(variable));
      if (variable.kind() == Variable.Kind.PARAMETER) {
        parameterCount += variable.type().shape().count().at(1);
      }
    } else if (!shared) {
      throw new NndException(
          ("the variable '%s' is declared twice; name the two layers apart with named(…), or use"
                  + " one set of weights with share(…)")
              .formatted(variable.path()));
    } else if (!before.type().equals(variable.type())) {
      throw new NndException(
          "the shared variable '%s' has the type %s here and %s where it was used first"
              .formatted(variable.path(), variable.type(), before.type()));
    }
    return values.get(variable.path());
  }

  void update(String path, Node value) {
    if (average.isPresent()) {
      return; // Averages follow their source and nothing else.
    }
    Variable variable = variables.get(path);
    if (leading && variable != null && variable.type().rank() == value.rank()) {
      value = LeadingBlock.replaced(values.get(path), value);
    }
    if (variable == null || !variable.type().equals(value.type())) {
      throw new NndException(
          "the update of '%s' has the type %s, the variable is %s"
              .formatted(path, value.type(), variable == null ? "missing" : variable.type()));
    }
    values.put(path, value);
    updates.put(path, value);
  }

  Node random(String name) {
    TensorType scalar = TensorType.scalar(DType.I32);
    return declare(new Variable(name, scalar, Variable.Kind.STATE, Initializer.zeros()), true);
  }

  /** Runs a call and writes down what it was. */
  Tensors report(String name, Layer layer, Lowering child, Tensors inputs, Supplier<Tensors> body) {
    List<Call> outer = calls;
    Call call = new Call(name, layer, new ArrayList<>());
    outer.add(call);
    calls = call.calls();
    types.put(call, inputs.types());
    Tensors outputs = layer instanceof Named ? body.get() : measured(layer, child, inputs, body);
    types.put(call, outputs.types());
    done.add(call);
    calls = outer;
    return outputs;
  }

  private Tensors measured(Layer layer, Lowering child, Tensors inputs, Supplier<Tensors> body) {
    int position = reports.size();
    reports.add(null);
    long before = parameterCount;
    depth++;
    Tensors outputs = body.get();
    depth--;
    reports.set(
        position,
        new LayerReport(
            child.path(),
            layer.kind(),
            layer.toString(),
            depth,
            child.site(),
            nodes(inputs),
            nodes(outputs),
            parameterCount - before));
    return outputs;
  }

  private static List<Node> nodes(Tensors tensors) {
    return tensors.list().stream().map(Tensor::node).toList();
  }

  List<Variable> variables() {
    return List.copyOf(variables.values());
  }

  Map<String, Node> updates() {
    return updates;
  }

  /** Replaces the pending updates by copies, for a region that is cut out of the graph. */
  void replaceUpdates(Map<String, Node> replacements) {
    updates.putAll(replacements);
    values.putAll(replacements);
  }

  /** {@return {@code error} with a tree of the layers that were called on the way to it} */
  NndException placed(NndException error) {
    return outermost.isEmpty() || outermost.getLast().calls().isEmpty()
        ? error
        : new NndException(error, new CallTree(types, done).text(outermost.getLast()));
  }

  List<LayerReport> reports() {
    return reports;
  }

  List<Call> calls() {
    return calls;
  }
}
