package org.nnd.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nnd.ir.NndException;

/**
 * Pictures of characters, made on the spot: "image" f32 {@code [1, 28, 28]} in 0..1 and "label"
 * i32, the position of the character in the set. Training and test pictures are drawn in fonts of
 * different families. The same seed gives the same bits on every JDK and system.
 *
 * <pre>{@code
 * var data = Glyphs.digits().train(8000).test(2000);
 * data.train().loader(64)
 * }</pre>
 */
public final class Glyphs {
  private static final int PIXELS = GlyphPainter.SIZE * GlyphPainter.SIZE;

  private final List<String> characters;
  private final int trainSize;
  private final int testSize;
  private final long seed;
  private DataSet train;
  private DataSet test;

  private Glyphs(List<String> characters, int trainSize, int testSize, long seed) {
    this.characters = characters;
    this.trainSize = trainSize;
    this.testSize = testSize;
    this.seed = seed;
  }

  /** The ten digits. */
  public static Glyphs digits() {
    return of("0123456789");
  }

  /** The 26 capital letters of the Latin alphabet. */
  public static Glyphs letters() {
    return of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  }

  /** One class per character of the text. */
  public static Glyphs of(String characters) {
    List<String> list = characters.codePoints().mapToObj(Character::toString).toList();
    if (list.isEmpty() || list.stream().distinct().count() != list.size()) {
      throw new NndException(
          "glyphs: a set of different characters is needed, got \"" + characters + "\"");
    }
    return new Glyphs(list, 8000, 2000, 0);
  }

  /** With {@code examples} pictures to train on (8000 unless told). */
  public Glyphs train(int examples) {
    return new Glyphs(characters, atLeastOne(examples, "train"), testSize, seed);
  }

  /** With {@code examples} pictures to test on (2000 unless told). */
  public Glyphs test(int examples) {
    return new Glyphs(characters, trainSize, atLeastOne(examples, "test"), seed);
  }

  /** With other pictures; 0 unless told. */
  public Glyphs seed(long value) {
    return new Glyphs(characters, trainSize, testSize, value);
  }

  /** What a network is given: "image" f32 {@code [1, 28, 28]}. */
  public Field input() {
    return Field.input("image", Kind.F32, 1, GlyphPainter.SIZE, GlyphPainter.SIZE);
  }

  /** The characters, in the order of their class numbers. */
  public List<String> labels() {
    return characters;
  }

  /** The training pictures; made at the first call. */
  public synchronized DataSet train() {
    if (train == null) {
      train = paint(Typeface.TRAIN, trainSize, 0);
    }
    return train;
  }

  /** The test pictures; made at the first call. */
  public synchronized DataSet test() {
    if (test == null) {
      test = paint(Typeface.TEST, testSize, 1);
    }
    return test;
  }

  @Override
  public String toString() {
    return "pictures of %d characters: %d to train on, %d to test on"
        .formatted(characters.size(), trainSize, testSize);
  }

  private DataSet paint(List<Typeface> faces, int examples, int part) {
    List<List<Outline>> outlines =
        faces.parallelStream()
            .map(f -> f.outlines(characters).stream().map(o -> o.divided(0.1)).toList())
            .toList();
    int[] labels = new int[examples];
    int[] order = Streams.permutation(examples, Streams.at(seed, part));
    Arrays.setAll(labels, i -> order[i] % characters.size());
    float[] pixels = new float[(int) Shapes.count(new int[] {examples, PIXELS})];
    IntStream.range(0, examples)
        .parallel()
        .forEach(
            i -> {
              SplittableRandom random = Streams.at(seed, part, i);
              List<Outline> face = outlines.get(random.nextInt(outlines.size()));
              byte[] grey = GlyphPainter.paint(face.get(labels[i]), random);
              for (int p = 0; p < PIXELS; p++) {
                pixels[i * PIXELS + p] = (grey[p] & 0xFF) / 255f;
              }
            });
    int[] shape = Shapes.batched(examples, input().shape());
    return DataSet.of(
        List.of(input(), Field.classes("label", characters)),
        List.of(
            Column.of("image", shape, pixels), Column.of("label", new int[] {examples}, labels)));
  }

  private static int atLeastOne(int examples, String part) {
    if (examples < 1) {
      throw new NndException("glyphs: %s(%d), expected at least 1".formatted(part, examples));
    }
    return examples;
  }
}
