package org.nnd.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.NndException;

/**
 * A safetensors file, mapped into memory: opening reads the header only, and a tensor's bytes are
 * read when it is asked for. Every error names the file and the tensor. Safe to use from several
 * threads; nothing has to be closed. The file must not be changed in place while it is open;
 * replacing it is fine.
 *
 * <p>Format: 8 bytes little-endian length of the header, the header in JSON, then the tensors,
 * little-endian in C order (huggingface.co/docs/safetensors).
 */
public final class Safetensors {
  /** The format's limit on the header, 100 MB: what is longer is damaged or hostile. */
  static final long LONGEST_HEADER = 100_000_000;

  private static final String TOO_LARGE = "its bytes are more than the 2 GiB that can be read here";

  private final Path path;
  private final SafetensorsHeader header;
  private final Map<String, ByteBuffer> data;

  private Safetensors(Path path, SafetensorsHeader header, Map<String, ByteBuffer> data) {
    this.path = path;
    this.header = header;
    this.data = data;
  }

  /**
   * Opens a file and checks all of its header.
   *
   * @throws NndException where the file cannot be read or breaks a rule of the format
   */
  public static Safetensors open(Path path) {
    WholeFile.check(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long length = channel.size();
      long headerLength = headerLength(channel, length);
      String json = text(channel.map(FileChannel.MapMode.READ_ONLY, 8, headerLength));
      long begin = 8 + headerLength;
      SafetensorsHeader header = SafetensorsHeader.parse(json, length - begin);
      return new Safetensors(path, header, map(channel, begin, header));
    } catch (NndException e) {
      throw new NndException(path + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) { // a header of the greatest length takes several times that
      throw WholeFile.tooLarge(path, e);
    } catch (IOException e) {
      throw new NndException("%s: cannot be read: %s".formatted(path, AtomicFile.reason(e)), e);
    }
  }

  /** Starts a new file. */
  public static SafetensorsWriter writer() {
    return new SafetensorsWriter();
  }

  /** The names of the tensors, in the order of the header. */
  public List<String> names() {
    return List.copyOf(header.tensors().keySet());
  }

  /** The free-form texts of the header, by key. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** {@return whether there is a tensor of this name} */
  public boolean contains(String name) {
    return header.tensors().containsKey(name);
  }

  /** Type, shape and place of a tensor. */
  public TensorEntry entry(String name) {
    TensorEntry entry = header.tensors().get(name);
    if (entry == null) {
      throw new NndException(
          "%s: no tensor '%s'%s"
              .formatted(path, name, NearestName.hint(name, header.tensors().keySet())));
    }
    return entry;
  }

  /** The stored bytes, little-endian; read-only. */
  public ByteBuffer bytes(String name) {
    entry(name);
    return stored(name)
        .orElseThrow(
            () -> new NndException("%s: tensor '%s': %s".formatted(path, name, TOO_LARGE)));
  }

  /** The elements as floats, from every type of numbers; rounded where f32 cannot hold them. */
  public float[] floats(String name) {
    return read(name, Decode::floats);
  }

  /** The elements as doubles, from every type of numbers; exact but for 64-bit integers. */
  public double[] doubles(String name) {
    return read(name, Decode::doubles);
  }

  /** The elements of an integer or boolean tensor, refused where one does not fit 32 bits. */
  public int[] ints(String name) {
    return read(name, Decode::ints);
  }

  /** The elements of an integer or boolean tensor, refused where one does not fit 63 bits. */
  public long[] longs(String name) {
    return read(name, Decode::longs);
  }

  private Optional<ByteBuffer> stored(String name) {
    return Optional.ofNullable(data.get(name))
        .map(buffer -> buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  private interface Decoder<T> {
    T decode(StorageType type, ByteBuffer bytes, int elements);
  }

  private <T> T read(String name, Decoder<T> decoder) {
    TensorEntry entry = entry(name);
    try {
      ByteBuffer bytes = stored(name).orElseThrow(() -> new NndException(TOO_LARGE));
      return decoder.decode(entry.type(), bytes, (int) entry.elements());
    } catch (InternalError e) {
      throw new NndException(
          "%s: tensor '%s': the file became shorter while it was open".formatted(path, name), e);
    } catch (NndException e) {
      throw new NndException("%s: tensor '%s': %s".formatted(path, name, e.getMessage()), e);
    }
  }

  private static long headerLength(FileChannel channel, long fileLength) throws IOException {
    if (fileLength < 8) {
      throw new NndException("%d bytes are too few for a safetensors file".formatted(fileLength));
    }
    ByteBuffer first =
        channel.map(FileChannel.MapMode.READ_ONLY, 0, 8).order(ByteOrder.LITTLE_ENDIAN);
    long length = first.getLong(0);
    if (length < 2 || length > LONGEST_HEADER) {
      throw new NndException(
          "the header claims %s bytes, expected 2 to %d: not a safetensors file?"
              .formatted(Long.toUnsignedString(length), LONGEST_HEADER));
    }
    if (length > fileLength - 8) {
      throw new NndException(
          "the header claims %d bytes, the file holds %d more: cut off?"
              .formatted(length, fileLength - 8));
    }
    return length;
  }

  private static String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new NndException("the header is not UTF-8 text", e);
    }
  }

  /**
   * As few mappings as hold all tensors of up to 2 GiB, since a process can have so many only; the
   * tensors of one follow each other in the file.
   */
  private static Map<String, ByteBuffer> map(
      FileChannel channel, long begin, SafetensorsHeader header) throws IOException {
    Map<String, ByteBuffer> out = new HashMap<>();
    List<TensorEntry> together = new ArrayList<>();
    for (TensorEntry e : header.inOrder()) {
      if (!together.isEmpty() && e.end() - together.get(0).begin() > Integer.MAX_VALUE) {
        map(channel, begin, together, out);
        together.clear();
      }
      if (e.end() - e.begin() <= Integer.MAX_VALUE) {
        together.add(e);
      }
    }
    if (!together.isEmpty()) {
      map(channel, begin, together, out);
    }
    return out;
  }

  private static void map(
      FileChannel channel, long begin, List<TensorEntry> tensors, Map<String, ByteBuffer> out)
      throws IOException {
    long from = tensors.get(0).begin();
    long size = tensors.get(tensors.size() - 1).end() - from;
    ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, begin + from, size);
    for (TensorEntry e : tensors) {
      out.put(e.name(), all.slice((int) (e.begin() - from), (int) (e.end() - e.begin())));
    }
  }
}
