package org.nnd.onnx.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Literal;
import org.nnd.onnx.ElementType;

/** Constants of the file. */
final class Constants {
  private Constants() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("Constant", scope -> List.of(constant(scope)));
    return all;
  }

  private static Value constant(NodeScope scope) {
    if (scope.hasAttribute("value")) {
      return scope.constant("value");
    }
    if (scope.hasAttribute("sparse_value")) {
      return scope.constant("sparse_value");
    }
    if (scope.hasAttribute("value_float")) {
      float value = (float) scope.real("value_float", 0);
      return Value.Known.of(Literal.of(new float[] {value}, new int[0]));
    }
    if (scope.hasAttribute("value_int")) {
      return Value.Known.of(Literal.of(new long[] {scope.integer("value_int")}, new int[0]));
    }
    if (scope.hasAttribute("value_string")) {
      return new Value.Strings(List.of(scope.text("value_string", "")), new int[0]);
    }
    if (scope.texts("value_strings").isPresent()) {
      List<String> strings = scope.texts("value_strings").get();
      return new Value.Strings(strings, new int[] {strings.size()});
    }
    if (scope.integers("value_ints").isPresent()) {
      long[] longs = scope.integers("value_ints").get().stream().mapToLong(v -> v).toArray();
      return Value.Known.of(Literal.of(longs, longs.length));
    }
    List<Float> reals =
        scope.reals("value_floats").orElseThrow(() -> scope.error("it has no value"));
    double[] values = reals.stream().mapToDouble(v -> v).toArray();
    return new Value.Known(
        Literal.ofDoubles(scope.storage(ElementType.FLOAT), values, values.length),
        ElementType.FLOAT);
  }
}
