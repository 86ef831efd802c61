package org.nnd.dsl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Origin;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.composite.Noise;

/**
 * The place where a layer is being lowered: its path, its variables, its random numbers, and calls
 * to the layers inside.
 */
public final class Lowering {
  private static final ThreadLocal<Lowering> CURRENT = new ThreadLocal<>();

  private final Construction construction;
  private final String path;
  private final Site site;
  private final boolean shared;

  /** Changes the layers that are called in this place. */
  private final UnaryOperator<Layer> rewriting;

  /** The layers called in this place instead, in order, if any: see {@link Expanded}. */
  private final List<Child> substitutes;

  /** What parameters pass through before the layers here use them. */
  private final Parametrisation parametrisation;

  private int calls;

  /** A function of parameters that stands before a layer, such as a mask or a normalisation. */
  public interface Parametrisation {
    /**
     * {@return what the layer gets instead of its parameter}
     *
     * @param at where the parameter is declared
     */
    Tensor apply(Lowering at, String name, Tensor parameter);
  }

  private Lowering(
      Construction construction,
      String path,
      Site site,
      boolean shared,
      UnaryOperator<Layer> rewriting,
      List<Child> substitutes,
      Parametrisation parametrisation) {
    this.construction = construction;
    this.path = path;
    this.site = site;
    this.shared = shared;
    this.rewriting = rewriting;
    this.substitutes = substitutes;
    this.parametrisation = parametrisation;
  }

  static Lowering root(Construction construction) {
    return new Lowering(
        construction,
        "",
        Site.UNKNOWN,
        false,
        UnaryOperator.identity(),
        List.of(),
        (at, name, parameter) -> parameter);
  }

  /** {@return where this thread is lowering a layer now} */
  public static Optional<Lowering> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** {@return whether this is for training or for inference} */
  public Mode mode() {
    return construction.mode;
  }

  /** {@return whether this is for training} */
  public boolean training() {
    return construction.mode == Mode.TRAINING;
  }

  /** {@return the type of floating-point variables: f32, or f64 for reference} */
  public DType dtype() {
    return construction.dtype;
  }

  /** {@return the path of the layer that is lowered} */
  public String path() {
    return path;
  }

  /** {@return where the layer that is lowered was declared} */
  public Site site() {
    return site;
  }

  // Variables.

  /** {@return the trainable floating-point variable {@code path.name}} */
  public Tensor parameter(String name, Initializer initializer, Shape shape) {
    Tensor value = variable(name, initializer, dtype(), shape, Variable.Kind.PARAMETER);
    return parametrisation.apply(this, name, value);
  }

  /**
   * {@return a trainable table, to be read by {@link Tensor#gather} along axis 0 only: training
   * changes the rows that a step has read, see {@link Variable}}
   */
  public Tensor table(String name, Initializer initializer, long rows, long features) {
    return declared(
        new Variable(
            Paths.join(path, name),
            new TensorType(dtype(), Shape.of(rows, features)),
            Variable.Kind.PARAMETER,
            initializer,
            true));
  }

  /** {@return the current value of a trained variable of this layer} */
  public Tensor parameter(String name, Initializer initializer, long... shape) {
    return parameter(name, initializer, Shape.of(shape));
  }

  /** {@return the current value of a variable that training updates but does not train} */
  public Tensor buffer(String name, Initializer initializer, Shape shape) {
    return variable(name, initializer, dtype(), shape, Variable.Kind.BUFFER);
  }

  /** {@return the current value of a variable that training updates but does not train} */
  public Tensor buffer(String name, Initializer initializer, long... shape) {
    return buffer(name, initializer, Shape.of(shape));
  }

  /** {@return the current value of a variable carried from call to call, in any mode} */
  public Tensor state(String name, Initializer initializer, DType dtype, Shape shape) {
    return variable(name, initializer, dtype, shape, Variable.Kind.STATE);
  }

  /** Makes {@code value} the variable's value from here on and for the next call. */
  public void update(String name, Tensor value) {
    construction.update(Paths.join(path, name), value.node());
  }

  private Tensor variable(
      String name, Initializer initializer, DType dtype, Shape shape, Variable.Kind kind) {
    if (!shape.isFixed()) {
      throw error("the variable '%s' has the shape %s, which is not fixed", name, shape);
    }
    return declared(
        new Variable(Paths.join(path, name), new TensorType(dtype, shape), kind, initializer));
  }

  private Tensor declared(Variable variable) {
    return Tensor.of(construction.variable(variable, shared));
  }

  // Random numbers.

  /** What a random draw depends on: the variables seed and step, the layer, the use within it. */
  public record RandomKey(Node seed, Node step, long stream, int use) {}

  /** {@return a key of its own for each draw; the same for the same path and use at every call} */
  public RandomKey randomKey() {
    Node seed = construction.random("rng.seed");
    Node step = construction.random("rng.step");
    int use = construction.uses.merge(path, 1, Integer::sum) - 1;
    return new RandomKey(seed, step, Paths.hash(path), use);
  }

  /** {@return uniform i32 bits, other ones at every step, the same for the same seed and path} */
  public Tensor bits(Shape shape) {
    RandomKey key = randomKey();
    return Tensor.of(Operations.randomBits(key.seed(), key.step(), shape, key.stream(), key.use()));
  }

