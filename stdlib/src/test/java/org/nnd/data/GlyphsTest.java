package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GlyphsTest {
  /** The pictures are part of what NND promises: they change with a new major version only. */
  @Test
  void theSamePicturesOnEveryJdkAndSystem() {
    Glyphs digits = Glyphs.digits().train(500).test(300);
    assertEquals("71bcc82c797f912c0129edd575d42f71", hash(digits.train()));
    assertEquals("7dcd4024186f759c818b5c65afd56b39", hash(digits.test()));
    assertEquals(
        "9817724a9d8ff836312e5015993d4c4c", hash(Glyphs.letters().train(300).seed(5).train()));
  }

  @Test
  void theSetsOfTheFirstTutorialArePinned() {
    assertEquals("e358845ed65c8716d510dbe279f617fb", hash(Glyphs.digits().train()));
    assertEquals("71d8594bcd7a57995aaf444398f5a9aa", hash(Glyphs.digits().test()));
  }

  @Test
  void picturesAreGreyLevelsOfNamedClasses() {
    Glyphs letters = Glyphs.of("xyz").train(90).test(30);
    DataSet data = letters.train();
    assertEquals(90, data.size());
    assertEquals(30, letters.test().size());
    assertEquals(letters.input(), data.input());
    assertArrayEquals(new int[] {1, 28, 28}, data.inputShape());
    assertEquals(List.of("x", "y", "z"), data.labels());
    Batch all = data.all();
    for (float v : all.column("image").floats()) {
      assertTrue(v >= 0 && v <= 1);
      assertEquals(Math.round(v * 255) / 255f, v);
    }
    int[] counts = new int[3];
    for (int label : all.column("label").ints()) {
      counts[label]++;
    }
    assertArrayEquals(new int[] {30, 30, 30}, counts);
    assertSame(data, letters.train());
  }

  @Test
  void seedsAndPartsHavePicturesOfTheirOwn() {
    Batch one = Glyphs.digits().train(20).train().all();
    assertEquals(one, Glyphs.digits().train(20).train().all());
    assertNotEquals(one, Glyphs.digits().train(20).seed(1).train().all());
    assertNotEquals(one, Glyphs.digits().test(20).test().all());
  }

  @Test
  void noFamilyOfTheTestIsTrainedOn() {
    Set<String> train = Typeface.TRAIN.stream().map(GlyphsTest::family).collect(Collectors.toSet());
    Set<String> test = Typeface.TEST.stream().map(GlyphsTest::family).collect(Collectors.toSet());
    assertEquals(
        Set.of("DejaVuSans", "DejaVuSerif", "LiberationSans", "JetBrainsMono", "Inter"), train);
    assertEquals(Set.of("Roboto", "LiberationSerif", "LiberationMono"), test);
  }

  /** DejaVu's condensed and mono cuts count as its sans: they share their shapes. */
  private static String family(Typeface face) {
    String file = face.resource().substring(face.resource().lastIndexOf('/') + 1);
    String name = file.substring(0, file.lastIndexOf('.')).split("-")[0];
    return name.startsWith("DejaVu") ? name.replace("Condensed", "").replace("Mono", "") : name;
  }

  @Test
  void aLinearClassifierIsNotEnough() {
    Glyphs digits = Glyphs.digits();
    LinearClassifier linear = LinearClassifier.fit(digits.train().all(), 10, 12);
    double train = linear.accuracy(digits.train().all());
    double test = linear.accuracy(digits.test().all());
    System.out.printf("linear classifier on glyphs: train %.3f, test %.3f%n", train, test);
    assertTrue(test < 0.9, "a linear classifier reaches " + test);
    // It learns all the same: the pictures are not noise.
    assertTrue(test > 0.5, "a linear classifier reaches only " + test);
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertRefused("a set of different characters is needed, got \"\"", () -> Glyphs.of(""));
    assertRefused("different characters is needed, got \"aba\"", () -> Glyphs.of("aba"));
    assertRefused("glyphs: train(0), expected at least 1", () -> Glyphs.digits().train(0));
    assertRefused("character '\u6f22' has no outline in", () -> Glyphs.of("a\u6f22").train());
    assertRefused("character ' ' has no outline in", () -> Glyphs.of("a ").test());
  }

  private static String hash(DataSet data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Batch all = data.all();
      float[] pixels = all.column("image").floats();
      ByteBuffer bytes = ByteBuffer.allocate(4 * pixels.length);
      bytes.asFloatBuffer().put(pixels);
      digest.update(bytes);
      for (int label : all.column("label").ints()) {
        digest.update((byte) label);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
