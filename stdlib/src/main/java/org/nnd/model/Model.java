package org.nnd.model;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.nnd.data.DataSet;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

/**
 * A network with its variables on a device. The device is opened and the variables are made when
 * they are first needed. May be used from several threads: what runs on the device runs one after
 * the other.
 */
public final class Model {
  /** Compiled graphs kept: prediction, evaluation with some losses, training. */
  private static final int MOST_GRAPHS = 8;

  private final Layer network;
  private final List<InputSpec> inputs;
  private volatile List<String> labels;
  private final long seed;
  private final Lowered inference;
  private final Lowered training;
  private final Map<String, Variable> declared = new LinkedHashMap<>();
  private final Set<String> frozen = new LinkedHashSet<>();

  private final Supplier<Device> where;
  private final Supplier<Map<String, Literal>> start;
  private Executables executables;
  private Variables variables;

  private Model(Model.Parts parts, Lowered inference, Lowered training) {
    this.network = parts.network;
    this.inputs = List.copyOf(parts.inputs);
    this.labels = List.copyOf(parts.labels);
    this.seed = parts.seed;
    this.where = parts.where;
    this.start = parts.start;
    this.inference = inference;
    this.training = training;
    training.variables().forEach(v -> declared.put(v.path(), v));
    inference.variables().forEach(v -> declared.putIfAbsent(v.path(), v));
  }

  private record Parts(
      Layer network,
      List<InputSpec> inputs,
      List<String> labels,
      long seed,
      Supplier<Device> where,
      Supplier<Map<String, Literal>> start) {}

  private static Model of(Parts parts) {
    Model model =
        new Model(
            parts,
            Lower.lower(parts.network, parts.inputs, Mode.INFERENCE),
            Lower.lower(parts.network, parts.inputs, Mode.TRAINING));
    Rehearsal.current().ifPresent(rehearsal -> rehearsal.made(model));
    return model;
  }

  /**
   * {@return a network with variables at their initial values, on the session's device}
   *
   * @param labels the names of the classes, or none
   * @throws NndException if the layers do not fit together
   */
  public static Model of(Layer network, List<InputSpec> inputs, List<String> labels) {
    return of(new Parts(network, inputs, labels, 0, SessionDevice::get, Map::of));
  }

  // Changed copies.

  /** {@return a copy of this model, values and what is frozen included, on a device} */
  public Model on(Device device) {
    Model copy = of(new Parts(network, inputs, labels, seed, () -> device, valuesNow()));
    copy.frozen.addAll(frozen());
    return copy;
  }

  /** {@return this network, frozen as it is, with initial values drawn from another seed} */
  public Model seed(long value) {
    Model copy = of(new Parts(network, inputs, labels, value, where, Map::of));
    copy.frozen.addAll(frozen());
    return copy;
  }

  /** {@return another network with the values given, others initial, on this model's device} */
  public Model with(Layer otherNetwork, Map<String, Literal> values) {
    return of(new Parts(otherNetwork, inputs, labels, seed, where, () -> values));
  }

  /** {@return this network, frozen as it is, on the same device with these values instead} */
  public Model with(Map<String, Literal> values) {
    Model copy =
        new Model(
            new Parts(network, inputs, labels, seed, where, () -> values), inference, training);
    copy.executables = executables();
    copy.frozen.addAll(frozen());
    return copy;
  }

  private synchronized Supplier<Map<String, Literal>> valuesNow() {
    if (variables == null) {
      return start;
    }
    Map<String, Literal> now = values();
    return () -> now;
  }

  // What it is.

  /** {@return the description of the network} */
  public Layer network() {
    return network;
  }

  /** {@return what the network takes: names, element types and shapes of an example} */
  public List<InputSpec> inputs() {
    return inputs;
  }

  /** {@return the names of the classes; empty where they are not known} */
  public List<String> labels() {
    return labels;
  }

  /** Names the classes, in the order of their numbers; training does so too. */
  public Model labels(List<String> names) {
    labels = List.copyOf(names);
    return this;
  }

  /** {@return what initial values and random layers depend on} */
  public long seed() {
    return seed;
  }

  /** {@return the network as a graph with reports on its layers} */
  public Lowered lowered(Mode mode) {
    return mode == Mode.TRAINING ? training : inference;
  }

  /** {@return all variables, in the order in which the network uses them} */
  public List<Variable> declared() {
    return List.copyOf(declared.values());
  }

  /** {@return how many numbers the parameters have in all} */
  public long parameterCount() {
    return training.parameterCount();
  }

  /** {@return a table of the layers: output, parameters and operations of each, and totals} */
  public String summary() {
    return summary(Integer.MAX_VALUE);
  }

  /** {@return the table of the outer layers, {@code depth} levels of layers within layers} */
  public String summary(int depth) {
    return Summary.of(this, depth);
  }

  // Variables.

