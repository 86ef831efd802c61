package org.nnd.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.dsl.CustomKernel;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Site;
import org.nnd.dsl.Traced;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * Descriptions as JSON: a record is an object with its components and, under {@code is}, its name,
 * such as {@code layers.Conv}. Only records of NND's own packages of layers are read, made by their
 * canonical constructors, which check their components: a file can name no other class.
 */
final class Descriptions {
  /** Packages whose records, and those of packages within, are descriptions; by names in files. */
  private static final Map<String, String> PACKAGES =
      Map.of("dsl", "org.nnd.dsl", "layers", "org.nnd.layers", "zoo", "org.nnd.zoo");

  private static final String IS = "is";

  /** What no file may hold: it would run. */
  private static final Set<Class<?>> CODE = Set.of(Traced.class, CustomKernel.class);

  private Descriptions() {}

  /**
   * {@return a network as JSON}
   *
   * @throws NndException if it contains code, or records of a user's own
   */
  static Object toJson(Layer network) {
    return write(network);
  }

  /**
   * {@return the network that a JSON value describes}
   *
   * @throws NndException if it is no description, or one that this version does not know
   */
  static Layer fromJson(Object json) {
    return (Layer) read(json, Layer.class, "network");
  }

  // Writing.

  private static Object write(Object value) {
    return switch (value) {
      case Traced traced -> throw code("layer", traced.name(), traced.site());
      case CustomKernel kernel -> throw code("kernel", kernel.name(), kernel.site());
      case Literal literal -> literal(literal);
      case Record record -> record(record);
      case Enum<?> constant -> constant.name();
      case Optional<?> maybe -> maybe.stream().map(Descriptions::write).toList();
      case List<?> list -> list.stream().map(Descriptions::write).toList();
      case Double number when !Double.isFinite(number) -> number.toString();
      case Number number -> number;
      case String text -> text;
      case Boolean flag -> flag;
      default ->
          throw new NndException(
              "a description cannot hold a "
                  + value.getClass().getName()
                  + "; save the weights"
                  + " alone with saveWeights");
    };
  }

  private static NndException code(String kind, String name, Site site) {
    return new NndException(
        "%s(\"%s\", …)%s is code, which a file cannot hold; save the weights alone"
                .formatted(kind, name, site.clause())
            + " with saveWeights and describe the network in a script");
  }

  private static Map<String, Object> record(Record record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(IS, name(record.getClass()));
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      json.put(component.getName(), write(get(record, component)));
    }
    return json;
  }

  private static String name(Class<?> type) {
    for (Map.Entry<String, String> known : PACKAGES.entrySet()) {
      if ((type.getPackageName() + ".").startsWith(known.getValue() + ".")) {
        return known.getKey() + type.getName().substring(known.getValue().length());
      }
    }
    throw new NndException(
        "%s is a layer of your own, whose description cannot be saved in a file; save the weights"
                .formatted(type.getSimpleName())
            + " alone with saveWeights and describe the network in a script");
  }

  private static Object get(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(record.getClass().getName(), e);
    }
  }

  private static Map<String, Object> literal(Literal literal) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dtype", literal.dtype().toString());
    json.put("shape", Arrays.stream(literal.shape()).boxed().toList());
    json.put("values", Arrays.stream(literal.toDoubles()).mapToObj(Descriptions::write).toList());
    return json;
  }

  // Reading.

  private static Object read(Object json, Type type, String where) {
    Class<?> raw = (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
    if (raw == List.class && json instanceof List<?> list) {
      Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
      List<Object> elements = new ArrayList<>();
      for (Object value : list) {
        elements.add(read(value, element, where + "[" + elements.size() + "]"));
      }
      return elements;
    }
    if (raw == Optional.class && json instanceof List<?> list && list.size() <= 1) {
      Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
      return list.stream().map(value -> read(value, element, where)).findFirst();
    }
    Optional<Object> value = scalar(json, raw);
    if (value.isPresent()) {
      return value.get();
    }
    if (raw == Literal.class) {
      return literal(JsonObject.of(json, where));
    }
    if (json instanceof Map<?, ?>) {
      return record(JsonObject.of(json, where), raw);
    }
    throw new NndException(
        "%s: a %s was expected, found %s".formatted(where, raw.getSimpleName(), json));
  }

  /** A number, text, flag or constant as its Java type; empty if it is none of them. */
  private static Optional<Object> scalar(Object json, Class<?> type) {
    return switch (json) {
      case Long whole when type == long.class || type == Long.class -> Optional.of(whole);
      case Long whole
          when (type == int.class || type == Integer.class) && whole == whole.intValue() ->
          Optional.of(whole.intValue());
      case Number number when type == double.class || type == Double.class ->
          Optional.of(number.doubleValue());
      case String text
          when (type == double.class || type == Double.class) && text.matches("-?Infinity|NaN") ->
          Optional.of(Double.valueOf(text));
      case Boolean flag when type == boolean.class || type == Boolean.class -> Optional.of(flag);
      case String text when type == String.class -> Optional.of(text);
      case String text when type.isEnum() ->
          Arrays.stream(type.getEnumConstants())
              .filter(constant -> ((Enum<?>) constant).name().equals(text))
              .map(Object.class::cast)
              .findFirst();
      default -> Optional.empty();
    };
  }

  private static Literal literal(JsonObject json) {
    int[] shape =
        json.list("shape").stream().mapToInt(size -> ((Number) size).intValue()).toArray();
    double[] values =
        json.list("values").stream()
            .mapToDouble(v -> (double) read(v, double.class, json.where() + ".values"))
            .toArray();
    return Literal.ofDoubles(DType.parse(json.text("dtype")), values, shape);
  }

  private static Object record(JsonObject json, Class<?> wanted) {
    Class<?> type = type(json.text(IS), json.where());
    if (!wanted.isAssignableFrom(type)) {
      throw new NndException(
          "%s: a %s was expected, found %s"
              .formatted(json.where(), wanted.getSimpleName(), json.text(IS)));
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] =
          read(
              json.get(components[i].getName()),
              components[i].getGenericType(),
              json.where() + "." + components[i].getName());
    }
    return make(type, types, values, json.where());
  }

  private static Class<?> type(String name, String where) {
    int dot = name.indexOf('.');
    String known = dot < 0 ? null : PACKAGES.get(name.substring(0, dot));
    if (known != null && name.substring(dot + 1).matches("(\\w+\\.)*\\w+(\\$\\w+)*")) {
      try {
        Class<?> type =
            Class.forName(known + name.substring(dot), false, Descriptions.class.getClassLoader());
        if (type.isRecord() && !CODE.contains(type)) {
          return type;
        }
      } catch (ClassNotFoundException e) {
        // Said below.
      }
    }
    throw new NndException("%s: this version of NND knows no layer '%s'".formatted(where, name));
  }

  private static Object make(Class<?> type, Class<?>[] types, Object[] values, String where) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new NndException("%s: %s".formatted(where, e.getCause().getMessage()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }
}
