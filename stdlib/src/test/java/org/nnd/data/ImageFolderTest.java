package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.data.Messages.assertRefused;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path dir;

  private Path write(String name, BufferedImage image) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }

  private static BufferedImage colour(int w, int h, int rgb) {
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < w * h; i++) {
      image.setRGB(i % w, i / w, rgb);
    }
    return image;
  }

  private static BufferedImage grey(int w, int h, int level) {
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
    int[] samples = new int[w * h];
    Arrays.fill(samples, level);
    image.getRaster().setSamples(0, 0, w, h, 0, samples);
    return image;
  }

  @Test
  void foldersAreClassesInTheOrderOfTheirNames() throws IOException {
    write("dog/b.png", colour(4, 4, 0xFF8000));
    write("dog/a.png", grey(5, 7, 100));
    write("cat/x.bmp", colour(3, 3, 0x0000FF));
    Files.writeString(dir.resolve("cat/notes.txt"), "not a picture");
    Files.writeString(dir.resolve("cat/.hidden.png"), "nor this");
    ImageFolder data = ImageFolder.rgb(dir, 2, 2);
    assertEquals(List.of("cat", "dog"), data.labels());
    assertEquals(dir.resolve("dog/a.png"), data.file(1));
    Batch all = data.all();
    assertArrayEquals(new int[] {0, 1, 1}, all.column("label").ints());
    assertArrayEquals(new int[] {3, 3, 2, 2}, all.column("image").shape());
    float[] x = all.column("image").floats();
    // Blue, then grey, then orange: planes of red, green and blue.
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1}, Arrays.copyOfRange(x, 0, 12), 1e-6f);
    float[] greys = new float[12];
    Arrays.fill(greys, 100 / 255f);
    assertArrayEquals(greys, Arrays.copyOfRange(x, 12, 24), 1e-6f);
    assertArrayEquals(
        new float[] {1, 1, 1, 1, 128 / 255f, 128 / 255f, 128 / 255f, 128 / 255f, 0, 0, 0, 0},
        Arrays.copyOfRange(x, 24, 36),
        1e-6f);
  }

  @Test
  void greyLevelsAreThoseOfTheFile() throws IOException {
    write("a/grey.png", grey(2, 2, 100));
    write("a/red.png", colour(2, 2, 0xFF0000));
    float[] x = ImageFolder.grey(dir, 2, 2).all().column("image").floats();
    assertEquals(100 / 255f, x[0], 1e-6f);
    assertEquals(0.299f, x[4], 1e-6f);
  }

  @Test
  void loaderDecodesAndNamesWhatCannotBeRead() throws IOException {
    for (int i = 0; i < 9; i++) {
      write("a/" + i + ".png", grey(3, 3, 10 * i));
    }
    Files.writeString(dir.resolve("a/5.png"), "this is no picture");
    try (Batches batches = ImageFolder.grey(dir, 3, 3).loader(2).inOrder().epoch(0)) {
      assertEquals(10 / 255f, batches.next().column("image").floats()[9], 1e-6f);
      batches.next();
      assertRefused("row 5: " + dir.resolve("a/5.png") + ": not a picture", batches::next);
    }
    Path damaged = dir.resolve("a/7.png");
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(damaged + ": ", () -> ImageFolder.grey(dir, 3, 3).batch(7));
  }

  @Test
  void aPictureThatClaimsTooMuchIsRefused() throws IOException {
    Path file = write("a/bomb.png", grey(1, 1, 0));
    byte[] bytes = Files.readAllBytes(file);
    java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(bytes);
    header.putInt(16, 100_000).putInt(20, 100_000);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(bytes, 12, 17);
    header.putInt(29, (int) crc.getValue());
    Files.write(file, bytes);
    assertRefused(
        "bomb.png: the picture claims 10000000000 pixels", () -> ImageFolder.grey(dir, 3, 3).all());
  }

  @Test
  void foldersWithoutPicturesAreRefused() throws IOException {
    assertRefused("no folders of pictures", () -> ImageFolder.grey(dir, 2, 2));
    assertRefused("nowhere: does not exist", () -> ImageFolder.grey(dir.resolve("nowhere"), 2, 2));
    write("a/x.png", grey(1, 1, 0));
    Files.createDirectories(dir.resolve("empty"));
    assertRefused("empty: no pictures (.png", () -> ImageFolder.grey(dir, 2, 2));
    assertRefused("must be above 0", () -> ImageFolder.grey(dir, 0, 2));
  }

  @Test
  void resizingKeepsConstantsMeansAndSlopes() {
    float[] constant = new float[35];
    Arrays.fill(constant, 0.3f);
    for (int size : new int[] {1, 3, 5, 7, 12}) {
      for (float v : Resize.plane(constant, 5, 7, size, 2 * size)) {
        assertEquals(0.3f, v, 1e-6f);
      }
    }
    // Halving a checkerboard averages it: no pixel is skipped.
    float[] board = new float[64];
    for (int i = 0; i < 64; i++) {
      board[i] = (i + i / 8) % 2;
    }
    for (float v : Resize.plane(board, 8, 8, 4, 4)) {
      assertEquals(0.5f, v, 0.07f);
    }
    // Growing a slope interpolates it, away from the borders.
    float[] slope = {0, 1, 2, 3};
    assertArrayEquals(
        new float[] {0, 0.25f, 0.75f, 1.25f, 1.75f, 2.25f, 2.75f, 3},
        Resize.plane(slope, 1, 4, 1, 8),
        1e-6f);
  }
}
