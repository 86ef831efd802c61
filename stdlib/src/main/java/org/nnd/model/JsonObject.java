package org.nnd.model;

import java.util.List;
import java.util.Map;
import org.nnd.ir.NndException;

/** An object read from JSON, whose fields have a type or are refused by name. */
public record JsonObject(Map<?, ?> fields, String where) {
  public static JsonObject of(Object value, String where) {
    if (value instanceof Map<?, ?> map) {
      return new JsonObject(map, where);
    }
    throw new NndException("%s: an object was expected, found %s".formatted(where, value));
  }

  public Object get(String name) {
    Object value = fields.get(name);
    if (value == null) {
      throw new NndException("%s: '%s' is missing".formatted(where, name));
    }
    return value;
  }

  public String text(String name) {
    return as(name, String.class, "a text");
  }

  public long whole(String name) {
    return as(name, Long.class, "a whole number");
  }

  public double number(String name) {
    return as(name, Number.class, "a number").doubleValue();
  }

  public List<?> list(String name) {
    return as(name, List.class, "a list");
  }

  public JsonObject object(String name) {
    return of(get(name), where + "." + name);
  }

  private <T> T as(String name, Class<T> type, String what) {
    Object value = get(name);
    if (!type.isInstance(value)) {
      throw new NndException("%s: '%s' should be %s, is %s".formatted(where, name, what, value));
    }
    return type.cast(value);
  }
}
