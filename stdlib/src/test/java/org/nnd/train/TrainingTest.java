package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.relu;
import static org.nnd.model.Models.model;
import static org.nnd.train.Evaluation.evaluate;
import static org.nnd.train.Optimizer.adamW;
import static org.nnd.train.Optimizer.sgd;
import static org.nnd.train.ParameterGroup.group;
import static org.nnd.train.Training.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.data.Batch;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.tables.HistoryTable;
import org.nnd.dsl.Layer;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.Examples;
import org.nnd.model.Model;
import org.nnd.opencl.jocl.Faults;

class TrainingTest {
  private static Layer mlp() {
    return sequential(named("stem", dense(8)), relu(), named("head", dense(3)));
  }

  private static double distance(Model a, Model b) {
    Map<String, Literal> others = b.weights();
    return a.weights().entrySet().stream()
        .mapToDouble(e -> Examples.distance(e.getValue(), others.get(e.getKey())))
        .max()
        .orElseThrow();
  }

  @Test
  void eightExamplesAreLearntByHeart() {
    DataSet data = Tasks.quarters(8, 1);
    Model m =
        model(
            sequential(conv(8).kernel(3).stride(2), batchNorm(), gelu(), globalAvgPool(), dense(4)),
            data.input());
    History history = train(m, data).optimizer(adamW(0.02)).epochs(120).batchSize(8).quiet().run();
    assertTrue(history.last("loss") < 0.05, history::toString);
    assertEquals(1, history.last("accuracy"));
    assertEquals(1, evaluate(m, data).accuracy());
    assertEquals(List.of("a", "b", "c", "d"), m.labels());
  }

  @Test
  void numbersAreLearntToo() {
    DataSet data = Tasks.line(256, 1);
    Model m = model(dense(1), data.input());
    train(m, data).optimizer(sgd(0.1)).epochs(10).quiet().run();
    Score score = evaluate(m, data);
    // The noise has the deviation 0.1.
    assertTrue(score.loss() < 0.013, score::toString);
    assertTrue(score.get("mean absolute error") < 0.1, score::toString);
    float[] weight = m.parameter("weight").toFloats();
    assertEquals(2, weight[0], 0.05);
    assertEquals(-1, weight[1], 0.05);
    assertEquals(0.5, m.parameter("bias").get(0), 0.05);
  }

  @Test
  void aSeedDeterminesEverything() {
    DataSet data = Tasks.blobs(100, 2);
    Layer net = sequential(dense(8), relu(), dropout(0.3), dense(3));
    List<Map<String, Literal>> results = new ArrayList<>();
    for (long seed : new long[] {5, 5, 6}) {
      Model m = model(net, data.input());
      train(m, data).epochs(2).batchSize(16).seed(seed).quiet().run();
      results.add(m.weights());
    }
    assertEquals(results.get(0), results.get(1));
    assertNotEquals(results.get(0), results.get(2));
  }

  @Test
  void accumulatedBatchesAreOneLargeBatch() {
    DataSet data = Tasks.blobs(90, 3);
    Model whole = model(mlp(), data.input());
    Model parts = model(mlp(), data.input());
    // 90 = 2 * 40 + 10, and in parts 4 * 20 + 10.
    Training large = train(whole, data).optimizer(sgd(0.1).momentum(0.9)).epochs(2).quiet();
    History expected = large.batchSize(40).run();
    History actual =
        train(parts, data)
            .optimizer(sgd(0.1).momentum(0.9))
            .epochs(2)
            .quiet()
            .batchSize(20)
            .accumulate(2)
            .run();
    assertEquals(expected.last("loss"), actual.last("loss"), 1e-5);
    assertTrue(distance(whole, parts) < 1e-5, distance(whole, parts) + "");
  }

  @Test
  void theShortLastBatchAndAnotherBatchSizeCompileNothing() {
    DataSet data = Tasks.blobs(50, 4);
    Model m = model(mlp(), data.input());
    train(m, data).batchSize(16).quiet().run();
    Faults.during(Faults.Operation.BUILD, 1, -11, () -> train(m, data).batchSize(7).quiet().run());
  }

  @Test
  void gradientsAreClipped() {
    DataSet data = Tasks.blobs(32, 5);
    // Gradient descent of rate 1 moves by the gradient.
    Model m = model(mlp(), data.input());
    Map<String, Literal> before = m.weights();
    train(m, data).optimizer(sgd(1)).batchSize(32).clipNorm(0.01).quiet().run();
    double square = 0;
    for (Map.Entry<String, Literal> e : m.weights().entrySet()) {
      for (int i = 0; i < e.getValue().count(); i++) {
        square += Math.pow(e.getValue().get(i) - before.get(e.getKey()).get(i), 2);
      }
    }
    assertEquals(0.01, Math.sqrt(square), 1e-5);

    Model limited = model(mlp(), data.input());
    train(limited, data).optimizer(sgd(1)).batchSize(32).clipValue(0.001).quiet().run();
    double largest = 0;
    for (Map.Entry<String, Literal> e : limited.weights().entrySet()) {
      for (int i = 0; i < e.getValue().count(); i++) {
        largest = Math.max(largest, Math.abs(e.getValue().get(i) - before.get(e.getKey()).get(i)));
      }
    }
    assertEquals(0.001, largest, 1e-6);
  }

