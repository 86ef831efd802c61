package org.nnd.data;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.NndException;

/**
 * Data sets in the four files of MNIST (LeCun, Cortes, Burges 1998): "image" f32 {@code [1, H, W]}
 * in 0..1 and "label" i32.
 */
public final class Mnist {
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  private static final List<String> CLOTHES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");
  private static final List<String> FILES =
      List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1");

  private Mnist() {}

  /** The handwritten digits, downloaded at the first call (11 MB). */
  public static TrainTest digits() {
    return download(
        "mnist",
        URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        List.of(
            Checksum.md5("f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            Checksum.md5("d53e105ee54ea40749a09fcbcd1e9432"),
            Checksum.md5("9fb629c4189551a2d022fa330f9573f3"),
            Checksum.md5("ec29112dd5afa0611ce80d1b7f02629c")),
        DIGITS);
  }

  /** Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), downloaded at the first call (30 MB). */
  public static TrainTest fashion() {
    return download(
        "fashion-mnist",
        URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        List.of(
            Checksum.md5("8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            Checksum.md5("25c81989df183df01b3e8a0aad5dffbe"),
            Checksum.md5("bef4ecab320f06d8554ea6380940ec79"),
            Checksum.md5("bb300cfdad3c16e7a12a480ee83cd310")),
        CLOTHES);
  }

  /** The four files in a folder, compressed ({@code .gz}) or not; classes are numbered. */
  public static TrainTest from(Path folder) {
    return from(folder, DIGITS);
  }

  /** The same, with names for the classes. */
  public static TrainTest from(Path folder, List<String> classes) {
    List<Path> files = FILES.stream().map(name -> find(folder, name)).toList();
    return new TrainTest(
        read(files.get(0), files.get(1), classes), read(files.get(2), files.get(3), classes));
  }

  /**
   * The four files from {@code base}, kept under {@code name} in the cache.
   *
   * @param checksums of {@code train-images-idx3-ubyte.gz}, {@code train-labels-idx1-ubyte.gz},
   *     {@code t10k-images-idx3-ubyte.gz} and {@code t10k-labels-idx1-ubyte.gz}
   */
  public static TrainTest download(
      String name, URI base, List<Checksum> checksums, List<String> classes) {
    return download(CacheFolder.path().resolve("data").resolve(name), base, checksums, classes);
  }

  static TrainTest download(Path folder, URI base, List<Checksum> checksums, List<String> classes) {
    if (checksums.size() != FILES.size()) {
      throw new NndException(
          "%s: %d checksums for the %d files %s"
              .formatted(base, checksums.size(), FILES.size(), FILES));
    }
    for (int i = 0; i < FILES.size(); i++) {
      URI uri = base.resolve(FILES.get(i) + "-ubyte.gz");
      new Download(uri, checksums.get(i)).into(folder);
    }
    return from(folder, classes);
  }

  /** One pair of IDX files. */
  public static DataSet read(Path images, Path labels, List<String> classes) {
    Idx pictures = Idx.read(images, 3);
    Idx numbers = Idx.read(labels, 1);
    int rows = pictures.shape()[0];
    if (numbers.shape()[0] != rows) {
      throw new NndException(
          "%s has %d labels for the %d pictures of %s"
              .formatted(labels, numbers.shape()[0], rows, images));
    }
    int[] shape = {1, pictures.shape()[1], pictures.shape()[2]};
    return UnitPictures.of(
        shape, pictures.bytes(), classNumbers(numbers.bytes(), classes.size(), labels), classes);
  }

  private static int[] classNumbers(byte[] bytes, int classes, Path file) {
    int[] out = new int[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[i] & 0xFF;
      if (out[i] >= classes) {
        throw new NndException(
            "%s, row %d: label %d, expected 0..%d".formatted(file, i, out[i], classes - 1));
      }
    }
    return out;
  }

  private static Path find(Path folder, String name) {
    for (String suffix : List.of("-ubyte", "-ubyte.gz")) {
      Path file = folder.resolve(name + suffix);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new NndException(
        "%s: neither %s-ubyte nor %s-ubyte.gz is there".formatted(folder, name, name));
  }
}
