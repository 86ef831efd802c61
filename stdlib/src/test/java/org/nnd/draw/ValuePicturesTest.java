package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.layers.memory.Memories;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.opencl.runtime.Profile;
import org.nnd.train.ConfusionMatrix;
import org.nnd.train.History;
import org.nnd.train.Score;
import org.w3c.dom.Element;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Pictures of values that need no device. */
class ValuePicturesTest {
  private static final String HOSTILE = "<img src=x onerror='alert(1)'>&amp;\"";

  private static Picture picture(Object value) {
    return Forms.check(Pictures.of(value).orElseThrow());
  }

  private static Literal random(long seed, int... shape) {
    Random random = new Random(seed);
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Literal.of(values, shape);
  }

  // Tensors.

  @Test
  void tensorsOfAllShapesHavePictures() {
    for (int[] shape :
        List.of(
            new int[] {},
            new int[] {1},
            new int[] {1, 1},
            new int[] {0},
            new int[] {3, 0, 2},
            new int[] {1000},
            new int[] {5, 700},
            new int[] {2000, 3},
            new int[] {3, 40, 50},
            new int[] {70, 1, 28, 28},
            new int[] {2, 3, 300, 200},
            new int[] {2, 2, 2, 2, 2, 2})) {
      Picture picture = picture(random(1, shape));
      String html = picture.forms().get(Picture.HTML);
      assertTrue(html.length() < 700_000, Arrays.toString(shape) + ": " + html.length());
    }
  }

  @Test
  void aTensorsNumbersAreShown() {
    Picture picture =
        picture(Literal.of(new float[] {1.5f, -2, Float.NaN, Float.POSITIVE_INFINITY, 0, 0}, 2, 3));
    List<String> cells = Forms.texts(Forms.html(picture), "td");
    assertEquals(
        List.of("1.500", "-2", "NaN", "∞", "0", "0"),
        cells.subList(cells.size() - 6, cells.size()));
    assertEquals("-2", cells.get(cells.indexOf("from") + 1));
    assertEquals("1.500", cells.get(cells.indexOf("to") + 1));
    assertEquals("-0.1250", cells.get(cells.indexOf("mean") + 1));
    assertEquals("2", cells.get(cells.indexOf("zeros") + 1));
    assertEquals("1", cells.get(cells.indexOf("not a number") + 1));
    assertEquals("1", cells.get(cells.indexOf("infinite") + 1));
  }

