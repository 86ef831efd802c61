package org.nnd.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * An OpenCL kernel written by hand, with all its sizes known but the batch size. The function
 * {@code name} of the source has a {@code __global} pointer for every input and output, and a
 * number for every scalar; parameters are found by name.
 *
 * @param source OpenCL C 1.2 as it was written
 * @param inputs in the order of the operands
 * @param outputs in the order of the results
 * @param scalars the numbers that the function takes, by name
 * @param global work-items in each of one to three dimensions
 * @param local work-items of a group in each dimension, which divide the former
 * @param flops floating-point operations that the mathematics needs, zero where nobody has said
 */
public record CustomCode(
    String name,
    String source,
    List<Argument> inputs,
    List<Argument> outputs,
    Map<String, Scalar> scalars,
    List<WorkSize> global,
    List<Integer> local,
    Dim flops) {

  /** A tensor that the kernel reads or writes, all of it in row-major order. */
  public record Argument(String name, TensorType type, OptionalDouble initial) {
    /** An input, or an output that the kernel writes in full. */
    public Argument(String name, TensorType type) {
      this(name, type, OptionalDouble.empty());
    }
  }

  /** A number that is part of the kernel's text, but for the batch size in it. */
  public sealed interface Scalar {}

  /** An integer that may depend on the batch size. */
  public record Extent(Dim dim) implements Scalar {}

  public record Number(double value) implements Scalar {}

  public CustomCode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    scalars = new TreeMap<>(scalars);
    global = List.copyOf(global);
    local = List.copyOf(local);
  }

  public List<TensorType> results() {
    return outputs.stream().map(Argument::type).toList();
  }

  // The text form: what operands and results do not say, as attributes.

  Map<String, Object> attributes() {
    Map<String, Object> all = new TreeMap<>();
    all.put("inputs", inputs.stream().map(Argument::name).toList());
    all.put("outputs", outputs.stream().map(Argument::name).toList());
    if (outputs.stream().anyMatch(output -> output.initial().isPresent())) {
      // An empty list stands for none: not-a-number is a value that one may want.
      all.put(
          "initial",
          outputs.stream()
              .map(o -> o.initial().isPresent() ? List.of(o.initial().getAsDouble()) : List.of())
              .toList());
    }
    if (!scalars.isEmpty()) {
      all.put("scalars", List.copyOf(scalars.keySet()));
      all.put("values", scalars.values().stream().map(CustomCode::value).toList());
    }
    all.put("global", global.stream().map(WorkSize::toString).toList());
    all.put("local", local);
    if (!flops.is(0)) {
      all.put("flops", new Text.Symbol(flops.toString()));
    }
    all.put("source", source);
    return all;
  }

  private static Object value(Scalar scalar) {
    return switch (scalar) {
      case Extent extent -> extent.dim().toString();
      case Number number -> number.value();
    };
  }

  static CustomCode parse(
      String name, Map<String, Object> attributes, List<Node> operands, List<TensorType> results) {
    List<Argument> inputs = new ArrayList<>();
    List<String> names = words(attributes, "inputs");
    for (int i = 0; i < names.size(); i++) {
      inputs.add(new Argument(names.get(i), operands.get(i).type()));
    }
    List<Argument> outputs = new ArrayList<>();
    names = words(attributes, "outputs");
    List<?> initial = (List<?>) attributes.getOrDefault("initial", List.of());
    for (int i = 0; i < names.size(); i++) {
      List<?> one = i < initial.size() ? (List<?>) initial.get(i) : List.of();
      OptionalDouble start =
          one.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) one.get(0));
      outputs.add(new Argument(names.get(i), results.get(i), start));
    }
    Map<String, Scalar> scalars = new TreeMap<>();
    names = words(attributes, "scalars");
    List<?> values = (List<?>) attributes.getOrDefault("values", List.of());
    for (int i = 0; i < names.size(); i++) {
      scalars.put(
          names.get(i),
          values.get(i) instanceof Double number
              ? new Number(number)
              : new Extent(Dim.parse((String) values.get(i))));
    }
    return new CustomCode(
        name,
        (String) attributes.get("source"),
        inputs,
        outputs,
        scalars,
        words(attributes, "global").stream().map(WorkSize::parse).toList(),
        words(attributes, "local").stream().map(Integer::valueOf).toList(),
        Dim.parse(
            attributes.get("flops") == null ? "0" : OpParser.wordOf(attributes.get("flops"))));
  }

  private static List<String> words(Map<String, Object> attributes, String key) {
    List<?> values = (List<?>) attributes.getOrDefault(key, List.of());
    return values.stream().map(Object::toString).toList();
  }
}
