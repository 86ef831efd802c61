package org.nnd.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nnd.ir.NndException;

/**
 * Collects tensors and writes them as one safetensors file. The order in the file is that of the
 * format's own writer, wide types first and then by name, whatever the order of adding: the same
 * tensors give the same bytes. Arrays are not copied before they are written.
 */
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 20;

  private final Map<String, StoredTensor> tensors = new TreeMap<>();
  private final Map<String, String> metadata = new TreeMap<>();

  SafetensorsWriter() {}

  /** Stores as F32. */
  public SafetensorsWriter add(String name, int[] shape, float[] values) {
    return add(name, StorageType.F32, shape, values);
  }

  /** Stores as {@code type}: F32, F16 or BF16, rounded to the nearest with ties to even. */
  public SafetensorsWriter add(String name, StorageType type, int[] shape, float[] values) {
    switch (type) {
      case F32, F16, BF16 -> put(name, type, shape, values);
      default ->
          throw new NndException(
              "tensor '%s': floats are stored as F32, F16 or BF16, not as %s"
                  .formatted(name, type));
    }
    return this;
  }

  /** Stores as F64. */
  public SafetensorsWriter add(String name, int[] shape, double[] values) {
    return put(name, StorageType.F64, shape, values);
  }

  /** Stores as I32. */
  public SafetensorsWriter add(String name, int[] shape, int[] values) {
    return put(name, StorageType.I32, shape, values);
  }

  /** Stores as I64. */
  public SafetensorsWriter add(String name, int[] shape, long[] values) {
    return put(name, StorageType.I64, shape, values);
  }

  /** Stores as U8. */
  public SafetensorsWriter add(String name, int[] shape, byte[] values) {
    return add(name, StorageType.U8, shape, values);
  }

  /** Stores bytes that are elements of {@code type}, little-endian, as they are. */
  public SafetensorsWriter add(String name, StorageType type, int[] shape, byte[] values) {
    if (type == StorageType.BOOL) {
      throw new NndException("tensor '%s': BOOL is stored from booleans".formatted(name));
    }
    return put(name, type, shape, values);
  }

  /** Stores as BOOL. */
  public SafetensorsWriter add(String name, int[] shape, boolean[] values) {
    return put(name, StorageType.BOOL, shape, values);
  }

  /** A text for the header. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Writes the file beside {@code path} and renames it.
   *
   * @throws NndException where it cannot be written
   */
  public void write(Path path) {
    List<Map.Entry<String, StoredTensor>> order = new ArrayList<>(tensors.entrySet());
    Comparator<Map.Entry<String, StoredTensor>> wideFirst =
        Comparator.comparing(e -> -e.getValue().type().bits());
    order.sort(wideFirst.thenComparing(Map.Entry::getKey));
    byte[] header = header(order);
    if (header.length > Safetensors.LONGEST_HEADER) {
      throw new NndException(
          "%s: the header takes %d bytes, the format allows %d"
              .formatted(path, header.length, Safetensors.LONGEST_HEADER));
    }
    AtomicFile.write(
        path,
        channel -> {
          ByteBuffer out = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
          out.putLong(header.length).flip();
          drain(out, channel);
          drain(ByteBuffer.wrap(header), channel);
          for (Map.Entry<String, StoredTensor> e : order) {
            write(e.getValue(), out, channel);
          }
        });
  }

  private SafetensorsWriter put(String name, StorageType type, int[] shape, Object array) {
    if (name.equals("__metadata__")) {
      throw new NndException("a tensor cannot be called __metadata__: the format keeps that name");
    }
    if (tensors.put(name, StoredTensor.of(name, type, shape, array)) != null) {
      throw new NndException("tensor '" + name + "' was added twice");
    }
    return this;
  }

  private byte[] header(List<Map.Entry<String, StoredTensor>> order) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      json.put("__metadata__", metadata);
    }
    long offset = 0;
    for (Map.Entry<String, StoredTensor> e : order) {
      StoredTensor t = e.getValue();
      long end = offset + t.bytes();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", t.type().name());
      entry.put("shape", java.util.Arrays.stream(t.shape()).boxed().toList());
      entry.put("data_offsets", List.of(offset, end));
      json.put(e.getKey(), entry);
      offset = end;
    }
    String text = Json.compact(json);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    // Spaces up to a multiple of 8 keep the data aligned.
    return (text + " ".repeat(-length & 7)).getBytes(StandardCharsets.UTF_8);
  }

  private static void write(StoredTensor t, ByteBuffer out, FileChannel channel)
      throws IOException {
    int step = CHUNK / 8;
    for (int from = 0; from < t.length(); from += step) {
      out.clear();
      t.encode(from, Math.min(t.length(), from + step), out);
      out.flip();
      drain(out, channel);
    }
  }

  private static void drain(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
