package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.data.Messages.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  @TempDir Path dir;

  private static byte[] idx(int magic, int[] shape, byte[] elements) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * shape.length + elements.length).putInt(magic);
    for (int size : shape) {
      out.putInt(size);
    }
    return out.put(elements).array();
  }

  private static byte[] images(int rows) {
    byte[] pixels = new byte[rows * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 5);
    }
    return idx(0x803, new int[] {rows, 2, 3}, pixels);
  }

  private static byte[] labels(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return idx(0x801, new int[] {labels.length}, bytes);
  }

  private static byte[] gz(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
      gz.write(bytes);
    }
    return out.toByteArray();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(dir.resolve(name), bytes);
  }

  @Test
  void aFolderOfPlainAndCompressedFiles() throws IOException {
    file("train-images-idx3-ubyte", images(4));
    file("train-labels-idx1-ubyte.gz", gz(labels(2, 0, 1, 2)));
    file("t10k-images-idx3-ubyte.gz", gz(images(1)));
    file("t10k-labels-idx1-ubyte", labels(1));
    TrainTest data = Mnist.from(dir, CLASSES);
    assertEquals(4, data.train().size());
    assertEquals(1, data.test().size());
    assertArrayEquals(new int[] {1, 2, 3}, data.train().inputShape());
    Batch row = data.train().batch(1);
    assertArrayEquals(
        new float[] {30 / 255f, 35 / 255f, 40 / 255f, 45 / 255f, 50 / 255f, 55 / 255f},
        row.column("image").floats());
    assertArrayEquals(new int[] {0}, row.column("label").ints());
    Files.delete(dir.resolve("t10k-labels-idx1-ubyte"));
    assertRefused("neither t10k-labels-idx1-ubyte nor", () -> Mnist.from(dir, CLASSES));
  }

  @Test
  void theFourFilesAreDownloaded() throws IOException {
    try (LocalServer server = new LocalServer()) {
      byte[][] files = {gz(images(3)), gz(labels(0, 1, 2)), gz(images(2)), gz(labels(2, 1))};
      String[] names = {
        "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"
      };
      for (int i = 0; i < 4; i++) {
        server.put("set/" + names[i] + "-ubyte.gz", files[i]);
      }
      List<Checksum> sums = Arrays.stream(files).map(f -> DownloadTest.checksum("MD5", f)).toList();
      TrainTest data = Mnist.download(dir, server.uri("set/"), sums, CLASSES);
      assertEquals(3, data.train().size());
      assertArrayEquals(new int[] {2, 1}, data.test().all().column("label").ints());
      Mnist.download(dir, server.uri("set/"), sums, CLASSES);
      assertEquals(4, server.requests.get());
      assertRefused(
          "3 checksums for the 4 files",
          () -> Mnist.download(dir, server.uri("set/"), sums.subList(0, 3), CLASSES));
    }
  }

  @Test
  void damagedFilesAreNamedWithTheRow() throws IOException {
    Path images = file("images", images(3));
    Path labels = file("labels", labels(0, 1, 2));
    Path wrong = file("wrong", labels(0, 7, 2));
    assertRefused("wrong, row 1: label 7, expected 0..2", () -> Mnist.read(images, wrong, CLASSES));
    Path swapped = file("swapped", labels(1));
    assertRefused(
        "swapped: begins with 0x00000801, expected 0x00000803",
        () -> Mnist.read(swapped, labels, CLASSES));
    Path cut = file("cut", Arrays.copyOf(images(3), 16 + 8));
    assertRefused(
        "cut: cut off in row 1: 8 of the 18 bytes", () -> Mnist.read(cut, labels, CLASSES));
    byte[] zipped = gz(images(300));
    Path cutZip = file("cut.gz", Arrays.copyOf(zipped, zipped.length - 20));
    assertRefused("cut.gz: cut off in row", () -> Mnist.read(cutZip, labels, CLASSES));
    Path noZip = file("no.gz", images(3));
    assertRefused("no.gz: damaged gzip file", () -> Mnist.read(noZip, labels, CLASSES));
    Path longer = file("longer", Arrays.copyOf(images(3), 16 + 19));
    assertRefused("longer: goes on after", () -> Mnist.read(longer, labels, CLASSES));
    Path few = file("few", labels(0, 1));
    assertRefused("few has 2 labels for the 3 pictures", () -> Mnist.read(images, few, CLASSES));
    Path huge = file("huge", idx(0x803, new int[] {1 << 30, 1 << 30, 2}, new byte[0]));
    assertRefused(
        "huge: shape [1073741824, 1073741824, 2] has", () -> Mnist.read(huge, labels, CLASSES));
    Path negative = file("negative", idx(0x803, new int[] {-1, 2, 2}, new byte[0]));
    assertRefused("dimension 0 is -1", () -> Mnist.read(negative, labels, CLASSES));
    Path claims = file("claims", idx(0x803, new int[] {2_000_000_000, 1, 1}, new byte[5]));
    assertRefused("claims: cut off in row 5", () -> Mnist.read(claims, labels, CLASSES));
    assertRefused(
        "empty: cut off within", () -> Mnist.read(file("empty", new byte[3]), labels, CLASSES));
    assertRefused(
        "nowhere: does not exist", () -> Mnist.read(dir.resolve("nowhere"), labels, CLASSES));
  }
}
