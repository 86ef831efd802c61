package org.nnd.onnx;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Literal;
import org.nnd.onnx.imports.Value;

/** Values of inputs and outputs as arrays by name, as {@code .npz} files have them. */
public final class OnnxArrays {
  private OnnxArrays() {}

  /** How arrays say which inputs or outputs they are. */
  public enum Naming {
    /** By their names, or, where no array has the name of one, by number. */
    NAMES,
    /**
     * As {@code in0, in1, ...} and {@code out0, out1, ...}, whatever the names of the graph are.
     */
    NUMBERS
  }

  /**
   * {@return arrays as the values of inputs or outputs; those that are none keep their names}
   *
   * @param prefix {@code in} or {@code out}
   */
  public static Map<String, Value> values(
      Map<String, Literal> arrays, List<OnnxGraph.Port> ports, String prefix, Naming naming) {
    List<String> names = ports.stream().map(OnnxGraph.Port::name).toList();
    boolean numbered =
        switch (naming) {
          case NAMES ->
              names.stream().noneMatch(arrays::containsKey) && arrays.containsKey(prefix + 0);
          case NUMBERS -> true;
        };
    Map<String, String> renamed = new HashMap<>();
    for (int i = 0; numbered && i < names.size(); i++) {
      renamed.put(prefix + i, names.get(i));
    }
    Map<String, Value> values = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> values.put(renamed.getOrDefault(name, name), Value.Known.of(array)));
    return values;
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
