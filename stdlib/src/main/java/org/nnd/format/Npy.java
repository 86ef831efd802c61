package org.nnd.format;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * Arrays in NumPy's {@code .npy} format. Booleans and signed integers of 8, 32 and 64 bits, u8,
 * f16, f32 and f64 keep their types; i16 and u16 become i32, u32 and u64 i64. Complex numbers,
 * texts and objects are refused: a data file never runs code.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own limit on headers that it reads without being told to. */
  private static final int LONGEST_HEADER = 10_000;

  private static final int CHUNK = 1 << 20;

  private Npy() {}

  /**
   * {@return the array of a file}
   *
   * @throws NndException naming the file, where it cannot be read or is no such array
   */
  public static Literal read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return read(in);
    } catch (NndException e) {
      throw new NndException(path + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new NndException("%s: cannot be read: %s".formatted(path, AtomicFile.reason(e)), e);
    }
  }

  /** Writes an array to a file, beside it first. */
  public static void write(Path path, Literal value) {
    AtomicFile.write(
        path,
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(bytes(value));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Reads one array to the end of the stream; the message of an error names no file. */
  static Literal read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    try {
      NpyHeader header = header(in);
      Literal value = elements(in, header);
      if (in.read() >= 0) {
        throw new NndException(
            "there are more bytes than the shape %s takes"
                .formatted(Arrays.toString(header.shape())));
      }
      return header.fortranOrder() ? transposed(value) : value;
    } catch (EOFException e) {
      throw new NndException("the array is cut off", e);
    }
  }

  private static NpyHeader header(DataInputStream in) throws IOException {
    byte[] start = new byte[8];
    in.readFully(start);
    if (!Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
      throw new NndException("this is no .npy array: it does not begin with \\x93NUMPY");
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw new NndException("version %d of the .npy format is not known".formatted(version));
    }
    long length =
        version == 1
            ? Short.reverseBytes(in.readShort()) & 0xFFFF
            : Integer.reverseBytes(in.readInt()) & 0xFFFFFFFFL;
    if (length > LONGEST_HEADER) {
      throw new NndException(
          "the header claims %d bytes, more than %d".formatted(length, LONGEST_HEADER));
    }
    byte[] text = new byte[(int) length];
    in.readFully(text);
    return NpyHeader.parse(
        new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
  }

  /** Reads piece by piece, so that a header's claim alone takes no memory. */
  private static Literal elements(DataInputStream in, NpyHeader header) throws IOException {
    StorageType type = type(header);
    int count = header.count();
    Object array = grown(null, type, 0);
    int capacity = 0;
    int step = CHUNK / header.size();
    for (int done = 0; done < count; done += step) {
      int n = Math.min(step, count - done);
      byte[] raw = new byte[n * header.size()];
      in.readFully(raw);
      if (capacity < done + n) {
        capacity = (int) Math.min(count, Math.max(2L * capacity, done + n));
        array = grown(array, type, capacity);
      }
      ByteBuffer bytes =
          ByteBuffer.wrap(raw)
              .order(header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      decode(type, bytes, n, array, done);
    }
    return new Literal(dtype(type), header.shape(), array);
  }

  private static Object grown(Object array, StorageType type, int capacity) {
    Object larger =
        switch (dtype(type)) {
          case F32 -> new float[capacity];
          case F64 -> new double[capacity];
          case I32 -> new int[capacity];
          case I64 -> new long[capacity];
          case F16, BF16 -> new short[capacity];
          case BOOL, U8, I8 -> new byte[capacity];
        };
    if (array != null) {
      System.arraycopy(array, 0, larger, 0, java.lang.reflect.Array.getLength(array));
    }
    return larger;
  }

  private static void decode(StorageType type, ByteBuffer bytes, int n, Object array, int at) {
    switch (array) {
      case short[] halves -> bytes.asShortBuffer().get(halves, at, n);
      case float[] floats -> bytes.asFloatBuffer().get(floats, at, n);
      case double[] doubles -> bytes.asDoubleBuffer().get(doubles, at, n);
      case byte[] small -> {
        if (type == StorageType.BOOL) {
          Decode.ints(type, bytes, n); // refuses what is neither 0 nor 1
        }
        bytes.get(small, at, n);
      }
      case int[] ints -> System.arraycopy(Decode.ints(type, bytes, n), 0, ints, at, n);
      case long[] longs -> System.arraycopy(Decode.longs(type, bytes, n), 0, longs, at, n);
      default -> throw new IllegalStateException("no decoding to " + array.getClass());
    }
  }

  private static StorageType type(NpyHeader header) {
    String name = header.kind() == 'b' ? "BOOL" : header.kind() + "" + 8 * header.size();
    return StorageType.valueOf(name.toUpperCase(java.util.Locale.ROOT));
  }

  private static DType dtype(StorageType type) {
    return switch (type) {
      case BOOL -> DType.BOOL;
      case U8 -> DType.U8;
      case I8 -> DType.I8;
      case I16, U16, I32 -> DType.I32;
      case U32, I64, U64 -> DType.I64;
      case F16 -> DType.F16;
      case F32 -> DType.F32;
      case F64 -> DType.F64;
      default -> throw new IllegalStateException("not a type of .npy: " + type);
    };
  }

  /** From the order in which the first index runs fastest. */
  private static Literal transposed(Literal value) {
    int[] shape = value.shape();
    Literal result = Literal.zeros(value.dtype(), shape);
    int[] at = new int[shape.length];
    for (int i = 0; i < value.count(); i++) {
      int from = 0;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from = from * shape[axis] + at[axis];
      }
      System.arraycopy(value.array(), from, result.array(), i, 1);
      for (int axis = shape.length - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--) {
        at[axis] = 0;
      }
    }
    return result;
  }

  /** {@return the array as bytes of version 1, or of 2 where the header needs it} */
  static byte[] bytes(Literal value) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(descr(value.dtype()), tuple(value.shape()));
    // Spaces and a newline up to a multiple of 64, as NumPy writes it.
    int padding = 63 - (10 + header.length()) % 64;
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer out =
        ByteBuffer.allocate(
                Math.toIntExact(10L + text.length + (long) value.count() * value.dtype().bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text);
    switch (value.array()) {
      case float[] floats -> out.asFloatBuffer().put(floats);
      case double[] doubles -> out.asDoubleBuffer().put(doubles);
      case int[] ints -> out.asIntBuffer().put(ints);
      case long[] longs -> out.asLongBuffer().put(longs);
      case short[] halves -> out.asShortBuffer().put(halves);
      case byte[] small -> out.put(small);
      default -> throw new IllegalStateException("no encoding of " + value.type());
    }
    return out.array();
  }

  private static String descr(DType dtype) {
    return switch (dtype) {
      case BOOL -> "|b1";
      case U8 -> "|u1";
      case I8 -> "|i1";
      case I32 -> "<i4";
      case I64 -> "<i8";
      case F16 -> "<f2";
      case F32 -> "<f4";
      case F64 -> "<f8";
      case BF16 -> throw new NndException("NumPy has no bf16; convert to f32 first");
    };
  }

  private static String tuple(int[] shape) {
    String sizes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return shape.length == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
  }
}
