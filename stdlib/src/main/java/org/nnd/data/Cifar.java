package org.nnd.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.NndException;

/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky 2009) in their binary form: "image" f32 {@code [3, 32, 32]} in
 * 0..1 and "label" i32.
 */
public final class Cifar {
  private static final int PICTURE = 3 * 32 * 32;
  private static final List<String> TEN =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private Cifar() {}

  /** CIFAR-10, downloaded at the first call (170 MB). */
  public static TrainTest ten() {
    return ten(
        new Download(
            URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
            Checksum.md5("c32a1d4ab5d03f1284b67883e8d87530")));
  }

  /** CIFAR-10 from an archive of its own form. */
  public static TrainTest ten(Download archive) {
    return tenFrom(unpacked(archive, "cifar-10").resolve("cifar-10-batches-bin"));
  }

  /**
   * CIFAR-10 from {@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code test_batch.bin}.
   */
  public static TrainTest tenFrom(Path folder) {
    List<Path> train = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      train.add(folder.resolve("data_batch_" + i + ".bin"));
    }
    return new TrainTest(
        read(train, 1, TEN), read(List.of(folder.resolve("test_batch.bin")), 1, TEN));
  }

  /** CIFAR-100, downloaded at the first call (170 MB). */
  public static TrainTest hundred() {
    return hundred(
        new Download(
            URI.create("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
            Checksum.md5("03b5dce01913d631647c71ecec9e9cb8")));
  }

  /** CIFAR-100 from an archive of its own form. */
  public static TrainTest hundred(Download archive) {
    return hundredFrom(unpacked(archive, "cifar-100").resolve("cifar-100-binary"));
  }

  /**
   * CIFAR-100 from {@code train.bin}, {@code test.bin} and the names in {@code
   * fine_label_names.txt}. The 20 superclasses are left out.
   */
  public static TrainTest hundredFrom(Path folder) {
    List<String> classes = names(folder.resolve("fine_label_names.txt"), 100);
    return new TrainTest(
        read(List.of(folder.resolve("train.bin")), 2, classes),
        read(List.of(folder.resolve("test.bin")), 2, classes));
  }

  private static Path unpacked(Download archive, String name) {
    return unpacked(archive, CacheFolder.path().resolve("data").resolve(name));
  }

  static Path unpacked(Download archive, Path folder) {
    return TarGz.unpack(archive.into(folder), folder);
  }

  /**
   * Records of class numbers, the last of them the label, and the picture.
   *
   * @param bytesBefore how many class numbers stand before the picture
   */
  private static DataSet read(List<Path> files, int bytesBefore, List<String> classes) {
    int record = bytesBefore + PICTURE;
    List<byte[]> contents = files.stream().map(f -> bytes(f, record)).toList();
    int rows = contents.stream().mapToInt(b -> b.length / record).sum();
    byte[] pixels = new byte[(int) Shapes.count(new int[] {rows, PICTURE})];
    int[] labels = new int[rows];
    int row = 0;
    for (int f = 0; f < files.size(); f++) {
      byte[] b = contents.get(f);
      for (int at = 0; at < b.length; at += record, row++) {
        labels[row] = b[at + bytesBefore - 1] & 0xFF;
        if (labels[row] >= classes.size()) {
          throw new NndException(
              "%s, row %d: label %d, expected 0..%d"
                  .formatted(files.get(f), at / record, labels[row], classes.size() - 1));
        }
        System.arraycopy(b, at + bytesBefore, pixels, row * PICTURE, PICTURE);
      }
    }
    return UnitPictures.of(new int[] {3, 32, 32}, pixels, labels, classes);
  }

  private static byte[] bytes(Path file, int record) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length % record != 0) {
        throw new NndException(
            "%s: cut off in row %d: %d bytes are no whole number of records of %d"
                .formatted(file, bytes.length / record, bytes.length, record));
      }
      return bytes;
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  private static List<String> names(Path file, int expected) {
    try {
      List<String> names = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
      if (names.size() != expected) {
        throw new NndException(
            "%s: %d names of classes, expected %d".formatted(file, names.size(), expected));
      }
      return names;
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }
}
