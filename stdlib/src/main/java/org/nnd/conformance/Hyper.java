package org.nnd.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.nnd.format.Json;
import org.nnd.ir.NndException;

/**
 * The hyper-parameters of a case, as the manifest has them. It remembers which were read: one that
 * nobody reads is one that nobody knows. A value of null counts as not given.
 */
final class Hyper {
  private final Map<String, Object> values;
  private final Set<String> read = new TreeSet<>();

  Hyper(Map<?, ?> values) {
    this.values = new LinkedHashMap<>();
    values.forEach((name, value) -> this.values.put((String) name, value));
  }

  /** {@return the names not read so far} */
  Set<String> unread() {
    Set<String> names = new TreeSet<>(values.keySet());
    names.removeAll(read);
    return names;
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  /** {@return whether it is given as null} */
  boolean isNull(String name) {
    return values.containsKey(name) && find(name).isEmpty();
  }

  /** {@return the value of a name, printed} */
  String print(String name) {
    return Json.compact(values.getOrDefault(name, Optional.empty()));
  }

  void skip(String name) {
    read.add(name);
  }

  Optional<Object> find(String name) {
    read.add(name);
    Object value = values.getOrDefault(name, Optional.empty());
    return value instanceof Optional<?> ? Optional.empty() : Optional.of(value);
  }

  Object get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new NndException(
                    "the hyper-parameter '%s' is missing; given are %s"
                        .formatted(name, values.keySet())));
  }

  OptionalInt findInt(String name) {
    return find(name).isEmpty() ? OptionalInt.empty() : OptionalInt.of(whole(name, get(name)));
  }

  OptionalDouble findReal(String name) {
    return find(name).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(real(name, get(name)));
  }

  int whole(String name, Object value) {
    if (value instanceof Number n && n.doubleValue() == n.intValue()) {
      return n.intValue();
    }
    throw wrong(name, value, "a whole number");
  }

  double real(String name, Object value) {
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    throw wrong(name, value, "a number");
  }

  boolean flag(String name, Object value) {
    if (value instanceof Boolean b) {
      return b;
    }
    throw wrong(name, value, "true or false");
  }

  String text(String name, Object value) {
    if (value instanceof String s) {
      return s;
    }
    throw wrong(name, value, "a text");
  }

  List<Object> list(String name, Object value) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw wrong(name, value, "a list");
  }

  NndException wrong(String name, Object value, String wanted) {
    return new NndException(
        "the hyper-parameter '%s' is %s, expected %s".formatted(name, Json.compact(value), wanted));
  }
}