  /**
   * {@return a copy of the value of a variable}
   *
   * @throws NndException if there is no such variable
   */
  public Literal parameter(String path) {
    return variables().get(variable(path).path());
  }

  /** {@return the values of all variables by path} */
  public Map<String, Literal> values() {
    return values(variable -> true);
  }

  /** {@return the values that make up the model: parameters and buffers, by path} */
  public Map<String, Literal> weights() {
    return values(variable -> variable.kind() != Variable.Kind.STATE);
  }

  private Map<String, Literal> values(Predicate<Variable> which) {
    Map<String, Literal> values = new LinkedHashMap<>();
    for (Variable variable : declared.values()) {
      if (which.test(variable)) {
        values.put(variable.path(), variables().get(variable.path()));
      }
    }
    return values;
  }

  /**
   * Sets a variable; an f32 or f64 value of its shape.
   *
   * @throws NndException if there is no such variable, or it has another shape
   */
  public void setParameter(String path, Literal value) {
    Variable variable = variable(path);
    int[] shape = variable.type().shape().at(1);
    if (!Arrays.equals(shape, value.shape())) {
      throw new NndException(
          "%s is %s and cannot be set to a %s".formatted(path, variable.type(), value.type()));
    }
    variables().put(path, cast(value, variable.type().dtype()));
  }

  /** Gives the variable at {@code path} another value, of the same shape. */
  public void setParameter(String path, Tensor value) {
    setParameter(path, value.value());
  }

  private static Literal cast(Literal value, DType dtype) {
    return value.dtype() == dtype
        ? value
        : Literal.ofDoubles(dtype, value.toDoubles(), value.shape());
  }

  private Variable variable(String path) {
    Variable variable = declared.get(path);
    if (variable == null) {
      throw new NndException(
          "the model has no variable '%s'; it has %d, %s, …"
              .formatted(path, declared.size(), declared.keySet().stream().limit(4).toList()));
    }
    return variable;
  }

  /** Gives state that is carried from call to call its initial value again. */
  public void resetState() {
    for (Variable variable : declared.values()) {
      if (variable.kind() == Variable.Kind.STATE) {
        variables().put(variable.path(), initial(variable));
      }
    }
  }

  private Literal initial(Variable variable) {
    return variable.path().equals("rng.seed")
        ? Literal.of(new int[] {Long.hashCode(seed)})
        : variable.initial(seed);
  }

  /** {@return the paths of the parameters that fit a pattern such as {@code stem.*}} */
  public List<String> parameters(String pattern) {
    return new PathPattern(pattern)
        .among(
            declared.values().stream()
                .filter(v -> v.kind() == Variable.Kind.PARAMETER)
                .map(Variable::path)
                .toList());
  }

  /** From now on training leaves variables of these paths as they are, buffers included. */
  public synchronized Model freeze(String... patterns) {
    for (String pattern : patterns) {
      frozen.addAll(new PathPattern(pattern).among(declared.keySet()));
    }
    return this;
  }

  /** Undoes {@link #freeze}, for all or some. */
  public synchronized Model unfreeze(String... patterns) {
    for (String pattern : patterns) {
      frozen.removeAll(new PathPattern(pattern).among(declared.keySet()));
    }
    return this;
  }

  /** {@return the paths of the variables that training leaves as they are} */
  public synchronized Set<String> frozen() {
    return new LinkedHashSet<>(frozen);
  }

  // Predicting.

  /**
   * {@return the outputs by name for inputs by name, any number of examples}
   *
   * @throws NndException if an input is missing, or of another type or shape
   */
  public Map<String, Literal> predict(Map<String, Literal> values) {
    return Chunks.predict(this, values);
  }

  /** {@return the outputs by name} */
  public Tensors predict(Tensors values) {
    Map<String, Literal> literals = new LinkedHashMap<>();
    values.names().forEach(name -> literals.put(name, values.get(name).value()));
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    predict(literals).forEach((name, value) -> outputs.put(name, Tensor.of(value)));
    return Tensors.of(outputs);
  }

  /** {@return the output for the only input, of {@code [N, …]}} */
  public Tensor predict(Tensor x) {
    return predict(Tensors.of(input().name(), x)).one();
  }

  /** {@return the output for nested arrays of {@code [N, …]}, see {@link Tensor#of(Object)}} */
  public Tensor predict(Object nestedArray) {
    return predict(Tensor.of(nestedArray));
  }

  /** {@return the output for one picture, brought to the size and the channels of the input} */
  public Tensor predict(BufferedImage picture) {
    return predict(new BufferedImage[] {picture});
  }

  /** {@return the output for pictures, brought to the size and the channels of the input} */
  public Tensor predict(BufferedImage... pictures) {
    return predict(Tensor.of(Pictures.literal(input(), pictures)));
  }