  @Test
  void frozenLayersStayAsTheyAre() {
    DataSet data = Tasks.blobs(32, 6);
    Model m = model(mlp(), data.input());
    Map<String, Literal> before = m.weights();
    train(m.freeze("stem"), data).quiet().run();
    assertEquals(before.get("stem.weight"), m.parameter("stem.weight"));
    assertNotEquals(before.get("head.weight"), m.parameter("head.weight"));
    train(m.unfreeze("stem"), data).quiet().run();
    assertNotEquals(before.get("stem.weight"), m.parameter("stem.weight"));
  }

  /** With no gradient from a constant loss, AdamW leaves only the decay. */
  @Test
  void decayLeavesVectorsAloneAndGroupsDecide() {
    DataSet data = Tasks.blobs(8, 7);
    Loss none = (outputs, targets) -> outputs.one().sum().mul(0);
    Model m = model(mlp(), data.input());
    m.setParameter("head.bias", Literal.of(new float[] {1, 1, 1}, 3));
    m.setParameter("stem.bias", Literal.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 8));
    Map<String, Literal> before = m.weights();
    train(m, data)
        .loss(none)
        .optimizer(adamW(0.1).weightDecay(0.5))
        .groups(group("stem.*").rate(0.1), group("head.bias").weightDecay(1))
        .quiet()
        .run();
    Map<String, Double> factors =
        Map.of("stem.weight", 0.995, "stem.bias", 1.0, "head.weight", 0.95, "head.bias", 0.9);
    factors.forEach(
        (path, factor) ->
            assertEquals(before.get(path).get(1) * factor, m.parameter(path).get(1), 1e-6, path));
  }

  @Test
  void theAverageIsThatOfTheWeightsAfterEveryStep() {
    DataSet data = Tasks.blobs(48, 8);
    Model m = model(mlp(), data.input());
    double[] average = m.parameter("head.weight").toDoubles();
    Model same = model(mlp(), data.input());
    Training one = train(same, data.take(16)).optimizer(sgd(0.1)).batchSize(16).quiet();
    Training three =
        train(m, data.take(16)).optimizer(sgd(0.1)).batchSize(16).average(0.5).epochs(3).quiet();
    three.run();
    for (int step = 1; step <= 3; step++) {
      one.run();
      double decay = Math.min(0.5, (1.0 + step) / (10 + step));
      double[] now = same.parameter("head.weight").toDoubles();
      for (int i = 0; i < now.length; i++) {
        average[i] = decay * average[i] + (1 - decay) * now[i];
      }
    }
    for (int i = 0; i < average.length; i++) {
      assertEquals(average[i], m.parameter("head.weight").get(i), 1e-6);
    }
  }

  @Test
  void trainingStopsEarlyWhenValidationGetsNoBetter() {
    DataSet data = Tasks.blobs(64, 9);
    Model m = model(mlp(), data.input());
    // Steps far too long: the loss goes up.
    History history =
        train(m, data)
            .optimizer(sgd(20))
            .epochs(50)
            .validate(Tasks.blobs(32, 10))
            .earlyStopping(3)
            .quiet()
            .run();
    assertEquals(History.End.STOPPED_EARLY, history.end());
    List<Double> losses =
        history.epochs().stream().map(epoch -> epoch.get("validation loss")).toList();
    double best = losses.stream().min(Double::compare).orElseThrow();
    assertEquals(losses.size(), losses.indexOf(best) + 1 + 3);
    assertTrue(history.epochs().get(0).containsKey("validation accuracy"));
    assertEquals(
        List.of("epoch", "loss", "accuracy", "validation loss", "validation accuracy"),
        HistoryTable.of(history.epochs()).columnNames());
  }

  @Test
  void everyOutputIsMeasured() {
    DataSet data = Tasks.blobs(32, 11);
    Layer net = sequential(dense(4), parallel(dense(3), dense(3)).outputs("small", "large"));
    Model m = model(net, data.input());
    History history = train(m, data).metrics(Metric.accuracy(), Metric.topK(2)).quiet().run();
    assertEquals(
        List.of("loss", "accuracy small", "accuracy large", "top-2 small", "top-2 large"),
        List.copyOf(history.epochs().get(0).keySet()));
    assertTrue(evaluate(m, data).toString().contains("accuracy large: "));
  }

  @Test
  void progressIsToldAndEndsAtTheEnd() {
    DataSet data = Tasks.blobs(100, 12);
    List<Progress.Report> steps = new ArrayList<>();
    List<Progress.Report> epochs = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void step(Report report) {
            steps.add(report);
          }

          @Override
          public void epoch(Report report) {
            epochs.add(report);
          }
        };
    History history =
        train(model(mlp(), data.input()), data).epochs(2).batchSize(10).progress(progress).run();
    assertEquals(2, epochs.size());
    assertEquals(1, steps.get(0).step());
    assertEquals(10, epochs.get(0).steps());
    assertEquals(history.epochs().get(1), epochs.get(1).values());
  }

  @Test
  void anInterruptedRunSaysWhereItStopped() {
    DataSet data = Tasks.blobs(100, 13);
    Model m = model(mlp(), data.input());
    Map<String, Literal> before = m.weights();
    Progress interrupting =
        new Progress() {
          @Override
          public void step(Report report) {}

          @Override
          public void epoch(Report report) {
            if (report.epoch() == 2) {
              Thread.currentThread().interrupt();
            }
          }
        };
    NndException error =
        assertThrows(
            NndException.class,
            () -> train(m, data).epochs(5).batchSize(10).progress(interrupting).run());
    assertTrue(Thread.interrupted());
    assertTrue(
        error
            .getMessage()
            .startsWith("training was interrupted in epoch 3 of 5 after batch 0 of 10; the model"),
        error.getMessage());
    assertNotEquals(before, m.weights());
    assertTrue(evaluate(m, data).accuracy() > 0);
  }

  /** The data set, which interrupts a thread when somebody reads it. */
  private static DataSet interrupting(DataSet data, Thread thread) {
    return new DataSet() {
      @Override
      public List<Field> fields() {
        return data.fields();
      }

      @Override
      public int size() {
        return data.size();
      }

      @Override
      public Batch batch(int[] rows, long epoch) {
        thread.interrupt();
        return data.batch(rows, epoch);
      }
    };
  }

  @Test
  void anInterruptedValidationEndsTheTraining() {
    DataSet data = Tasks.blobs(100, 13);
    Model m = model(mlp(), data.input());
    DataSet other = interrupting(data, Thread.currentThread());
    NndException error =
        assertThrows(
            NndException.class,
            () -> train(m, data).validate(other).epochs(5).batchSize(10).quiet().run());
    assertTrue(Thread.interrupted());
    assertTrue(
        error
            .getMessage()
            .startsWith("training was interrupted in epoch 1 of 5 after batch 10 of 10; the model"),
        error.getMessage());
    assertTrue(evaluate(m, data).accuracy() > 0);
  }

  @Test
  void evaluationAndPredictionEndWhenInterrupted() {
    DataSet data = Tasks.blobs(600, 13);
    Model m = model(mlp(), data.input());
    Thread.currentThread().interrupt();
    assertRefused(
        "the evaluation was interrupted after 0 of 600 examples", () -> evaluate(m, data));
    assertRefused("the prediction was interrupted after 0 of 600 examples", () -> m.predict(data));
    assertTrue(Thread.interrupted());
    assertEquals(600, m.predict(data).dim(0).fixed());
  }

  @Test
  void wrongOptionsAreRefused() {
    DataSet data = Tasks.blobs(8, 14);
    Training training = train(model(mlp(), data.input()), data);
    assertRefused("the number of epochs must be at least 1, got 0", () -> training.epochs(0));
    assertRefused("the batch size must be at least 1", () -> training.batchSize(-1));
    assertRefused("no variable fits 'body.*'", () -> training.groups(group("body.*")));
    assertRefused("the data set is empty", () -> train(model(mlp(), data.input()), data.take(0)));
    assertRefused("validate: the data set is empty", () -> training.validate(data.take(0)).run());
    assertRefused(
        "evaluate: the data set is empty", () -> evaluate(training.model(), data.take(0)));
    assertRefused("clipNorm: the norm must be above 0, got -1.0", () -> training.clipNorm(-1));
    assertRefused("clipValue: the limit must be above 0", () -> training.clipValue(0));
    assertRefused("sgd: nesterov looks ahead along a momentum", () -> sgd(0.1).nesterov());
    assertRefused("adamW: eps must be above 0, got 0.0", () -> adamW(0.1).eps(0));
    assertRefused("average: the decay must be at least 0", () -> training.average(1));
    assertRefused(
        "a loss is an f32 scalar, this one is f32[N, 3]",
        () -> training.loss((y, t) -> y.one()).run());
  }
}
