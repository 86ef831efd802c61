package org.nnd.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.NndException;

class SafetensorsTest {
  @TempDir Path dir;

  @Test
  void everyArrayComesBackWithTypeShapeAndBits() {
    Path file = dir.resolve("all.safetensors");
    float[] f = {1.5f, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 3e38f};
    double[] d = {Math.PI, Double.MIN_VALUE};
    Safetensors.writer()
        .add("f", new int[] {2, 3}, f)
        .add("d", new int[] {2}, d)
        .add("i", new int[] {3, 1}, new int[] {1, Integer.MIN_VALUE, Integer.MAX_VALUE})
        .add("l", new int[] {2}, new long[] {Long.MIN_VALUE, 7})
        .add("u8", new int[] {2}, new byte[] {-1, 3})
        .add("i8", StorageType.I8, new int[] {2}, new byte[] {-1, 3})
        .add("b", new int[] {3}, new boolean[] {true, false, true})
        .add("scalar", new int[0], new float[] {42})
        .add("empty", new int[] {0, 5}, new float[0])
        .metadata("format", "nnd")
        .write(file);

    Safetensors read = Safetensors.open(file);
    assertArrayEquals(f, read.floats("f"));
    assertArrayEquals(new long[] {2, 3}, read.entry("f").shape());
    assertArrayEquals(d, read.doubles("d"));
    assertArrayEquals(new int[] {1, Integer.MIN_VALUE, Integer.MAX_VALUE}, read.ints("i"));
    assertArrayEquals(new long[] {Long.MIN_VALUE, 7}, read.longs("l"));
    assertArrayEquals(new int[] {255, 3}, read.ints("u8"));
    assertArrayEquals(new int[] {-1, 3}, read.ints("i8"));
    assertArrayEquals(new int[] {1, 0, 1}, read.ints("b"));
    assertArrayEquals(new float[] {42}, read.floats("scalar"));
    assertArrayEquals(new float[0], read.floats("empty"));
    assertEquals(Map.of("format", "nnd"), read.metadata());
  }

  @Test
  void bytesAreStoredAsAnyType() {
    Path file = dir.resolve("bytes.safetensors");
    Safetensors.writer()
        .add("u16", StorageType.U16, new int[] {2}, new byte[] {1, 0, -1, -1})
        .add("c64", StorageType.C64, new int[] {1}, new byte[8])
        .add("f4", StorageType.F4, new int[] {4}, new byte[] {0x10, 0x32})
        .write(file);
    Safetensors read = Safetensors.open(file);
    assertArrayEquals(new int[] {1, 65535}, read.ints("u16"));
    assertArrayEquals(new float[] {0, 0.5f, 1, 1.5f}, read.floats("f4"));
    assertEquals(8, read.bytes("c64").remaining());
    assertMessage(
        "tensor 'x': U16[3] takes 6 bytes, the array has 4",
        () -> Safetensors.writer().add("x", StorageType.U16, new int[] {3}, new byte[4]));
  }

  /** More than one mapping holds, and more tensors than a process can have mappings. */
  @Test
  void largeFilesWithManyTensorsAreMapped() throws IOException {
    Path file = dir.resolve("large.safetensors");
    int tensors = 70_000;
    long each = 40_000;
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < tensors; i++) {
      header.append(
          "%s\"t%d\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
              .formatted(i == 0 ? "" : ",", i, each / 4, i * each, (i + 1) * each));
    }
    byte[] text = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      channel.write(length.putLong(0, text.length), 0);
      channel.write(ByteBuffer.wrap(text), 8);
      ByteBuffer last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 1.5f);
      channel.write(last, 8 + text.length + tensors * each - 4);
    }
    Safetensors read = Safetensors.open(file);
    assertEquals(tensors, read.names().size());
    assertEquals(1.5f, read.floats("t" + (tensors - 1))[(int) each / 4 - 1]);
    assertEquals(0, read.floats("t53687")[0]);
  }

  @Test
  void theSameTensorsGiveTheSameBytesInAnyOrder() throws IOException {
    Path one = dir.resolve("one");
    Path two = dir.resolve("two");
    float[] big = new float[300_000];
    for (int i = 0; i < big.length; i++) {
      big[i] = i;
    }
    Safetensors.writer()
        .add("b", new int[] {big.length}, big)
        .add("a", new int[] {1}, new double[] {1})
        .metadata("x", "1")
        .metadata("y", "2")
        .write(one);
    Safetensors.writer()
        .metadata("y", "2")
        .metadata("x", "1")
        .add("a", new int[] {1}, new double[] {1})
        .add("b", new int[] {big.length}, big)
        .write(two);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    assertArrayEquals(big, Safetensors.open(one).floats("b"));
  }

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    Path file = dir.resolve("golden");
    Safetensors.writer().add("w", new int[] {1}, new float[] {1}).write(file);
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    int padded = (header.length() + 7) / 8 * 8;
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(8 + padded + 4, bytes.length);
    assertEquals(padded, bytes[0]);
    assertEquals(header, new String(bytes, 8, padded, StandardCharsets.US_ASCII).stripTrailing());
    assertArrayEquals(
        new byte[] {0, 0, (byte) 0x80, 0x3F},
        java.util.Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
  }

  @Test
  void headerKeepsItsOrderAndMissingNamesAreAnsweredWithTheNearest() {
    Path file = dir.resolve("m.safetensors");
    Safetensors.writer()
        .add("stem.weight", new int[] {1}, new float[1])
        .add("stem.bias", new int[] {1}, new float[1])
        .write(file);
    Safetensors read = Safetensors.open(file);
    assertEquals(List.of("stem.bias", "stem.weight"), read.names());
    assertTrue(read.contains("stem.bias"));
    assertMessage(
        "m.safetensors: no tensor 'stem.wieght'; did you mean 'stem.weight'?",
        () -> read.floats("stem.wieght"));
    assertMessage("no tensor 'head'; it holds 2 others", () -> read.floats("head"));
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    SafetensorsWriter writer = Safetensors.writer().add("w", new int[] {1}, new float[1]);
    assertMessage("tensor 'w' was added twice", () -> writer.add("w", new int[] {1}, new float[1]));
    assertMessage(
        "tensor 'v': shape [2, 2] has 4 elements, the array has 3",
        () -> writer.add("v", new int[] {2, 2}, new float[3]));
    assertMessage(
        "tensor 'v': floats are stored as F32, F16 or BF16, not as I8",
        () -> writer.add("v", StorageType.I8, new int[] {1}, new float[1]));
    assertMessage("__metadata__", () -> writer.add("__metadata__", new int[] {1}, new float[1]));
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingBeside() throws IOException {
    Path file = dir.resolve("kept");
    Files.writeString(file, "old");
    assertMessage(
        "kept: cannot be written",
        () ->
            AtomicFile.write(
                file,
                channel -> {
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(file));
    try (var files = Files.list(dir)) {
      assertEquals(1, files.count());
    }
  }

  static void assertMessage(String part, org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(NndException.class, action).getMessage();
    assertTrue(message.contains(part), () -> "expected \"" + part + "\" in \"" + message + "\"");
  }
}
