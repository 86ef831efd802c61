package org.nnd.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.nnd.ir.NndException;

/**
 * The IDX format of the MNIST files: 0, 0, type of the elements (8: unsigned byte), number of
 * dimensions, the dimensions as big-endian i32, then the elements in C order.
 *
 * @param shape the dimensions, the number of rows first
 */
record Idx(int[] shape, byte[] bytes) {
  private static final int UNSIGNED_BYTE = 8;

  /** Reads a file with {@code rank} dimensions, compressed where its name ends in {@code .gz}. */
  static Idx read(Path file, int rank) {
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw))) {
      return read(in, rank);
    } catch (NndException e) {
      throw new NndException(file + ": " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new NndException(file + ": cut off within its first bytes", e);
    } catch (ZipException e) {
      throw new NndException(file + ": damaged gzip file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  private static Idx read(DataInputStream in, int rank) throws IOException {
    int magic = in.readInt();
    if (magic != (UNSIGNED_BYTE << 8 | rank)) {
      throw new NndException(
          "begins with 0x%08x, expected 0x%08x (IDX, unsigned bytes, %d dimensions)"
              .formatted(magic, UNSIGNED_BYTE << 8 | rank, rank));
    }
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = in.readInt();
      if (shape[i] < 0) {
        throw new NndException("dimension %d is %d".formatted(i, shape[i]));
      }
    }
    long count = Shapes.count(shape);
    byte[] bytes = elements(in, count);
    long rowSize = shape[0] == 0 ? 0 : count / shape[0];
    if (bytes.length < count) {
      throw new NndException(
          "cut off in row %d: %d of the %d bytes that shape %s takes"
              .formatted(
                  rowSize == 0 ? 0 : bytes.length / rowSize,
                  bytes.length,
                  count,
                  Arrays.toString(shape)));
    }
    if (in.read() >= 0) {
      throw new NndException("goes on after the %d bytes of its shape".formatted(count));
    }
    return new Idx(shape, bytes);
  }

  /** Up to {@code count} bytes; memory grows with what is there, not with what is claimed. */
  private static byte[] elements(InputStream in, long count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    try {
      while (out.size() < count) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, count - out.size()));
        if (n < 0) {
          break;
        }
        out.write(buffer, 0, n);
      }
    } catch (EOFException e) {
      return out.toByteArray(); // the compressed data end early: reported as rows cut off
    }
    return out.toByteArray();
  }
}
