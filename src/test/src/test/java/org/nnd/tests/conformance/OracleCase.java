package org.nnd.tests.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Mode;
import org.nnd.format.Json;
import org.nnd.format.Safetensors;
import org.nnd.format.TensorEntry;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** One case of a folder of reference vectors: its entry in the manifest and its tensors. */
record OracleCase(String name, String mode, Map<String, Object> entry, Safetensors tensors) {

  /** {@return the cases of a folder, as its {@code manifest.json} lists them} */
  static List<OracleCase> all(Path folder) {
    List<OracleCase> cases = new ArrayList<>();
    Map<?, ?> manifest = (Map<?, ?>) Json.read(folder.resolve("manifest.json"));
    for (Object item : (List<?>) manifest.get("cases")) {
      Map<String, Object> entry = new LinkedHashMap<>();
      ((Map<?, ?>) item).forEach((key, value) -> entry.put((String) key, value));
      Safetensors tensors = Safetensors.open(folder.resolve((String) entry.get("file")));
      cases.add(
          new OracleCase((String) entry.get("name"), (String) entry.get("mode"), entry, tensors));
    }
    return cases;
  }

  Mode lowering() {
    return mode.equals("eval") ? Mode.INFERENCE : Mode.TRAINING;
  }

  /** {@return the tensors called {@code prefix.NAME}, by NAME} */
  Map<String, Literal> under(String prefix) {
    Map<String, Literal> found = new LinkedHashMap<>();
    for (String tensor : tensors.names()) {
      if (tensor.startsWith(prefix + ".")) {
        found.put(tensor.substring(prefix.length() + 1), literal(tensor));
      }
    }
    return found;
  }

  /** {@return a tensor: f32 or f64 as stored, integers as i32} */
  Literal literal(String tensor) {
    TensorEntry stored = tensors.entry(tensor);
    int[] shape = Arrays.stream(stored.shape()).mapToInt(Math::toIntExact).toArray();
    return switch (stored.type()) {
      case F32 -> Literal.of(tensors.floats(tensor), shape);
      case F64 -> Literal.of(tensors.doubles(tensor), shape);
      default -> Literal.of(tensors.ints(tensor), shape);
    };
  }

  /** {@return parameters and buffers} */
  Map<String, Literal> variables() {
    Map<String, Literal> all = under("p");
    all.putAll(under("b"));
    return all;
  }

  /** {@return the inputs, in the given type where they are floating-point} */
  List<InputSpec> inputs(DType floats) {
    List<InputSpec> specs = new ArrayList<>();
    under("in")
        .forEach(
            (input, value) -> {
              long[] sizes = Arrays.stream(value.shape()).skip(1).asLongStream().toArray();
              DType dtype = value.dtype() == DType.F32 ? floats : value.dtype();
              specs.add(new InputSpec(input, dtype, sizes));
            });
    return specs;
  }

  int batch() {
    return under("in").values().iterator().next().shape()[0];
  }

  /**
   * {@return the absolute error that the manifest tolerates for float32; where it names none, as
   * for running statistics, its rule without the error of the official implementation}
   */
  double atol(String tensor) {
    Object columns = ((Map<?, ?>) entry.get("tolerance")).get(tensor);
    if (columns instanceof List<?> list) {
      return ((Number) list.get(2)).doubleValue();
    }
    double largest = Arrays.stream(literal(tensor).toDoubles()).map(Math::abs).max().orElse(0);
    return Math.max(2e-5 * largest, 1e-7);
  }

  Map<?, ?> hyper() {
    return (Map<?, ?>) entry.get("hyper");
  }

  int number(String hyper) {
    return ((Number) hyper().get(hyper)).intValue();
  }

  int[] numbers(String hyper) {
    return ((List<?>) hyper().get(hyper))
        .stream().mapToInt(value -> ((Number) value).intValue()).toArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
