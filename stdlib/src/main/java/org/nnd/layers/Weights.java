package org.nnd.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.dsl.Paths;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** Variables by path while they are being merged; arithmetic on them is in double precision. */
final class Weights {
  private final Map<String, Literal> values;

  Weights(Map<String, Literal> values) {
    this.values = new LinkedHashMap<>(values);
  }

  Map<String, Literal> values() {
    return values;
  }

  /** Multiplies masked weights by their masks, which are forgotten. */
  void applyMasks() {
    for (String mask : List.copyOf(values.keySet())) {
      String name = mask.substring(0, Math.max(0, mask.length() - Sparse.SUFFIX.length()));
      if (mask.endsWith(Sparse.SUFFIX) && values.containsKey(name)) {
        Literal weight = values.get(name);
        double[] product = weight.toDoubles();
        double[] factors = values.remove(mask).toDoubles();
        for (int i = 0; i < product.length; i++) {
          product[i] *= factors[i];
        }
        put(name, "", product, weight, weight.shape());
      }
    }
  }

  Literal get(String path, String name) {
    return find(path, name)
        .orElseThrow(
            () -> new NndException("merge: there are no weights '" + Paths.join(path, name) + "'"));
  }

  Optional<Literal> find(String path, String name) {
    return Optional.ofNullable(values.get(Paths.join(path, name)));
  }

  double[] vector(String path, String name) {
    return get(path, name).toDoubles();
  }

  void remove(String path, String... names) {
    for (String name : names) {
      values.remove(Paths.join(path, name));
    }
  }

  /** Stores doubles as f32, or as f64 where {@code like} is. */
  void put(String path, String name, double[] value, Literal like, int... shape) {
    DType dtype = like.dtype() == DType.F64 ? DType.F64 : DType.F32;
    values.put(Paths.join(path, name), Literal.ofDoubles(dtype, value, shape));
  }
}
