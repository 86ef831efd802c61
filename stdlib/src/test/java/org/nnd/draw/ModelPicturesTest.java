package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.flatten;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.relu;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.ir.NndException;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.model.ReceptiveFields;
import org.nnd.train.ConfusionMatrix;
import org.nnd.train.Evaluation;
import org.nnd.train.Training;
import org.w3c.dom.Element;

/** Pictures that models are run for. */
class ModelPicturesTest {
  private static DataSet pictures(int count) {
    Random random = new Random(4);
    float[] pixels = new float[count * 100];
    int[] labels = new int[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(3);
    }
    return DataSet.of(
        List.of(
            Field.input("image", Kind.F32, 1, 10, 10),
            Field.classes("label", List.of("<a>", "b", "c"))),
        List.of(
            Column.of("image", new int[] {count, 1, 10, 10}, pixels),
            Column.of("label", new int[] {count}, labels)));
  }

  private final DataSet data = pictures(300);
  private final Model model =
      Models.model(
          sequential(
              conv(4).kernel(3), relu(), conv(4).kernel(3).stride(2), globalAvgPool(), dense(3)),
          data.input());

  @Test
  void confusionsAreThoseThatEvaluationCounts() {
    ConfusionMatrix matrix = ConfusionPicture.confusion(model, data);
    assertEquals(300, matrix.examples());
    assertEquals(Evaluation.evaluate(model, data).accuracy(), matrix.accuracy(), 1e-6);
    assertEquals(data.labels(), matrix.labels());
    Forms.check(Pictures.of(matrix).orElseThrow());
  }

  @Test
  void kernelsAreShownWithTheirStatistics() {
    Picture picture = Forms.check(KernelsPicture.kernels(model));
    Element html = Forms.html(picture);
    assertEquals(List.of("0.weight", "2.weight"), Forms.texts(html, "b"));
    Statistics statistics = Statistics.of(model.parameter("0.weight"));
    assertTrue(Forms.text(html).contains("mean " + Shown.number(statistics.mean())));
    Forms.check(KernelsPicture.kernels(model, "4"));
    NndException wrong =
        assertThrows(NndException.class, () -> KernelsPicture.kernels(model, "nowhere"));
    assertEquals(
        "there are no weights with two or more axes under 'nowhere'; there are [0.weight, 2.weight,"
            + " 4.weight]",
        wrong.getMessage());
  }

  @Test
  void fieldsOfViewAreShownInTheoryAndInEffect() {
    Picture picture = Forms.check(ReceptiveFieldPicture.fieldOfView(model));
    String text = Forms.text(Forms.html(picture));
    assertTrue(text.contains("3 x 3") && text.contains("5 x 5"), text);
    assertEquals(240, Forms.image(picture.forms().get(Picture.PNG)).getWidth());
  }

  @Test
  void receptiveFieldsAreComparedWithTheInputNotWithTheLargestOfThem() {
    Picture listed = Forms.check(Pictures.of(ReceptiveFields.receptiveFields(model)).orElseThrow());
    assertTrue(listed.plain().endsWith("the input is 10 wide"), listed.plain());
    assertTrue(Forms.text(Forms.html(listed)).contains("the width of the input, 10"));
    Model wide = Models.model(model.network(), Field.input("image", Kind.F32, 1, 10, 24));
    Picture other = Pictures.of(ReceptiveFields.receptiveFields(wide)).orElseThrow();
    assertTrue(other.plain().endsWith("the input is 24 wide"), other.plain());
  }

  @Test
  void aDataSetShowsItsExamplesWithTheirClasses() {
    Element html = Forms.html(Forms.check(Pictures.of(data).orElseThrow()));
    assertEquals(20, Forms.elements(html, "img").size());
    int first = data.batch(0).column("label").ints()[0];
    assertEquals(data.labels().get(first), Forms.texts(html, "span").get(0));
  }

  @Test
  void memoryOfARunIsDrawn() {
    Forms.check(MemoryPicture.memory(model, 8));
    NndException wrong = assertThrows(NndException.class, () -> MemoryPicture.memory(model, 0));
    assertEquals("a batch has at least 1 example, not 0", wrong.getMessage());
  }

  @Test
  void memoryOfATrainingIsThatOfItsBatchSize() {
    Training training = Training.train(model, data);
    for (int size : List.of(1, 64, 256)) {
      String plain = MemoryPicture.memory(training.batchSize(size)).plain();
      assertTrue(plain.lines().findFirst().orElseThrow().endsWith("N = " + size), plain);
      assertEquals(MemoryPicture.memory(training, size).plain(), plain);
      assertFalse(plain.contains("does not fit"), plain);
    }
    Picture absurd = Forms.check(MemoryPicture.memory(training.batchSize(1_000_000_000)));
    assertTrue(absurd.plain().contains("\ndoes not fit: "), absurd.plain());
    assertTrue(Forms.text(Forms.html(absurd)).contains("does not fit: "));
  }

  @Test
  void theGeneratedCodeIsThatOfThePlan() {
    Picture picture = Forms.check(LevelsPicture.generated(model));
    assertTrue(picture.plain().contains("__kernel"));
    Element html = Forms.html(picture);
    assertTrue(Forms.texts(html, "pre").stream().allMatch(code -> code.contains("__kernel")));
  }

  @Test
  void aModelWithoutWindowsHasNoKernelsToShow() {
    Model plain = Models.model(sequential(flatten(), dense(3)), data.input());
    NndException wrong = assertThrows(NndException.class, () -> KernelsPicture.kernels(plain));
    assertTrue(wrong.getMessage().startsWith("the model has no convolution"));
  }
}
