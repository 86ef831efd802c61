package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.model.Models.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnd.data.DataSet;
import org.nnd.dsl.InputSpec;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.model.Examples;
import org.nnd.model.Model;

class StepGraphTest {
  private static Settings settings(Clipping clipping, double average) {
    return new Settings(
        Loss.crossEntropy().smoothing(0.1),
        List.of(Metric.accuracy()),
        Optimizer.adamW(0.01),
        clipping,
        List.of(),
        1,
        average);
  }

  private static Map<String, Literal> scalars(Settings settings, int step) {
    Map<String, Literal> scalars = new HashMap<>();
    scalars.put(StepGraph.RATE, Literal.of(new float[] {0.01f}));
    scalars.put(StepGraph.DECAY, Literal.of(new float[] {(float) settings.decay(step)}));
    scalars.put(StepGraph.NUMBER, Literal.of(new int[] {step}));
    settings
        .optimizer()
        .scalars(step)
        .forEach(
            (name, value) ->
                scalars.put("optimizer." + name, Literal.of(new float[] {value.floatValue()})));
    return scalars;
  }

  /**
   * Loss and every variable, in ten steps of batches of unequal size, with random layers. No bias
   * before the batch norm: its gradient is zero but for rounding errors, which Adam magnifies.
   */
  @Test
  void tenStepsAgreeWithTheReferenceEvaluator() {
    DataSet data = Tasks.quarters(24, 1);
    Model m =
        model(
            sequential(
                conv(4).kernel(3).stride(2).bias(false),
                batchNorm(),
                gelu(),
                dropout(0.2),
                globalAvgPool(),
                dense(4)),
            data.input());
    Settings settings = settings(new Clipping.Norm(0.5), 0.99);
    Feed feed = Feed.of(m, data);
    StepGraph graph = StepGraph.of(m, settings, feed.targets());
    Map<String, Literal> reference = new LinkedHashMap<>(m.values());
    reference.putAll(graph.variables());
    graph.variables().forEach(m.variables()::put);
    for (int step = 1; step <= 10; step++) {
      int rows = step % 3 == 0 ? 5 : 8;
      Map<String, Literal> inputs =
          feed.values(data.batch(IntStream.range(0, rows).map(i -> i + rows).toArray(), 0));
      inputs.putAll(scalars(settings, step));
      Evaluation expected = ReferenceEvaluator.evaluate(graph.batch(), rows, inputs, reference);
      Map<String, Literal> actual = m.run(graph.batch(), inputs, rows);
      reference.putAll(expected.updates());
      assertEquals(
          expected.outputs().get("loss").get(0), actual.get("loss").get(0), 1e-5, "step " + step);
    }
    for (Map.Entry<String, Literal> e : reference.entrySet()) {
      double distance = Examples.distance(e.getValue(), m.variables().get(e.getKey()));
      assertTrue(distance < 1e-4, e.getKey() + ": " + distance);
    }
    assertEquals(10, m.variables().get(StepGraph.STEP).get(0));
    assertEquals(10, m.variables().get(StepGraph.DRAW).get(0));
  }

  @Test
  void everythingIsUpdatedButWhatIsFrozen() {
    DataSet data = Tasks.blobs(8, 1);
    Model m =
        model(
            sequential(named("stem", sequential(dense(4), batchNorm())), named("head", dense(3))),
            data.input());
    m.freeze("stem.*");
    StepGraph graph = StepGraph.of(m, settings(new Clipping.None(), 0), Feed.of(m, data).targets());
    assertTrue(graph.batch().updates().containsKey("head.weight"));
    assertTrue(graph.batch().updates().containsKey("optimizer.m.head.bias"));
    assertTrue(
        graph.batch().updates().keySet().stream().noneMatch(name -> name.contains("stem")),
        graph.batch().updates().keySet()::toString);
    m.freeze("head");
    assertRefused(
        "no parameters that are not frozen",
        () -> StepGraph.of(m, settings(new Clipping.None(), 0), Feed.of(m, data).targets()));
  }

  @Test
  void namesOfTrainingAreKeptFree() {
    DataSet data = Tasks.blobs(8, 1);
    Model m = model(sequential(named("train", dense(3))), data.input());
    assertRefused(
        "the variable 'train.weight' has a name that training needs",
        () -> StepGraph.of(m, settings(new Clipping.None(), 0), Feed.of(m, data).targets()));
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    DataSet data = Tasks.blobs(8, 1);
    assertRefused(
        "the model's input 'x' takes f32[N, 7], the data's 'features' is f32[N, 5]",
        () -> Feed.of(model(dense(3), InputSpec.of(7)), data));
    assertRefused(
        "the network tells 2 classes apart, the data's 'label' has 3: [0, 1, 2]",
        () -> Feed.of(model(dense(2), data.input()), data));
  }
}
