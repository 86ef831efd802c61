package org.nnd.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;
import org.nnd.ir.TensorType;

/**
 * Named tensors in order: what goes into a layer and what comes out. A single result is called
 * {@code y}.
 */
public final class Tensors {
  private final Map<String, Tensor> tensors;

  private Tensors(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  /** {@return tensors by name, in the order of the map} */
  public static Tensors of(Map<String, Tensor> tensors) {
    return new Tensors(new LinkedHashMap<>(tensors));
  }

  /** {@return a single tensor with a name} */
  public static Tensors of(String name, Tensor tensor) {
    return of(Map.of(name, tensor));
  }

  /** {@return the tensors under the names {@code y}, {@code y1}, {@code y2}, …} */
  public static Tensors of(Tensor first, Tensor... more) {
    Tensors result = of("y", first);
    for (int i = 0; i < more.length; i++) {
      result = result.with("y" + (i + 1), more[i]);
    }
    return result;
  }

  /** {@return these and another tensor} */
  public Tensors with(String name, Tensor tensor) {
    Map<String, Tensor> all = new LinkedHashMap<>(tensors);
    if (all.put(name, tensor) != null) {
      throw new NndException("two tensors are called '" + name + "'");
    }
    return new Tensors(all);
  }

  /** {@return these and others; a name must not be in both} */
  public Tensors with(Tensors others) {
    Tensors result = this;
    for (String name : others.names()) {
      result = result.with(name, others.get(name));
    }
    return result;
  }

  /** {@return the only tensor besides masks} */
  public Tensor one() {
    Tensors main = main();
    if (main.size() != 1) {
      throw new NndException(
          "expected one tensor, got %d%s"
              .formatted(main.size(), main.names().isEmpty() ? "" : " " + main.names()));
    }
    return main.get(0);
  }

  /** {@return the tensor at a position} */
  public Tensor get(int index) {
    if (index < 0 || index >= size()) {
      throw new NndException(
          "expected at least %d tensors, got %d %s".formatted(index + 1, size(), names()));
    }
    return list().get(index);
  }

  /** {@return the tensor of a name; refused where there is none} */
  public Tensor get(String name) {
    return find(name)
        .orElseThrow(
            () -> new NndException("there is no tensor '%s' among %s".formatted(name, names())));
  }

  /** {@return the tensor of a name, if there is one} */
  public Optional<Tensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** {@return how many there are} */
  public int size() {
    return tensors.size();
  }

  /** {@return the names, in order} */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /** {@return the tensors, in order} */
  public List<Tensor> list() {
    return new ArrayList<>(tensors.values());
  }

  /** {@return element types and shapes, in order} */
  public List<TensorType> types() {
    return tensors.values().stream().map(Tensor::type).toList();
  }

  /** {@return those that are not masks} */
  public Tensors main() {
    return filter(false);
  }

  /** {@return those called {@code mask} or {@code …_mask}} */
  public Tensors masks() {
    return filter(true);
  }

  private Tensors filter(boolean masks) {
    Map<String, Tensor> some = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (masks == (name.equals("mask") || name.endsWith("_mask"))) {
            some.put(name, tensor);
          }
        });
    return new Tensors(some);
  }

  @Override
  public String toString() {
    return tensors.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining("\n"));
  }
}
