package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.nnd.data.Messages.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  @TempDir Path dir;

  /** Records whose pictures are filled with {@code 10 * row}, one colour more in each plane. */
  private static byte[] records(int labelBytes, int... labels) {
    int record = labelBytes + 3072;
    byte[] out = new byte[labels.length * record];
    for (int r = 0; r < labels.length; r++) {
      out[r * record + labelBytes - 1] = (byte) labels[r];
      for (int i = 0; i < 3072; i++) {
        out[r * record + labelBytes + i] = (byte) (10 * r + i / 1024);
      }
    }
    return out;
  }

  private static void entry(ByteArrayOutputStream tar, String name, byte[] body)
      throws IOException {
    byte[] header = new byte[512];
    System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, header, 0, name.length());
    byte[] size = "%011o".formatted(body.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, 11);
    header[156] = (byte) (name.endsWith("/") ? '5' : '0');
    tar.write(header);
    tar.write(body);
    tar.write(new byte[(512 - body.length % 512) % 512]);
  }

  private static byte[] packed(ByteArrayOutputStream tar) throws IOException {
    tar.write(new byte[1024]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
      gz.write(tar.toByteArray());
    }
    return out.toByteArray();
  }

  private static byte[] cifar10() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    entry(tar, "cifar-10-batches-bin/", new byte[0]);
    for (int i = 1; i <= 5; i++) {
      entry(tar, "cifar-10-batches-bin/data_batch_" + i + ".bin", records(1, i, 9));
    }
    entry(tar, "cifar-10-batches-bin/test_batch.bin", records(1, 3));
    return packed(tar);
  }

  @Test
  void cifar10FromItsArchive() throws IOException {
    try (LocalServer server = new LocalServer()) {
      byte[] archive = cifar10();
      server.put("cifar-10.tar.gz", archive);
      Download download =
          new Download(server.uri("cifar-10.tar.gz"), DownloadTest.checksum("MD5", archive));
      Path folder = Cifar.unpacked(download, dir).resolve("cifar-10-batches-bin");
      TrainTest data = Cifar.tenFrom(folder);
      assertEquals(10, data.train().size());
      assertArrayEquals(
          new int[] {1, 9, 2, 9, 3, 9, 4, 9, 5, 9}, data.train().all().column("label").ints());
      assertEquals("ship", data.train().labels().get(8));
      float[] pixels = data.train().batch(1).column("image").floats();
      assertEquals(10 / 255f, pixels[0]);
      assertEquals(12 / 255f, pixels[3071]);
      assertArrayEquals(new int[] {3, 32, 32}, data.test().inputShape());
      assertEquals(folder, Cifar.unpacked(download, dir).resolve("cifar-10-batches-bin"));
      assertEquals(1, server.requests.get());
    }
  }

  @Test
  void cifar100TakesTheFineLabel() throws IOException {
    Files.write(dir.resolve("train.bin"), records(2, 99, 0));
    Files.write(dir.resolve("test.bin"), records(2, 7));
    String[] names = new String[100];
    Arrays.setAll(names, i -> "class" + i);
    Files.writeString(dir.resolve("fine_label_names.txt"), String.join("\n", names) + "\n\n");
    TrainTest data = Cifar.hundredFrom(dir);
    assertArrayEquals(new int[] {99, 0}, data.train().all().column("label").ints());
    assertEquals("class7", data.test().labels().get(7));
    Files.writeString(dir.resolve("fine_label_names.txt"), "one\ntwo\n");
    assertRefused(
        "fine_label_names.txt: 2 names of classes, expected 100", () -> Cifar.hundredFrom(dir));
  }

  @Test
  void damagedFilesAreNamedWithTheRow() throws IOException {
    for (int i = 1; i <= 5; i++) {
      Files.write(dir.resolve("data_batch_" + i + ".bin"), records(1, 1, 2));
    }
    assertRefused("test_batch.bin: does not exist", () -> Cifar.tenFrom(dir));
    Files.write(dir.resolve("test_batch.bin"), Arrays.copyOf(records(1, 1, 2), 4000));
    assertRefused("test_batch.bin: cut off in row 1", () -> Cifar.tenFrom(dir));
    Files.write(dir.resolve("test_batch.bin"), records(1, 1, 10));
    assertRefused("test_batch.bin, row 1: label 10, expected 0..9", () -> Cifar.tenFrom(dir));
  }

  @Test
  void damagedArchivesLeaveNothingBehind() throws IOException {
    Path archive = dir.resolve("a.tar.gz");
    ByteArrayOutputStream escaping = new ByteArrayOutputStream();
    entry(escaping, "../../evil", new byte[3]);
    Files.write(archive, packed(escaping));
    assertRefused(
        "a.tar.gz: the name '../../evil' leads out of the folder",
        () -> TarGz.unpack(archive, dir.resolve("to")));
    assertFalse(Files.exists(dir.resolve("evil")));
    byte[] whole = cifar10();
    Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
    assertRefused("a.tar.gz: cannot be unpacked", () -> TarGz.unpack(archive, dir.resolve("to")));
    Files.write(archive, new byte[100]);
    assertRefused("a.tar.gz: cannot be unpacked", () -> TarGz.unpack(archive, dir.resolve("to")));
    try (var left = Files.list(dir.resolve("to"))) {
      assertEquals(0, left.count());
    }
  }
}