  /**
   * {@return the output for all rows of a data set; its columns are found by name, a single one
   * under any name}
   */
  public Tensor predict(DataSet data) {
    Map<String, Tensor> columns = new LinkedHashMap<>();
    Columns.inputs(data).forEach((name, value) -> columns.put(name, Tensor.of(value)));
    boolean single = columns.size() == 1 && inputs.size() == 1;
    return single
        ? predict(columns.values().iterator().next())
        : predict(Tensors.of(columns)).one();
  }

  // Learning without gradients.

  /**
   * Runs the network once in training mode for what its layers update by themselves: Hebbian
   * connections, running statistics of batch norms. What is frozen stays.
   */
  public void observe(Map<String, Literal> values) {
    long rows = Chunks.check(this, values);
    Graph graph = training.graph();
    Map<String, Node> updates = new LinkedHashMap<>(graph.updates());
    updates.keySet().removeAll(frozen());
    for (Node variable : graph.parameters()) {
      if (((Op.Parameter) variable.op()).name().equals("rng.step")) {
        updates.put("rng.step", Operations.add(variable, 1));
      }
    }
    if (updates.isEmpty()) {
      throw new NndException(
          "observe: no layer of %s updates anything by itself; train the network instead"
              .formatted(network));
    }
    if (Rehearsal.current().isEmpty()) {
      submit(Graph.of(graph.inputs(), Map.of(), updates), values, rows);
    }
  }

  /** Observes examples {@code [N, …]} of the only input. */
  public void observe(Tensor x) {
    observe(Map.of(input().name(), x.value()));
  }

  private InputSpec input() {
    if (inputs.size() != 1) {
      throw new NndException(
          "the model has the inputs %s; give them by name: predict(Tensors.of(…))"
              .formatted(inputs.stream().map(InputSpec::name).toList()));
    }
    return inputs.get(0);
  }

  // Files.

  /** Writes description, weights and labels into one safetensors file. */
  public void save(Path file) {
    ModelFile.save(this, file);
  }

  /** Writes parameters and buffers into a safetensors file. */
  public void saveWeights(Path file) {
    ModelFile.saveWeights(this, file);
  }

  /**
   * Takes parameters and buffers of equal path and shape from a safetensors file. PyTorch's {@code
   * num_batches_tracked} are passed over.
   */
  public WeightReport load(Path file) {
    return load(file, Map.of());
  }

  /**
   * Takes parameters and buffers from a safetensors file in which they have other names.
   *
   * @param names names in the file to paths here: {@code "conv1"} to {@code "stem.0"} is for the
   *     tensor of that name and all under it, {@code "encoder.*.ln.*"} to {@code "blocks.*.norm.*"}
   *     for all texts in place of the stars, {@code "module"} to {@code ""} takes a prefix away,
   *     {@code ""} to {@code "backbone"} puts one in front; of rules that fit a name the longest
   *     counts
   * @throws NndException if a name fits no tensor, or two tensors would have one path
   */
  public WeightReport load(Path file, Map<String, String> names) {
    return ModelFile.load(this, file, names);
  }

  // The level below: graphs of one's own on the model's variables.

  /** {@return the device this model lives on, opened now if it was not} */
  public Device device() {
    return executables().device();
  }

  /** {@return the variables on the device; further ones may be put there} */
  public synchronized Variables variables() {
    if (variables == null) {
      Variables fresh = new Variables(device());
      Map<String, Literal> given = start.get();
      for (Variable variable : declared.values()) {
        Literal value = given.get(variable.path());
        fresh.put(
            variable.path(),
            value == null ? initial(variable) : cast(value, variable.type().dtype()));
      }
      variables = fresh;
    }
    return variables;
  }

  private synchronized Executables executables() {
    if (executables == null) {
      executables = new Executables(where.get(), MOST_GRAPHS);
    }
    return executables;
  }

  /** {@return a graph on this model's variables, compiled now unless it was} */
  public Executable executable(Graph graph) {
    return executables().of(graph);
  }

  /**
   * Runs a graph and waits for its outputs.
   *
   * @throws NndException also if this thread has been interrupted
   */
  public Map<String, Literal> run(Graph graph, Map<String, Literal> values, long batch) {
    if (Rehearsal.current().isPresent()) {
      return Rehearsal.results(graph, batch);
    }
    Interruption.check("interrupted before the model ran");
    Executable executable = executable(graph);
    Variables mine = variables();
    synchronized (executables()) {
      Results results = executable.run(mine, values, batch);
      return results.all();
    }
  }

  /** Submits a graph whose outputs are not of interest, for its updates. */
  public void submit(Graph graph, Map<String, Literal> values, long batch) {
    Executable executable = executable(graph);
    Variables mine = variables();
    synchronized (executables()) {
      executable.run(mine, values, batch).close();
    }
  }

  @Override
  public String toString() {
    return "model of %s, %,d parameters".formatted(inputs, parameterCount());
  }
}
