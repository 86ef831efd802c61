package org.nnd.onnx.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nnd.onnx.OnnxAttribute;

/** The values of one graph's names, within those of the graphs around it. */
final class Frame {
  private final Optional<Frame> outer;
  private final Map<String, OnnxAttribute> attributes;
  private final Map<String, Long> opsets;
  private final long stream;
  private final Map<String, Value> values = new HashMap<>();
  private int calls;

  private Frame(
      Optional<Frame> outer,
      Map<String, OnnxAttribute> attributes,
      Map<String, Long> opsets,
      long stream) {
    this.outer = outer;
    this.attributes = attributes;
    this.opsets = opsets;
    this.stream = stream;
  }

  static Frame outermost(Map<String, Long> opsets) {
    return new Frame(Optional.empty(), Map.of(), opsets, 1);
  }

  /** {@return the frame of a graph that sees this one's names, another one for each call} */
  Frame inner() {
    return new Frame(Optional.of(this), attributes, opsets, stream * 31 + ++calls);
  }

  /**
   * {@return the frame of a function's body, which sees only its arguments}
   *
   * @param given the attributes of the call
   */
  Frame function(Map<String, OnnxAttribute> given, Map<String, Long> versions, long callStream) {
    Map<String, Long> all = new HashMap<>(opsets);
    all.putAll(versions);
    return new Frame(Optional.empty(), given, all, callStream);
  }

  /** {@return a number that tells apart the frames of one import} */
  long stream() {
    return stream;
  }

  /** {@return the version of a set of operators} */
  long opset(String domain) {
    return opsets.getOrDefault(domain, 1L);
  }

  void put(String name, Value value) {
    values.put(name, value);
  }

  boolean defines(String name) {
    return values.containsKey(name);
  }

  Value get(String name) {
    Frame frame = this;
    while (!frame.values.containsKey(name)) {
      frame =
          frame.outer.orElseThrow(
              () -> new IllegalStateException("the reader let an unknown name pass: " + name));
    }
    return frame.values.get(name);
  }

  /** {@return an attribute of the call of the function whose body this is} */
  Optional<OnnxAttribute> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
