package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.data.DataSet;
import org.nnd.data.Glyphs;
import org.nnd.data.ImageFolder;
import org.nnd.data.TrainTest;
import org.nnd.data.tables.Encoding;
import org.nnd.data.tables.TableSpec;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Shape;
import org.w3c.dom.Element;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Whatever holds data shows what it holds. */
class DataPictureTest {
  private static final DataSet POINTS =
      DataSet.of(
          new float[][] {{0.5f, 1, 2, 3, 4, 5, 6, 7}, {1, 1, 1, 1, 1, 1, 1, 1}}, new int[] {1, 0});

  private static Picture picture(Object value) {
    return Forms.check(Pictures.of(value).orElseThrow());
  }

  @Test
  void glyphsShowBothPartsAndSomeOfEach() {
    Glyphs glyphs = Glyphs.letters().train(60).test(7);
    Picture picture = picture(glyphs);
    assertEquals(
        """
        train: 60 examples, test: 7 examples
        column  role    of an example   classes
        image   input   F32[1, 28, 28]
        label   target  I32[]           A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z""",
        picture.plain());
    Element html = Forms.html(picture);
    assertTrue(Forms.text(html).contains("train: 60 examples, test: 7 examples"));
    assertEquals(List.of("train", "test"), Forms.texts(html, "h4"));
    assertEquals(10 + 7, Forms.elements(html, "img").size());
    int first = glyphs.test().batch(0).column("label").ints()[0];
    assertEquals(glyphs.labels().get(first), Forms.texts(html, "span").get(10));
    assertEquals("pictures of 26 characters: 60 to train on, 7 to test on", glyphs.toString());
  }

  @Test
  void aFolderOfPicturesShowsThem(@TempDir Path folder) throws IOException {
    for (String name : List.of("left", "right")) {
      Files.createDirectories(folder.resolve(name));
      Tensor grey = Tensor.full(DType.F32, Shape.of(20, 30), 0.5);
      byte[] png = Base64.getDecoder().decode(picture(grey).forms().get(Picture.PNG));
      Files.write(folder.resolve(name).resolve("one.png"), png);
    }
    ImageFolder data = ImageFolder.rgb(folder, 16, 24);
    Picture picture = picture(data);
    assertTrue(picture.plain().startsWith("2 examples\n"), picture.plain());
    assertTrue(picture.plain().contains("F32[3, 16, 24]"), picture.plain());
    assertEquals(List.of("left", "right"), Forms.texts(Forms.html(picture), "span"));
    assertEquals(2, Forms.elements(Forms.html(picture), "img").size());
  }

  @Test
  void dataThatAreNoPicturesShowTheirNumbers() {
    Picture picture = picture(POINTS);
    assertEquals(
        """
        2 examples
        column    role    of an example  classes
        features  input   F32[8]
        label     target  I32[]          0, 1
        the examples
        features                  label
        0.5000, 1, 2, 3, 4, 5, …  1
        1, 1, 1, 1, 1, 1, …       0""",
        picture.plain());
    List<String> cells = Forms.texts(Forms.html(picture), "td");
    assertTrue(cells.contains("0.5000, 1, 2, 3, 4, 5, …"), cells.toString());
  }

  @Test
  void partsMayDiffer() {
    DataSet narrow = DataSet.of(new float[][] {{1}}, new int[] {0});
    String plain = picture(new TrainTest(POINTS, narrow)).plain();
    assertTrue(plain.startsWith("train: 2 examples, test: 1 example\ntrain\ncolumn"), plain);
    assertTrue(plain.contains("F32[8]") && plain.contains("F32[1]"), plain);
  }

  @Test
  void loadersSayHowTheyReadAndBatchesWhatTheyHold() {
    Picture loader = picture(POINTS.loader(1).seed(7));
    assertTrue(loader.plain().startsWith("2 batches of 1 example, shuffled by seed 7\n2 exa"));
    assertTrue(picture(POINTS.loader(2).inOrder()).plain().startsWith("1 batch of 2 examples, i"));
    Picture batch = picture(POINTS.batch(0, 1));
    assertTrue(batch.plain().startsWith("features: f32[2, 8]"), batch.plain());
    assertEquals(List.of("features", "label"), Forms.texts(Forms.html(batch), "b"));
    assertTrue(picture(POINTS.batch(0).column("label")).plain().startsWith("i32[1]"));
  }

  @Test
  void anEncodingSaysWhatBecomesOfColumns() {
    Table table =
        Table.create("t")
            .addColumns(
                DoubleColumn.create("length", 1, 2, 3),
                StringColumn.create("colour", "red", "blue", "red"),
                StringColumn.create("kind", "a", "b", "a"));
    Encoding encoding = TableSpec.classify("kind").standardise().fit(table);
    Picture picture = picture(encoding);
    assertTrue(picture.plain().startsWith("3 features\n"), picture.plain());
    assertTrue(picture.plain().contains("length  a number, (x - 2) / 0."), picture.plain());
    assertTrue(picture.plain().contains("colour  a 1 at one of blue, red"), picture.plain());
    assertTrue(picture.plain().endsWith("kind    the target, a class: a, b"), picture.plain());
  }
}
