package org.nnd.format;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.NndException;

/**
 * The JSON in front of a safetensors file, read and checked: every tensor once, of a known type,
 * its bytes as many as type and shape say, and all tensors together filling the rest of the file
 * without overlap, gap or remainder.
 *
 * @param tensors by name, in the order of the header
 */
record SafetensorsHeader(Map<String, TensorEntry> tensors, Map<String, String> metadata) {

  /**
   * @param dataLength the number of bytes behind the header
   * @throws NndException what is wrong; the caller adds the name of the file
   */
  static SafetensorsHeader parse(String json, long dataLength) {
    if (!json.startsWith("{")) {
      throw new NndException("the header does not begin with '{': not a safetensors file?");
    }
    try (JsonReader in = new JsonReader(new StringReader(json))) {
      in.setStrictness(Strictness.STRICT);
      SafetensorsHeader header = read(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new NndException("the header goes on after its JSON object");
      }
      header.checkLayout(dataLength);
      return header;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new NndException("the header is not valid JSON: " + Json.reason(e), e);
    }
  }

  private static SafetensorsHeader read(JsonReader in) throws IOException {
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    Optional<Map<String, String>> metadata = Optional.empty();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (name.equals("__metadata__")) {
        if (metadata.isPresent()) {
          throw new NndException("__metadata__ appears twice");
        }
        metadata = Optional.of(metadata(in));
      } else if (tensors.put(name, tensor(in, name)) != null) {
        throw wrong(name, "appears twice");
      }
    }
    in.endObject();
    return new SafetensorsHeader(Collections.unmodifiableMap(tensors), metadata.orElse(Map.of()));
  }

  private static Map<String, String> metadata(JsonReader in) throws IOException {
    Map<String, String> out = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String key = in.nextName();
      if (in.peek() != JsonToken.STRING) {
        throw new NndException("__metadata__: the value of '" + key + "' is not a string");
      }
      if (out.put(key, in.nextString()) != null) {
        throw new NndException("__metadata__: '" + key + "' appears twice");
      }
    }
    in.endObject();
    return Collections.unmodifiableMap(out);
  }

  private static TensorEntry tensor(JsonReader in, String name) throws IOException {
    Map<String, Object> parts = new LinkedHashMap<>();
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      throw wrong(name, "is described by a %s, expected an object".formatted(in.peek()));
    }
    in.beginObject();
    while (in.hasNext()) {
      String part = in.nextName();
      Object value =
          switch (part) {
            case "dtype" -> type(in, name);
            case "shape", "data_offsets" -> numbers(in, name, part);
            default ->
                throw wrong(
                    name, "unknown part '" + part + "', expected dtype, shape, data_offsets");
          };
      if (parts.put(part, value) != null) {
        throw wrong(name, "'" + part + "' appears twice");
      }
    }
    in.endObject();
    if (parts.size() != 3) {
      throw wrong(name, "has " + parts.keySet() + ", expected dtype, shape, data_offsets");
    }
    return entry(
        name,
        (StorageType) parts.get("dtype"),
        (long[]) parts.get("shape"),
        (long[]) parts.get("data_offsets"));
  }

  private static StorageType type(JsonReader in, String name) throws IOException {
    String dtype = in.peek() == JsonToken.STRING ? in.nextString() : in.peek().toString();
    return StorageType.named(dtype)
        .orElseThrow(
            () ->
                wrong(
                    name,
                    "unknown dtype '%s', expected one of %s"
                        .formatted(dtype, Arrays.toString(StorageType.values()))));
  }

  private static long[] numbers(JsonReader in, String name, String part) throws IOException {
    List<Long> out = new ArrayList<>();
    if (in.peek() != JsonToken.BEGIN_ARRAY) {
      throw wrong(name, "%s is a %s, expected an array".formatted(part, in.peek()));
    }
    in.beginArray();
    while (in.hasNext()) {
      String text = in.peek() == JsonToken.NUMBER ? in.nextString() : in.peek().toString();
      if (!text.matches("0|[1-9][0-9]{0,17}")) {
        throw wrong(name, "%s holds %s, expected numbers from 0 up".formatted(part, text));
      }
      out.add(Long.parseLong(text));
    }
    in.endArray();
    return out.stream().mapToLong(Long::longValue).toArray();
  }

  private static TensorEntry entry(String name, StorageType type, long[] shape, long[] offsets) {
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw wrong(
          name, "data_offsets %s, expected [begin, end]".formatted(Arrays.toString(offsets)));
    }
    long expected;
    try {
      long elements = 1;
      for (long size : shape) {
        elements = Math.multiplyExact(elements, size);
      }
      expected = type.bytes(elements);
    } catch (ArithmeticException e) {
      throw wrong(name, "shape %s is too large".formatted(Arrays.toString(shape)));
    } catch (NndException e) {
      throw wrong(name, e.getMessage());
    }
    if (offsets[1] - offsets[0] != expected) {
      throw wrong(
          name,
          "%s%s takes %d bytes, data_offsets %s give it %d"
              .formatted(
                  type,
                  Arrays.toString(shape),
                  expected,
                  Arrays.toString(offsets),
                  offsets[1] - offsets[0]));
    }
    return new TensorEntry(name, type, shape, offsets[0], offsets[1]);
  }

  /** {@return the tensors in the order of their bytes} */
  List<TensorEntry> inOrder() {
    List<TensorEntry> ordered = new ArrayList<>(tensors.values());
    ordered.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
    return ordered;
  }

  private void checkLayout(long dataLength) {
    long end = 0;
    String before = "the header";
    for (TensorEntry entry : inOrder()) {
      if (entry.begin() < end) {
        throw wrong(entry.name(), "overlaps with " + before);
      }
      if (entry.begin() > end) {
        throw wrong(
            entry.name(), "%d unused bytes after %s".formatted(entry.begin() - end, before));
      }
      if (entry.end() > dataLength) {
        throw wrong(
            entry.name(),
            "ends at byte %d, the file holds only %d bytes of data: cut off?"
                .formatted(entry.end(), dataLength));
      }
      end = entry.end();
      before = "tensor '" + entry.name() + "'";
    }
    if (end != dataLength) {
      throw new NndException("%d bytes after the last tensor".formatted(dataLength - end));
    }
  }

  private static NndException wrong(String tensor, String what) {
    return new NndException("tensor '" + tensor + "': " + what);
  }
}
