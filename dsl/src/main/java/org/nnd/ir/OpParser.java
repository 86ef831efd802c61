package org.nnd.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The inverse of {@link OpText#of}: from name and attributes to the operation. */
final class OpParser {
  private final OpText text;
  private final List<Node> operands;
  private final List<TensorType> types;

  /**
   * @param types of the results, as written
   */
  OpParser(OpText text, List<Node> operands, List<TensorType> types) {
    this.text = text;
    this.operands = operands;
    this.types = types;
  }

  Op parse() {
    for (UnaryOp function : UnaryOp.values()) {
      if (function.toString().equals(text.name())) {
        return new Op.Unary(function);
      }
    }
    for (BinaryOp function : BinaryOp.values()) {
      if (function.toString().equals(text.name())) {
        return new Op.Binary(function);
      }
    }
    return switch (text.name()) {
      case "parameter" -> new Op.Parameter(text.label().orElseThrow(), types.get(0));
      case "iota" -> new Op.Iota(types.get(0), integer("axis"));
      case "size" -> new Op.Size(Dim.parse(word("dim")));
      case "compare" -> new Op.Compare(choice(Comparison.values(), "is"));
      case "select" -> new Op.Select();
      case "convert" -> new Op.Convert(types.get(0).dtype());
      case "bitcast" -> new Op.Bitcast(types.get(0).dtype());
      case "reshape" -> new Op.Reshape(types.get(0).shape());
      case "transpose" -> new Op.Transpose(integers("permutation"));
      case "broadcast" -> new Op.Broadcast(types.get(0).shape(), integers("axes", List.of()));
      case "slice" -> {
        List<Dim> start = dims("start");
        yield new Op.Slice(start, dims("limit"), integers("stride", all(1, start.size())));
      }
      case "pad" -> {
        List<Dim> low = dims("low");
        List<Integer> interior = integers("interior", all(0, low.size()));
        yield new Op.Pad(low, dims("high"), interior, attribute("value", Double.class));
      }
      case "concatenate" -> new Op.Concatenate(integer("axis"));
      case "reverse" -> new Op.Reverse(integers("axes"));
      case "reduce" -> new Op.Reduce(reduction(), integers("axes"));
      case "arg_reduce" -> new Op.ArgReduce(reduction(), integer("axis"));
      case "reduce_window" -> new Op.ReduceWindow(reduction(), window(text.attributes()));
      case "cumulative" -> new Op.Cumulative(reduction(), integer("axis"), flag("reverse"));
      case "dot" ->
          new Op.Dot(
              integers("left_batch", List.of()),
              integers("right_batch", List.of()),
              integers("left_contracting"),
              integers("right_contracting"));
      case "convolution" -> convolution();
      case "gather" -> new Op.Gather(integer("axis"));
      case "scatter_add" -> new Op.ScatterAdd(integer("axis"), flag("unique"));
      case "arg_sort" -> new Op.ArgSort(integer("axis"), flag("descending"));
      case "top_k" -> new Op.TopK(integer("k"));
      case "fft" -> new Op.Fft(flag("inverse"));
      case "random_bits" ->
          new Op.RandomBits(types.get(0).shape(), attribute("stream", Long.class), integer("use"));
      case "scan" ->
          new Op.Scan(
              body("body"),
              integer("carries"),
              (int) text.attributes().getOrDefault("sequences", 0),
              integer("length"),
              flag("reverse"));
      case "while" -> new Op.While(body("condition"), body("body"));
      case "cond" -> new Op.Cond(body("then"), body("otherwise"));
      case "stop_gradient" -> new Op.StopGradient();
      case "barrier" -> new Op.Barrier(integer("tag"));
      case "composite" ->
          new Op.Composite(text.label().orElseThrow(), text.attributes(), body("body"));
      case "custom" ->
          new Op.Custom(
              CustomCode.parse(text.label().orElseThrow(), text.attributes(), operands, types),
              Optional.ofNullable(text.bodies().get("gradient")),
              Optional.ofNullable(text.bodies().get("reference")));
      default -> throw new NndException("unknown operation '" + text.name() + "'");
    };
  }

  private Op convolution() {
    Shape kernel = operands.get(1).shape();
    Map<String, Object> attributes = new HashMap<>(text.attributes());
    attributes.put("size", kernel.slice(2, kernel.rank()).dims().stream().map(Dim::fixed).toList());
    return new Op.Convolution(window(attributes), groups("feature_groups"), groups("batch_groups"));
  }

  private Dim groups(String name) {
    return text.attributes().containsKey(name) ? Dim.parse(word(name)) : Dim.ONE;
  }

  /** {@return the window with the given attributes, as written by {@link OpText#window}} */
  static Window window(Map<String, Object> attributes) {
    List<Integer> size = integers(attributes.get("size"));
    List<Integer> ones = all(1, size.size());
    List<Integer> low = new ArrayList<>(all(0, size.size()));
    List<Integer> high = new ArrayList<>(low);
    if (attributes.get("padding") instanceof List<?> padding) {
      for (int i = 0; i < size.size(); i++) {
        List<Integer> pair = integers(padding.get(i));
        low.set(i, pair.get(0));
        high.set(i, pair.get(1));
      }
    }
    return new Window(
        size,
        integers(attributes.getOrDefault("stride", ones)),
        low,
        high,
        integers(attributes.getOrDefault("input_dilation", ones)),
        integers(attributes.getOrDefault("dilation", ones)));
  }

  private Graph body(String name) {
    Graph body = text.bodies().get(name);
    if (body == null) {
      throw new NndException(text.name() + " wants a graph '" + name + "' below it");
    }
    return body;
  }

  private Reduction reduction() {
    return choice(Reduction.values(), "by");
  }

  private <E> E choice(E[] constants, String name) {
    String word = word(name);
    return Arrays.stream(constants)
        .filter(c -> c.toString().equals(word))
        .findAny()
        .orElseThrow(
            () ->
                new NndException(
                    "%s: %s must be one of %s, got '%s'"
                        .formatted(text.name(), name, Arrays.toString(constants), word)));
  }

  private <T> T attribute(String name, Class<T> type) {
    Object value = text.attributes().get(name);
    if (!type.isInstance(value)) {
      throw new NndException(
          "%s wants the attribute %s=<%s>"
              .formatted(text.name(), name, type.getSimpleName().toLowerCase(Locale.ROOT)));
    }
    return type.cast(value);
  }

  private int integer(String name) {
    return attribute(name, Integer.class);
  }

  private boolean flag(String name) {
    return text.attributes().getOrDefault(name, false).equals(true);
  }

  private String word(String name) {
    return wordOf(attribute(name, Object.class));
  }

  static String wordOf(Object value) {
    return value instanceof Text.Symbol symbol ? symbol.text() : value.toString();
  }

  private List<Dim> dims(String name) {
    return list(attribute(name, List.class), value -> Dim.parse(wordOf(value)));
  }

  private List<Integer> integers(String name) {
    return integers(attribute(name, List.class));
  }

  private List<Integer> integers(String name, List<Integer> usual) {
    return integers(text.attributes().getOrDefault(name, usual));
  }

  private static List<Integer> integers(Object value) {
    if (!(value instanceof List<?> list)) {
      throw new NndException("expected a list of numbers, got " + value);
    }
    return list(list, element -> Integer.valueOf(element.toString()));
  }

  private static <T> List<T> list(List<?> values, Function<Object, T> element) {
    List<T> result = new ArrayList<>();
    values.forEach(value -> result.add(element.apply(value)));
    return result;
  }

  private static List<Integer> all(int value, int count) {
    return Collections.nCopies(count, value);
  }
}
