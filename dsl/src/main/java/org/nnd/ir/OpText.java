package org.nnd.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation as text: name, label, attributes and bodies. What the type of the result or the
 * operands tell is no attribute; neither is a usual value.
 */
record OpText(
    String name,
    Optional<String> label,
    Map<String, Object> attributes,
    Map<String, Graph> bodies) {

  static OpText of(Op op) {
    return switch (op) {
      case Op.Input input -> labelled("input", input.name());
      case Op.Parameter parameter -> labelled("parameter", parameter.name());
      case Op.Constant constant -> named("constant");
      case Op.Iota iota -> named("iota").with("axis", iota.axis());
      case Op.Size size -> named("size").with("dim", dim(size.dim()));
      case Op.Unary unary -> named(unary.function().toString());
      case Op.Binary binary -> named(binary.function().toString());
      case Op.Compare compare -> named("compare").with("is", symbol(compare.comparison()));
      case Op.Select select -> named("select");
      case Op.Convert convert -> named("convert");
      case Op.Bitcast bitcast -> named("bitcast");
      case Op.Reshape reshape -> named("reshape");
      case Op.Transpose t -> named("transpose").with("permutation", t.permutation());
      case Op.Broadcast b -> named("broadcast").unless(List.of(), "axes", b.axes());
      case Op.Slice slice ->
          named("slice")
              .with("start", dims(slice.start()))
              .with("limit", dims(slice.limit()))
              .unless(all(1, slice.stride()), "stride", slice.stride());
      case Op.Pad pad ->
          named("pad")
              .with("low", dims(pad.low()))
              .with("high", dims(pad.high()))
              .unless(all(0, pad.interior()), "interior", pad.interior())
              .with("value", pad.value());
      case Op.Concatenate c -> named("concatenate").with("axis", c.axis());
      case Op.Reverse reverse -> named("reverse").with("axes", reverse.axes());
      case Op.Reduce reduce ->
          named("reduce").with("by", symbol(reduce.reduction())).with("axes", reduce.axes());
      case Op.ArgReduce arg ->
          named("arg_reduce").with("by", symbol(arg.reduction())).with("axis", arg.axis());
      case Op.ReduceWindow reduce ->
          named("reduce_window")
              .with("by", symbol(reduce.reduction()))
              .with(window(reduce.window(), true));
      case Op.Cumulative c ->
          named("cumulative")
              .with("by", symbol(c.reduction()))
              .with("axis", c.axis())
              .unless(false, "reverse", c.reverse());
      case Op.Dot dot ->
          named("dot")
              .unless(List.of(), "left_batch", dot.leftBatch())
              .unless(List.of(), "right_batch", dot.rightBatch())
              .with("left_contracting", dot.leftContracting())
              .with("right_contracting", dot.rightContracting());
      case Op.Convolution c ->
          named("convolution")
              .with(window(c.window(), false))
              .unless(dim(Dim.ONE), "feature_groups", dim(c.featureGroups()))
              .unless(dim(Dim.ONE), "batch_groups", dim(c.batchGroups()));
      case Op.Gather gather -> named("gather").with("axis", gather.axis());
      case Op.ScatterAdd scatter ->
          named("scatter_add")
              .with("axis", scatter.axis())
              .unless(false, "unique", scatter.unique());
      case Op.ArgSort sort ->
          named("arg_sort")
              .with("axis", sort.axis())
              .unless(false, "descending", sort.descending());
      case Op.TopK top -> named("top_k").with("k", top.k());
      case Op.Fft fft -> named("fft").unless(false, "inverse", fft.inverse());
      case Op.RandomBits bits ->
          named("random_bits").with("stream", bits.stream()).with("use", bits.use());
      case Op.Scan scan ->
          named("scan")
              .with("carries", scan.carries())
              .unless(0, "sequences", scan.sequences())
              .with("length", scan.length())
              .unless(false, "reverse", scan.reverse())
              .body("body", scan.body());
      case Op.While loop ->
          named("while").body("condition", loop.condition()).body("body", loop.body());
      case Op.Cond cond ->
          named("cond").body("then", cond.then()).body("otherwise", cond.otherwise());
      case Op.GetResult result -> named("get_result").with("index", result.index());
      case Op.StopGradient stop -> named("stop_gradient");
      case Op.Barrier barrier -> named("barrier").with("tag", barrier.tag());
      case Op.Custom custom ->
          labelled("custom", custom.code().name())
              .with(custom.code().attributes())
              .body("gradient", custom.gradient())
              .body("reference", custom.reference());
      case Op.Composite composite ->
          labelled("composite", composite.name())
              .with(composite.attributes())
              .body("body", composite.body());
    };
  }

  /** The attributes of a window. */
  static Map<String, Object> window(Window window, boolean withSize) {
    List<Object> padding = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      padding.add(List.of(window.low().get(i), window.high().get(i)));
    }
    Object none = Collections.nCopies(window.rank(), List.of(0, 0));
    return (withSize ? named("window").with("size", window.size()) : named("window"))
        .unless(all(1, window.stride()), "stride", window.stride())
        .unless(none, "padding", padding)
        .unless(all(1, window.inputDilation()), "input_dilation", window.inputDilation())
        .unless(all(1, window.dilation()), "dilation", window.dilation())
        .attributes();
  }

  private static OpText named(String name) {
    return new OpText(name, Optional.empty(), Map.of(), Map.of());
  }

  private static OpText labelled(String name, String label) {
    return new OpText(name, Optional.of(label), Map.of(), Map.of());
  }

  private static Text.Symbol symbol(Enum<?> constant) {
    return new Text.Symbol(constant.toString());
  }

  private static Object dim(Dim dim) {
    return new Text.Symbol(dim.toString());
  }

  private static List<Object> dims(List<Dim> dims) {
    return dims.stream().map(OpText::dim).toList();
  }

  private static List<Integer> all(int value, List<Integer> like) {
    return Collections.nCopies(like.size(), value);
  }

  private OpText with(Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(attributes);
    all.putAll(more);
    return new OpText(name, label, all, bodies);
  }

  private OpText with(String key, Object value) {
    return with(Map.of(key, value));
  }

  private OpText unless(Object usual, String key, Object value) {
    return value.equals(usual) ? this : with(key, value);
  }

  private OpText body(String key, Optional<Graph> body) {
    return body.map(graph -> body(key, graph)).orElse(this);
  }

  private OpText body(String key, Graph body) {
    Map<String, Graph> all = new LinkedHashMap<>(bodies);
    all.put(key, body);
    return new OpText(name, label, attributes, all);
  }
}