  /** {@return uniform f32 numbers in [0, 1), multiples of 2^-24} */
  public Tensor uniform(Shape shape) {
    RandomKey key = randomKey();
    return Tensor.of(Noise.uniform(key.seed(), key.step(), shape, key.stream(), key.use()));
  }

  // Layers inside.

  /**
   * Lowers a layer inside this one, at {@code path.name}; an empty name keeps the path, and a
   * {@link Named} layer has its own.
   */
  public Tensors call(String name, Layer layer, Tensors inputs) {
    return call(name, layer, inputs, parametrisation);
  }

  /**
   * Lowers a layer inside this one, whose parameters, and those of the layers inside it, pass
   * through {@code function} before they are used.
   */
  public Tensors parametrised(String name, Layer layer, Tensors inputs, Parametrisation function) {
    Parametrisation outer = parametrisation;
    return call(
        name,
        layer,
        inputs,
        (at, parameter, value) -> function.apply(at, parameter, outer.apply(at, parameter, value)));
  }

  private Tensors call(String name, Layer layer, Tensors inputs, Parametrisation function) {
    Layer actual =
        calls < substitutes.size() ? substitutes.get(calls).layer() : rewriting.apply(layer);
    calls++;
    String childPath =
        actual instanceof Share share ? share.name() : new Child(name, actual).under(path);
    Site childSite = actual.site().text().isEmpty() ? site : actual.site();
    boolean childShared = shared || actual instanceof Share;
    Lowering child =
        new Lowering(
            construction,
            childPath,
            childSite,
            childShared,
            UnaryOperator.identity(),
            List.of(),
            function);
    return construction.report(
        name, actual, child, inputs, () -> child.enter(() -> actual.lower(child, inputs)));
  }

  /**
   * Lowers a smaller form of a layer that was called, or declared, under this name before: its
   * variables are the leading blocks of that layer's variables of the same paths, and updates
   * change these blocks.
   *
   * @throws NndException if it has a variable that is no such block
   */
  public Tensors callLeading(String name, Layer layer, Tensors inputs) {
    return construction.leading(() -> call(name, layer, inputs));
  }

  /**
   * Lowers a layer a second time, under a name of its own, with moving averages of the variables of
   * the one that was called under {@code source} before: a teacher of itself (Tarvainen and Valpola
   * 2017). The averages are buffers that start as their sources do and move by {@code 1 - decay}
   * towards them at every step of training.
   */
  public Tensors callAverage(
      String name, String source, Layer layer, double decay, Tensors inputs) {
    Construction.Average by =
        new Construction.Average(
            new Child(name, layer).under(path), new Child(source, layer).under(path), decay);
    return construction.averaging(by, () -> call(name, layer, inputs));
  }

  /**
   * Lowers a layer inside this one whose variables start with values from elsewhere, where it has
   * variables of their paths and shapes.
   *
   * @param values by path, from this layer on
   */
  public Tensors callStarting(
      String name, Layer layer, Map<String, Literal> values, Tensors inputs) {
    Map<String, Literal> start = new HashMap<>();
    values.forEach((variable, value) -> start.put(Paths.join(path, variable), value));
    return construction.starting(start, () -> call(name, layer, inputs));
  }

  /** Declares the variables of a layer inside this one without running it. */
  public void declare(String name, Layer layer, Tensors inputs) {
    construction.declaring(() -> call(name, layer, inputs));
  }

  /** {@return the result of an inner layer, whose path gets {@code name} added} */
  public Tensor call(String name, Layer layer, Tensor x) {
    return call(name, layer, Tensors.of(x)).one();
  }

  /** Calls a layer under the next number, as {@link Layer#apply(Tensors)} does. */
  Tensors apply(Layer layer, Tensors inputs) {
    return call(String.valueOf(calls), layer, inputs);
  }

  /** Lowers a layer in this place, with others instead of the layers it calls. */
  Tensors substituting(List<Child> children, Layer layer, Tensors inputs) {
    Lowering at =
        new Lowering(construction, path, site, shared, rewriting, children, parametrisation);
    return at.enter(() -> layer.lower(at, inputs));
  }

  /** Lowers a layer in this place, with the layers that it calls rewritten. */
  Tensors rewriting(UnaryOperator<Layer> function, Layer layer, Tensors inputs) {
    UnaryOperator<Layer> both = inner -> rewriting.apply(function.apply(inner));
    Lowering at = new Lowering(construction, path, site, shared, both, List.of(), parametrisation);
    return at.enter(() -> layer.lower(at, inputs));
  }

  Construction construction() {
    return construction;
  }

  // Errors.

  /** {@return an error that names this layer's path and where it was declared} */
  public NndException error(String message, Object... arguments) {
    NndException error = new NndException(located(message.formatted(arguments)));
    construction.located = error;
    return error;
  }

  private String located(String message) {
    return (path.isEmpty() ? "" : path + ": ") + message + site.clause();
  }

  /** Runs {@code body} as this layer's lowering; an error from below gets this layer's path. */
  private Tensors enter(Supplier<Tensors> body) {
    Lowering before = CURRENT.get();
    CURRENT.set(this);
    try {
      return new Origin(path, site.text()).during(body);
    } catch (NndException e) {
      if (e == construction.located) {
        throw e;
      }
      NndException error = new NndException(located(e.getMessage()), e);
      construction.located = error;
      throw error;
    } finally {
      CURRENT.set(before);
    }
  }
}