  @Test
  void aHeatMapHasTheColoursOfItsNumbers() {
    Literal value = random(2, 9, 40);
    Picture picture = picture(value);
    ColourScale scale = ColourScale.of(Statistics.of(value));
    BufferedImage image = Forms.image(picture.forms().get(Picture.PNG));
    int size = image.getWidth() / 40;
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 40; x++) {
        int rgb = image.getRGB(x * size + size / 2, y * size + size / 2) & 0xffffff;
        assertEquals(scale.rgb(value.get(y * 40 + x)), rgb);
      }
    }
  }

  @Test
  void aTensorOfBadValuesAloneHasAPicture() {
    picture(Literal.of(new float[] {Float.NaN, Float.NaN}, 2));
    float[] bad = new float[500];
    Arrays.fill(bad, Float.NEGATIVE_INFINITY);
    picture(Literal.of(bad, 20, 25));
    picture(Literal.of(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE, 1e-320}, 3));
  }

  // Histories.

  private static History history(int epochs, double spike) {
    List<Map<String, Double>> all = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < epochs; i++) {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("loss", i == epochs / 2 ? spike : 1 + random.nextDouble());
      values.put("accuracy", random.nextDouble());
      values.put("validation loss", 2.0);
      all.add(values);
    }
    return new History(all, Set.of("accuracy"), History.End.FINISHED);
  }

  @Test
  void longHistoriesStaySmallAndKeepTheirPeaks() {
    History history = history(10_000, 17);
    Picture picture = picture(history);
    assertTrue(picture.forms().get(Picture.HTML).length() < 120_000);
    double[] x = IntStream.range(0, 10_000).asDoubleStream().toArray();
    double[] y = history.epochs().stream().mapToDouble(e -> e.get("loss")).toArray();
    Curve thin = Curve.line("", x, y, 0).thinned();
    assertTrue(thin.x().length <= 600);
    assertEquals(17, Arrays.stream(thin.y()).max().orElseThrow());
    assertEquals(Arrays.stream(y).min(), Arrays.stream(thin.y()).min());
    for (int i = 1; i < thin.x().length; i++) {
      assertTrue(thin.x()[i] >= thin.x()[i - 1]);
    }
  }

  @Test
  void historiesOfAnyLengthAndValueHavePictures() {
    for (int epochs : List.of(1, 2, 3, 50)) {
      for (double spike : new double[] {0, -1, 1e-30, 1e30, Double.NaN, Double.POSITIVE_INFINITY}) {
        picture(history(epochs, spike));
      }
    }
    assertTrue(Pictures.of(new History(List.of(), Set.of(), History.End.FINISHED)).isPresent());
  }

  @Test
  void marksOfAxesAreText() {
    List<String> texts = Forms.texts(Forms.svg(picture(history(10, 1.2))), "text");
    assertTrue(texts.containsAll(List.of("loss", "training", "validation", "epoch")), "" + texts);
    assertTrue(texts.stream().filter(t -> t.matches("[0-9.]+")).count() > 8, "" + texts);
    // Nothing is left as outlines of glyphs.
    assertFalse(
        Forms.elements(Forms.svg(picture(history(10, 1.2))), "path").stream()
            .anyMatch(p -> p.getAttribute("d").contains("Q")));
  }

  @Test
  void theTableOfAHistoryHasItsNumbers() {
    Element html = Forms.html(picture(history(3, 1.25)));
    List<String> cells = Forms.texts(html, "td");
    assertEquals("1.250", cells.get(4 + 1));
    assertTrue(cells.contains("2"));
  }

  @Test
  void logarithmicAxesHaveTwoMarksAtLeast() {
    for (double[] y :
        List.of(new double[] {0.03, 0.7}, new double[] {2e-7, 5e3}, new double[] {5, 5})) {
      Limits limits = Limits.of(true, List.of(y));
      assertTrue(limits.low() <= y[0] * (1 + 1e-12) && limits.high() >= y[1] * (1 - 1e-12));
      double marks =
          Math.floor(Math.log10(limits.high()) + 1e-9) - Math.ceil(Math.log10(limits.low()) - 1e-9);
      assertTrue(marks >= 1, Arrays.toString(y));
    }
  }

  // Scores and confusions.

  @Test
  void accuracyByWidthIsACurve() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", 0.5);
    for (int width : List.of(8, 16, 32)) {
      values.put("accuracy logits" + width, width / 40.0);
    }
    Score score =
        new Score(
            100,
            values,
            values.keySet().stream().filter(n -> n.startsWith("acc")).collect(Collectors.toSet()));
    Element svg = Forms.svg(picture(score));
    List<Element> dots = Forms.elements(svg, "circle");
    assertEquals(
        List.of("8 features: 20.0 %", "16 features: 40.0 %", "32 features: 80.0 %"),
        Forms.texts(svg, "title"));
    assertTrue(Forms.number(dots.get(0), "cy") > Forms.number(dots.get(1), "cy"));
    assertTrue(Forms.texts(svg, "text").containsAll(List.of("8", "16", "32")));
  }

  @Test
  void aConfusionMatrixHasItsCounts() {
    ConfusionMatrix matrix =
        new ConfusionMatrix(
            List.of("cat", HOSTILE, "nothing"),
            List.of(List.of(8L, 2L, 0L), List.of(1L, 1234L, 5L), List.of(0L, 0L, 0L)));
    Picture picture = picture(matrix);
    List<String> texts = Forms.texts(Forms.svg(picture), "text");
    assertTrue(
        texts.containsAll(List.of("8", "2", "1", "1234", "5", "80.0 %", "none")), "" + texts);
    assertTrue(Forms.text(Forms.html(picture)).contains("accuracy 99.4 % of 1,250 examples"));
    List<String> lines = picture.plain().lines().toList();
    assertEquals(lines.get(1).length(), lines.get(2).length());
    assertEquals(lines.get(0).length(), lines.get(2).length());
  }

  @Test
  void manyClassesHaveAPicture() {
    List<String> labels = IntStream.range(0, 200).mapToObj(i -> "class " + i).toList();
    List<List<Long>> counts =
        IntStream.range(0, 200)
            .mapToObj(i -> IntStream.range(0, 200).mapToObj(j -> i == j ? 3L : 0L).toList())
            .toList();
    Picture picture = picture(new ConfusionMatrix(labels, counts));
    assertTrue(picture.forms().get(Picture.HTML).length() < 300_000);
  }

  // Rooflines.

  @Test
  void everyKernelThatComputesIsADotUnderTheRoof() {
    Profile profile =
        new Profile(
            64,
            List.of(
                new Profile.Timing(
                    "matmul<b>", List.of("from 0." + HOSTILE), 1, 1_000_000, 50_000_000, 1_000_000),
                new Profile.Timing("copy", List.of(), 1, 500_000, 0, 5_000_000),
                new Profile.Timing("add", List.of(), 2, 250_000, 1_000_000, 5_000_000)));
    PeakRates.Rate rate = new PeakRates.Rate(20, "x");
    PeakRates peaks =
        new PeakRates(new PeakRates.Rate(100, "fma"), rate, rate, rate, 1, 10, 1 << 20);
    Picture picture = Forms.check(RooflinePicture.roofline(profile, peaks));
    Element svg = Forms.svg(picture);
    List<Element> dots =
        Forms.elements(svg, "circle").stream()
            .filter(c -> c.getElementsByTagName("title").getLength() == 1)
            .toList();
    assertEquals(2, dots.size());
    assertTrue(dots.get(0).getTextContent().contains("50 GFLOP/s"));
    assertTrue(dots.get(0).getTextContent().contains("50.0 % of the roof"));
    // More operations per byte to the right, more per second further up.
    assertTrue(Forms.number(dots.get(0), "cx") > Forms.number(dots.get(1), "cx"));
    assertTrue(Forms.number(dots.get(0), "cy") < Forms.number(dots.get(1), "cy"));
    List<String> cells = Forms.texts(Forms.html(picture), "td");
    assertTrue(
        cells.containsAll(List.of("matmul<b>", "copy", "57.1 %", "28.6 %", "14.3 %")), "" + cells);
  }

  // Hopfield networks.

  @Test
  void retrievalShowsTheEnergiesAndWhereStatesComeToRest() {
    Literal stored = random(5, 4, 16);
    Literal state = Literal.of(Arrays.copyOf(stored.toFloats(), 32), 2, 16);
    Picture picture =
        Forms.check(RetrievalPicture.retrieval(Tensor.of(stored), Tensor.of(state), 1, 3));
    double[] energies =
        Memories.hopfieldEnergy(Tensor.of(stored), Tensor.of(state), 1).value().toDoubles();
    List<String> lines = picture.plain().lines().toList();
    assertEquals(3, lines.size());
    for (int i = 0; i < 2; i++) {
      String[] cells = lines.get(1 + i).trim().split(" +");
      assertEquals(Shown.number(energies[i]), cells[1]);
      for (int step = 2; step <= 4; step++) {
        assertTrue(Double.parseDouble(cells[step]) <= Double.parseDouble(cells[step - 1]));
      }
      assertEquals("" + i, cells[5]);
    }
    NndException wrong =
        assertThrows(
            NndException.class,
            () -> RetrievalPicture.retrieval(Tensor.ones(2, 3, 4), Tensor.ones(1, 4), 1, 3));
    assertEquals(
        "retrieval shows stored patterns [S, D] and states [L, D], got [2, 3, 4] and [1, 4]",
        wrong.getMessage());
  }

  // Tables, lists and maps.

  @Test
  void aTableShowsItsFirstAndLastRowsEscaped() {
    Table table =
        Table.create(
            HOSTILE,
            StringColumn.create(
                "name" + HOSTILE, IntStream.range(0, 500).mapToObj(i -> HOSTILE + i).toList()),
            DoubleColumn.create(
                "x", IntStream.range(0, 500).mapToDouble(i -> i == 1 ? Double.NaN : i / 8.0)));
    Element html = Forms.html(picture(table));
    List<String> cells = Forms.texts(html, "td");
    assertTrue(cells.containsAll(List.of(HOSTILE + 0, HOSTILE + 499, "1", "500", "62.375")));
    assertFalse(cells.contains(HOSTILE + 250));
    assertTrue(Forms.texts(html, "th").contains("double, 1 missing"));
    assertTrue(Forms.text(html).contains("500 rows, 2 columns"));
    assertTrue(
        Forms.texts(Forms.html(Forms.check(TablePicture.rows(table, 500))), "td")
            .contains(HOSTILE + 250));
    assertEquals(
        "rows: the number of rows to show must be above 0, got -5",
        assertThrows(NndException.class, () -> TablePicture.rows(table, -5)).getMessage());
    assertTrue(TablePicture.rows(table, 1).plain().contains("500 rows, 2 columns"));
    NndException wrong = assertThrows(NndException.class, () -> TablePicture.rows("text", 5));
    assertEquals("rows: expected a table, got a String", wrong.getMessage());
  }

  @Test
  void aWideTablesTextIsCutWhereItsPictureIs() {
    Table table = Table.create("wide");
    for (int i = 1; i <= 200; i++) {
      String longText = "x".repeat(i == 2 ? 5000 : 3) + "\n";
      table.addColumns(StringColumn.create("column " + i, Collections.nCopies(100, longText)));
    }
    Picture picture = picture(table);
    String note = "100 rows, 200 columns; the first 40 columns are shown";
    assertTrue(picture.plain().endsWith("\n" + note), picture.plain());
    assertTrue(Forms.text(Forms.html(picture)).contains(note));
    assertTrue(picture.plain().contains("column 40") && !picture.plain().contains("column 41"));
    List<String> lines = picture.plain().lines().toList();
    assertEquals("wide", lines.get(0));
    assertEquals(1 + 2 + 20 + 1 + 1, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.length() < 800));
  }

  @Test
  void whatContainsItselfIsShownOnce() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertTrue(Pictures.of(list).isEmpty());
    assertEquals("[(this Collection)]", ValueText.shown(list));
    list.add(random(1, 3));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("map", List.of(map, list));
    map.put("array", new Object[] {1, map});
    list.add(map);
    Picture picture = picture(list);
    assertTrue(picture.plain().startsWith("[0]: (this Collection)\n"), picture.plain());
    Object[] array = {null, "a"};
    array[0] = array;
    assertTrue(Pictures.of(array).isEmpty());
    assertEquals("[[...], a]", ValueText.shown(array));
    assertEquals("{a=[(this Map)]}", text(m -> m.put("a", List.of(m))));
  }

  private static String text(Consumer<Map<Object, Object>> change) {
    Map<Object, Object> map = new LinkedHashMap<>();
    change.accept(map);
    return ValueText.whole(map);
  }

  @Test
  void arraysAreWrittenWhereverTheyLie() {
    assertEquals("{a={b=[1, 2]}}", ValueText.whole(Map.of("a", Map.of("b", new int[] {1, 2}))));
    assertEquals(
        "[[[true]], null, [x]]",
        ValueText.whole(Arrays.asList(List.of(new boolean[] {true}), null, Set.of("x"))));
    assertEquals("[[1.5], []]", ValueText.whole(new double[][] {{1.5}, {}}));
    assertEquals("null", ValueText.whole(null));
    List<Integer> own =
        new ArrayList<>(List.of(1)) {
          private static final long serialVersionUID = 1;

          @Override
          public String toString() {
            return "mine";
          }
        };
    assertEquals("[mine]", ValueText.whole(List.of(own)));
  }

  @Test
  void hugeCollectionsAreCutWithHowMuchIsLeftOut() {
    List<Integer> million = IntStream.range(0, 1_000_000).boxed().toList();
    String shown = ValueText.shown(million);
    assertTrue(shown.endsWith("998, 999, … 999,000 more]"), shown);
    assertEquals(million.toString(), ValueText.whole(million));
    String nested = ValueText.shown(List.of(million, million, Map.of(1, "y".repeat(30_000)), 7));
    assertTrue(nested.endsWith(", … 1 more]") && nested.length() < 45_000, nested);
    assertTrue(ValueText.shown(new int[5000]).endsWith("… 4,000 more]"));
  }

  @Test
  void listsAndMapsShowTheirElements() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(HOSTILE, random(1, 3, 3));
    map.put("number", 42);
    Element html = Forms.html(picture(map));
    assertTrue(Forms.texts(html, "b").containsAll(List.of(HOSTILE, "number")));
    assertTrue(Forms.text(html).contains("42"));
    picture(List.of(history(3, 1), history(5, 1)));
    picture(List.of(random(1, 2), List.of(random(2, 3))));
    picture(new float[][] {{1, 2}, {3, 4}});
    assertTrue(Pictures.of(new int[][] {{1, 2}, {3}}).isEmpty());
    assertTrue(Pictures.of(new String[] {"a"}).isEmpty());
    assertTrue(Pictures.of(List.of(1, 2, 3)).isEmpty());
    assertTrue(Pictures.of(Map.of()).isEmpty());
    assertTrue(Pictures.of("text").isEmpty());
    assertTrue(Pictures.of(null).isEmpty());
    List<Literal> many = IntStream.range(0, 1000).mapToObj(i -> random(i, 40, 40)).toList();
    assertTrue(picture(many).forms().get(Picture.HTML).length() < 700_000);
  }
}
