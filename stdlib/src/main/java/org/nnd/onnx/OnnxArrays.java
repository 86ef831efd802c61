package org.nnd.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Literal;
import org.nnd.onnx.imports.Value;

/** Values of inputs and outputs as arrays by name, as {@code .npz} files have them. */
public final class OnnxArrays {
  private OnnxArrays() {}

  /**
   * {@return arrays as the values of inputs or outputs: by their names, or, where no array has the
   * name of one, by {@code prefix} and number}
   *
   * @param prefix {@code in} or {@code out}
   */
  public static Map<String, Value> values(
      Map<String, Literal> arrays, List<OnnxGraph.Port> ports, String prefix) {
    Map<String, Value> numbered = new LinkedHashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      Literal array = arrays.get(prefix + i);
      if (array != null) {
        numbered.put(ports.get(i).name(), Value.Known.of(array));
      }
    }
    Map<String, Value> named = new LinkedHashMap<>();
    arrays.forEach((name, array) -> named.put(name, Value.Known.of(array)));
    boolean isNamed = ports.stream().anyMatch(port -> arrays.containsKey(port.name()));
    return isNamed || numbered.isEmpty() ? named : numbered;
  }

  /** {@return outputs as arrays by name; elements of sequences have their number behind a dot} */
  public static Map<String, Literal> arrays(Map<String, Value> outputs) {
    Map<String, Literal> arrays = new LinkedHashMap<>();
    outputs.forEach((name, value) -> collect(name, value, arrays));
    return arrays;
  }

  private static void collect(String name, Value value, Map<String, Literal> arrays) {
    switch (value) {
      case Value.Known known -> arrays.put(name, known.literal());
      case Value.Sequence sequence -> {
        for (int i = 0; i < sequence.elements().size(); i++) {
          collect(name + "." + i, sequence.elements().get(i), arrays);
        }
      }
      case Value.Symbolic symbolic -> throw new IllegalStateException("not computed: " + name);
      // An array file holds numbers; nothing stands for nothing.
      case Value.Strings strings -> {}
      case Value.Absent absent -> {}
    }
  }
}
