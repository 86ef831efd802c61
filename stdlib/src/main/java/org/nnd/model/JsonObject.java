package org.nnd.model;

import java.util.List;
import java.util.Map;
import org.nnd.ir.NndException;

/** An object read from JSON, whose fields have a type or are refused by name. */
public record JsonObject(Map<?, ?> fields, String where) {
  /** {@return parsed JSON as an object; refused with {@code where} if it is none} */
  public static JsonObject of(Object value, String where) {
    if (value instanceof Map<?, ?> map) {
      return new JsonObject(map, where);
    }
    throw new NndException("%s: an object was expected, found %s".formatted(where, value));
  }

  /** {@return the value of a name; refused where there is none} */
  public Object get(String name) {
    Object value = fields.get(name);
    if (value == null) {
      throw new NndException("%s: '%s' is missing".formatted(where, name));
    }
    return value;
  }

  /** {@return a value that is a text} */
  public String text(String name) {
    return as(name, String.class, "a text");
  }

  /** {@return a value that is a whole number} */
  public long whole(String name) {
    return as(name, Long.class, "a whole number");
  }

  /** {@return a value that is a number} */
  public double number(String name) {
    return as(name, Number.class, "a number").doubleValue();
  }

  /** {@return a value that is a list} */
  public List<?> list(String name) {
    return as(name, List.class, "a list");
  }

  /** {@return a value that is an object} */
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
