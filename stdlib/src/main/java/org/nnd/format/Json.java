package org.nnd.format;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.NndException;

/**
 * JSON (RFC 8259) as plain Java values: {@code Map<String, Object>} in the order of the text,
 * {@code List<Object>}, {@code String}, {@code Boolean}, {@code Long} for whole numbers that fit,
 * else {@code Double}; null is {@code Optional.empty()}. A name that appears twice and text after
 * the value are refused.
 */
public final class Json {
  private Json() {}

  /**
   * @param source what the text came from, for the message of an error
   * @throws NndException where the text is not JSON, with line and column
   */
  public static Object parse(String text, String source) {
    try (JsonReader in = new JsonReader(new StringReader(text))) {
      in.setStrictness(Strictness.STRICT);
      Object value = value(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new NndException("text after the value");
      }
      return value;
    } catch (NndException e) {
      throw new NndException(source + ": " + e.getMessage(), e);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new NndException(source + ": not valid JSON: " + reason(e), e);
    }
  }

  /** Gson's message without its advice to its own callers. */
  static String reason(Exception e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.replaceFirst("^Use JsonReader.* to accept ", "");
  }

  /** Reads a file of UTF-8 text. */
  public static Object read(Path path) {
    try {
      return parse(Files.readString(path), path.toString());
    } catch (IOException e) {
      throw new NndException("%s: cannot be read: %s".formatted(path, AtomicFile.reason(e)), e);
    }
  }

  /** The text of a value on indented lines; maps in their own order. */
  public static String text(Object value) {
    return print(value, "  ") + "\n";
  }

  /** The text of a value without spaces. */
  public static String compact(Object value) {
    return print(value, "");
  }

  /** Writes {@link #text} beside the file and renames it. */
  public static void write(Path path, Object value) {
    byte[] bytes = text(value).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        path,
        channel -> {
          ByteBuffer left = ByteBuffer.wrap(bytes);
          while (left.hasRemaining()) {
            channel.write(left);
          }
        });
  }

  private static Object value(JsonReader in) throws IOException {
    return switch (in.peek()) {
      case BEGIN_OBJECT -> object(in);
      case BEGIN_ARRAY -> array(in);
      case STRING -> in.nextString();
      case BOOLEAN -> in.nextBoolean();
      case NUMBER -> number(in.nextString(), in.getPath());
      case NULL -> {
        in.nextNull();
        yield Optional.empty();
      }
      case NAME, END_ARRAY, END_OBJECT, END_DOCUMENT ->
          throw new NndException("a value was expected at " + in.getPath());
    };
  }

  private static Map<String, Object> object(JsonReader in) throws IOException {
    Map<String, Object> out = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (out.put(name, value(in)) != null) {
        throw new NndException("'" + name + "' appears twice at " + in.getPath());
      }
    }
    in.endObject();
    return Collections.unmodifiableMap(out);
  }

  private static List<Object> array(JsonReader in) throws IOException {
    List<Object> out = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      out.add(value(in));
    }
    in.endArray();
    return Collections.unmodifiableList(out);
  }

  private static Object number(String text, String where) {
    if (text.matches("-?[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NndException("the number %s at %s is too large".formatted(text, where));
    }
    return value;
  }

  private static String print(Object value, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter out = new JsonWriter(text)) {
      out.setIndent(indent);
      out.setHtmlSafe(false);
      print(value, out, "$");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void print(Object value, JsonWriter out, String where) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        out.beginObject();
        for (Map.Entry<?, ?> e : map.entrySet()) {
          out.name((String) e.getKey());
          print(e.getValue(), out, where + "." + e.getKey());
        }
        out.endObject();
      }
      case Iterable<?> list -> {
        out.beginArray();
        int i = 0;
        for (Object o : list) {
          print(o, out, where + "[" + i++ + "]");
        }
        out.endArray();
      }
      case String s -> out.value(s);
      case Boolean b -> out.value(b);
      case Optional<?> o when o.isEmpty() -> out.nullValue();
      case Number n when !Double.isFinite(n.doubleValue()) ->
          throw new NndException("%s at %s has no form in JSON".formatted(n, where));
      case Number n -> out.value(n);
      default ->
          throw new NndException(
              "%s at %s has no form in JSON".formatted(value.getClass().getName(), where));
    }
  }
}
