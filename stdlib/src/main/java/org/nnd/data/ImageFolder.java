package org.nnd.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nnd.ir.NndException;

/**
 * Pictures in folders that are named after their classes, {@code folder/class/name.png}: "image"
 * f32 {@code [C, height, width]} in 0..1 and "label" i32, classes and files in the order of their
 * names. Pictures are decoded when their rows are read, by the threads of the loader.
 */
public final class ImageFolder implements DataSet {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

  private final List<Path> files;
  private final int[] labels;
  private final List<Field> fields;
  private final Field image;

  private ImageFolder(List<Path> files, int[] labels, Field image, Field label) {
    this.files = files;
    this.labels = labels;
    this.image = image;
    this.fields = List.of(image, label);
  }

  /** Grey pictures, all brought to this size. */
  public static ImageFolder grey(Path folder, int height, int width) {
    return open(folder, Field.input("image", Kind.F32, 1, height, width));
  }

  /** Pictures in red, green and blue, all brought to this size. */
  public static ImageFolder rgb(Path folder, int height, int width) {
    return open(folder, Field.input("image", Kind.F32, 3, height, width));
  }

  private static ImageFolder open(Path folder, Field image) {
    if (image.shape()[1] < 1 || image.shape()[2] < 1) {
      throw new NndException("image folder: the size of the pictures must be above 0");
    }
    List<Path> files = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path dir : list(folder)) {
      if (!Files.isDirectory(dir)) {
        continue;
      }
      for (Path file : list(dir)) {
        if (isPicture(file)) {
          files.add(file);
          labels.add(classes.size());
        }
      }
      classes.add(dir.getFileName().toString());
      if (files.isEmpty() || labels.get(labels.size() - 1) != classes.size() - 1) {
        throw new NndException("%s: no pictures (%s)".formatted(dir, String.join(" ", ENDINGS)));
      }
    }
    if (files.isEmpty()) {
      throw new NndException(folder + ": no folders of pictures, one per class");
    }
    int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageFolder(List.copyOf(files), numbers, image, Field.classes("label", classes));
  }

  /** The file of a row. */
  public Path file(int row) {
    Fields.checkRows(new int[] {row}, size());
    return files.get(row);
  }

  @Override
  public List<Field> fields() {
    return fields;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Batch batch(int[] rows, long epoch) {
    Fields.checkRows(rows, size());
    int[] shape = Shapes.batched(rows.length, image.shape());
    float[] pixels = new float[(int) Shapes.count(shape)];
    int[] classes = new int[rows.length];
    int size = rows.length == 0 ? 0 : pixels.length / rows.length;
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(read(files.get(rows[r]), rows[r]), 0, pixels, r * size, size);
      classes[r] = labels[rows[r]];
    }
    return new Batch(
        List.of(
            Column.of("image", shape, pixels),
            Column.of("label", new int[] {rows.length}, classes)));
  }

  private float[] read(Path file, int row) {
    int[] s = image.shape();
    Picture p;
    try {
      p = ImageFile.read(file, s[0] == 1);
    } catch (NndException e) {
      throw new NndException("row %d: %s".formatted(row, e.getMessage()), e);
    }
    return p.resized(s[1], s[2]).pixels();
  }

  /** What is in a folder, in the order of the names; hidden files left out. */
  private static List<Path> list(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(p -> !p.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(p -> p.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw FileErrors.unreadable(folder, e);
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }
}
