package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.relu;
import static org.nnd.model.Models.model;
import static org.nnd.train.Training.train;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.data.DataSet;
import org.nnd.dsl.Layer;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.Model;

class DiagnosisTest {
  private static String message(Training training) {
    return assertThrows(NndException.class, () -> training.quiet().run()).getMessage();
  }

  private static void assertContains(String part, String message) {
    assertTrue(message.contains(part), () -> "expected \"" + part + "\" in \"" + message + "\"");
  }

  /** The logarithm of a sum that is negative for some examples. */
  @Test
  void namesTheLayerAndTheBatchAndUndoesTheStep() {
    float[][] points = new float[40][2];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      points[i] = new float[] {1 + i % 7, 2};
      labels[i] = i % 2;
    }
    // Only one row, read in some batch, is negative.
    points[17] = new float[] {-5, -6};
    DataSet data = DataSet.of(points, labels);
    Layer net =
        sequential(
            named("features", sequential(layer("logarithm", x -> x.log()), batchNorm())),
            named("head", dense(2)));
    Model m = model(net, data.input());
    String message = message(train(m, data).batchSize(4).epochs(3));
    int[] order = data.loader(4).order(0);
    int batch = 1;
    for (int i = 0; i < order.length; i++) {
      batch = order[i] == 17 ? i / 4 + 1 : batch;
    }
    assertContains("the loss is not finite in epoch 1, batch " + batch + " of 10", message);
    assertContains(
        "the first layer whose result is not finite is 'features.0' (logarithm, DiagnosisTest.java:",
        message);
    assertContains("2 of 8 numbers are NaN or infinite", message);

    // The model is as it was before that batch: as after training on those before it alone.
    Model same = model(net, data.input());
    int[] before = java.util.Arrays.copyOf(order, 4 * (batch - 1));
    Training part = train(same, data).batchSize(4);
    assertTrue(batch > 1, "the order has the bad row in the first batch; take another row");
    Settings settings = part.settings();
    Feed feed = Feed.of(same, data);
    StepGraph graph = StepGraph.of(same, settings, feed.targets());
    graph.variables().forEach(same.variables()::put);
    for (int b = 0; b < before.length / 4; b++) {
      int[] rows = java.util.Arrays.copyOfRange(order, 4 * b, 4 * b + 4);
      Map<String, Literal> values = feed.values(data.batch(rows, 0));
      values.put(StepGraph.RATE, Literal.of(new float[] {1e-3f}));
      values.put(StepGraph.NUMBER, Literal.of(new int[] {b + 1}));
      settings
          .optimizer()
          .scalars(b + 1)
          .forEach(
              (name, v) ->
                  values.put("optimizer." + name, Literal.of(new float[] {v.floatValue()})));
      same.run(graph.batch(), values, 4);
    }
    assertEquals(same.weights(), m.weights());
  }

  @Test
  void namesTheVariableThatAnUpdateHasSpoilt() {
    DataSet data = Tasks.blobs(32, 1);
    Model m = model(sequential(named("stem", dense(4)), relu(), dense(3)), data.input());
    m.setParameter("stem.bias", Literal.of(new float[] {0, Float.NaN, 0, 0}, 4));
    String message = message(train(m, data).batchSize(8));
    assertContains("the loss is not finite in epoch 1, batch 1 of 4", message);
    assertContains(
        "the variable 'stem.bias' was not (1 of 4 numbers are NaN or infinite)", message);
  }

  @Test
  void blamesTheLossItself() {
    DataSet data = Tasks.blobs(32, 2);
    Model m = model(dense(3), data.input());
    String message =
        message(train(m, data).loss((outputs, targets) -> outputs.one().sum().mul(0).sub(1).log()));
    assertContains("it is the loss itself that is not finite", message);
  }

  @Test
  void aRunThatDivergesIsExplained() {
    DataSet data = Tasks.line(64, 3);
    Model m = model(sequential(dense(8), relu(), dense(1)), data.input());
    String message = message(train(m, data).optimizer(Optimizer.sgd(1e20)).batchSize(8).epochs(3));
    assertContains("the loss is not finite in epoch 1, batch ", message);
    assertContains("a smaller learning rate, warmUp or clipNorm often helps", message);
  }
}
