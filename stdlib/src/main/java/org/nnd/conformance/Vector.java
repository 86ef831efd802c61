package org.nnd.conformance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.nnd.dsl.Mode;
import org.nnd.format.Safetensors;
import org.nnd.format.TensorEntry;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * One case of a folder: the module that made it, in which mode and with which hyper-parameters, and
 * its tensors. {@code entry} is the whole entry of the manifest.
 */
public final class Vector {
  private final Map<?, ?> entry;
  private final Hyper hyper;
  private final Safetensors tensors;

  Vector(Map<?, ?> entry, Safetensors tensors) {
    this.entry = entry;
    this.tensors = tensors;
    this.hyper = new Hyper(entry.get("hyper") instanceof Map<?, ?> map ? map : Map.of());
  }

  public String name() {
    return (String) entry.get("name");
  }

  /** {@return repository, file and class of the official implementation} */
  public String module() {
    return (String) entry.get("module");
  }

  /** {@return {@code eval}, {@code train} or {@code train trajectory}} */
  public String mode() {
    return (String) entry.get("mode");
  }

  /** {@return how the layer is lowered: {@code eval} as for inference} */
  public Mode lowering() {
    return switch (mode()) {
      case "eval" -> Mode.INFERENCE;
      case "train", "train trajectory" -> Mode.TRAINING;
      default ->
          throw new NndException(
              "the mode '%s' is not one of eval, train, train trajectory".formatted(mode()));
    };
  }

  Hyper hyper() {
    return hyper;
  }

  // Tensors.

  public List<String> tensors() {
    return tensors.names();
  }

  public boolean contains(String tensor) {
    return tensors.contains(tensor);
  }

  /** {@return a tensor by its full name: f32, f64 and bool as stored, integers as i32} */
  public Literal tensor(String name) {
    TensorEntry stored = tensors.entry(name);
    int[] shape = Arrays.stream(stored.shape()).mapToInt(Math::toIntExact).toArray();
    return switch (stored.type()) {
      case F32, F16, BF16 -> Literal.of(tensors.floats(name), shape);
      case F64 -> Literal.of(tensors.doubles(name), shape);
      case BOOL ->
          Literal.ofDoubles(
              DType.BOOL, Arrays.stream(tensors.ints(name)).asDoubleStream().toArray(), shape);
      default -> Literal.of(tensors.ints(name), shape);
    };
  }

  /** {@return the constant {@code c.NAME}} */
  public Literal constant(String name) {
    return tensor("c." + name);
  }

  /** {@return the shape of the tensor of a full name} */
  public int[] shape(String tensor) {
    return Arrays.stream(tensors.entry(tensor).shape()).mapToInt(Math::toIntExact).toArray();
  }

  /** {@return the tensors called {@code prefix.NAME} by NAME, in the order of the manifest} */
  public Map<String, Literal> under(String prefix) {
    Map<String, Literal> found = new LinkedHashMap<>();
    for (String tensor : ordered()) {
      if (tensor.startsWith(prefix + ".")) {
        found.put(tensor.substring(prefix.length() + 1), tensor(tensor));
      }
    }
    return found;
  }

  /** {@return parameters and buffers by path} */
  public Map<String, Literal> variables() {
    Map<String, Literal> all = under("p");
    all.putAll(under("b"));
    return all;
  }

  /** The names in the order of the manifest's table; without one, in that of the file. */
  private Iterable<String> ordered() {
    if (!(entry.get("tensors") instanceof Map<?, ?> table)) {
      return tensors.names();
    }
    List<String> names =
        table.keySet().stream().map(String.class::cast).filter(tensors::contains).toList();
    return names.size() == tensors.names().size() ? names : tensors.names();
  }

  /**
   * {@return the absolute error that the manifest tolerates in float32, if it says so for this
   * tensor}
   */
  OptionalDouble tolerance(String tensor) {
    return entry.get("tolerance") instanceof Map<?, ?> table
            && table.get(tensor) instanceof List<?> columns
            && columns.size() == 3
            && columns.get(2) instanceof Number atol
        ? OptionalDouble.of(atol.doubleValue())
        : OptionalDouble.empty();
  }

  /** {@return a further field of the manifest's entry} */
  Optional<Object> field(String name) {
    return Optional.ofNullable(entry.get(name));
  }

  // Hyper-parameters; null counts as not given.

  public boolean has(String name) {
    return hyper.has(name);
  }

  public int number(String name) {
    return hyper.whole(name, hyper.get(name));
  }

  public int number(String name, int otherwise) {
    return hyper.findInt(name).orElse(otherwise);
  }

  public OptionalInt optionalNumber(String name) {
    return hyper.findInt(name);
  }

  public double real(String name) {
    return hyper.real(name, hyper.get(name));
  }

  public double real(String name, double otherwise) {
    return hyper.findReal(name).orElse(otherwise);
  }

  public OptionalDouble optionalReal(String name) {
    return hyper.findReal(name);
  }

  public boolean flag(String name) {
    return hyper.flag(name, hyper.get(name));
  }

  public boolean flag(String name, boolean otherwise) {
    return hyper.find(name).map(value -> hyper.flag(name, value)).orElse(otherwise);
  }

  public String text(String name) {
    return hyper.text(name, hyper.get(name));
  }

  public String text(String name, String otherwise) {
    return hyper.find(name).map(value -> hyper.text(name, value)).orElse(otherwise);
  }

  public Optional<String> optionalText(String name) {
    return hyper.find(name).map(value -> hyper.text(name, value));
  }

  public int[] numbers(String name) {
    return hyper.list(name, hyper.get(name)).stream()
        .mapToInt(value -> hyper.whole(name, value))
        .toArray();
  }

  public double[] reals(String name) {
    return hyper.list(name, hyper.get(name)).stream()
        .mapToDouble(value -> hyper.real(name, value))
        .toArray();
  }

  /** {@return a list of lists of whole numbers} */
  public List<List<Integer>> table(String name) {
    return hyper.list(name, hyper.get(name)).stream()
        .map(row -> hyper.list(name, row).stream().map(v -> hyper.whole(name, v)).toList())
        .toList();
  }

  /** {@return whether the value is a list} */
  public boolean isList(String name) {
    return hyper.find(name).filter(List.class::isInstance).isPresent();
  }

  /** {@return the value as JSON gives it: a number, text, boolean, list or map} */
  public Optional<Object> value(String name) {
    return hyper.find(name);
  }

  /**
   * States what a hyper-parameter must be where it is given: one that other ones determine, or the
   * only value that exists.
   *
   * @throws NndException if it is another one
   */
  public Vector expect(String name, Object value) {
    Optional<Object> given = hyper.find(name);
    if (given.isPresent() && !same(given.get(), value)) {
      throw hyper.wrong(name, given.get(), String.valueOf(value));
    }
    return this;
  }

  /**
   * The probability of something that happens at random in training: any in inference, where it
   * never does, and 0 in training, where results can only be compared without it.
   *
   * @throws NndException if it is another one in training
   */
  public Vector atRandom(String name) {
    return lowering() == Mode.TRAINING ? expect(name, 0) : skip(name);
  }

  private static boolean same(Object given, Object wanted) {
    if (given instanceof Number a && wanted instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    }
    if (given instanceof List<?> a && wanted instanceof List<?> b && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    return given.equals(wanted);
  }

  /** Leaves hyper-parameters aside that only explain others, or that inference does not show. */
  public Vector skip(String... names) {
    for (String name : names) {
      hyper.skip(name);
    }
    return this;
  }

  @Override
  public String toString() {
    return name();
  }
}
