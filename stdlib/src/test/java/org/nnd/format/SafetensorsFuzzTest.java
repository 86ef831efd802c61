package org.nnd.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.NndException;

/** A damaged file is read or refused, and never anything else. */
class SafetensorsFuzzTest {
  @TempDir Path dir;

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    Path good = dir.resolve("good");
    Safetensors.writer()
        .add("weight", new int[] {2, 3}, new float[6])
        .add("half", StorageType.F16, new int[] {4}, new float[4])
        .add("mask", new int[] {5}, new boolean[5])
        .add("none", new int[] {0}, new long[0])
        .metadata("epoch", "3")
        .write(good);
    byte[] whole = Files.readAllBytes(good);
    Path bad = dir.resolve("bad");
    int refused = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Files.write(bad, damaged(whole, new SplittableRandom(seed)));
      refused += refusedOrRead(bad, seed);
    }
    assertTrue(refused > 1000, "only " + refused + " of 1500 damaged files were refused");
  }

  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, random.nextLong());
      case 3 -> {
        // A digit of the header becomes another: sizes and offsets that do not fit.
        int at = 8 + random.nextInt(bytes[0] & 0xFF);
        if (Character.isDigit(bytes[at])) {
          bytes[at] = (byte) ('0' + random.nextInt(10));
        } else {
          bytes[at] = (byte) random.nextInt();
        }
      }
      default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
    }
    return bytes;
  }

  private static int refusedOrRead(Path file, int seed) {
    try {
      Safetensors read = Safetensors.open(file);
      for (String name : read.names()) {
        read.doubles(name);
      }
      return 0;
    } catch (NndException e) {
      assertTrue(e.getMessage().contains("bad"), "seed " + seed + ": " + e.getMessage());
      return 1;
    }
  }
}
