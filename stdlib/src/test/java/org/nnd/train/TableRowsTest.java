package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.embedding;
import static org.nnd.layers.memory.Memories.memoryPlus;
import static org.nnd.model.Models.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.model.Examples;
import org.nnd.model.Model;

/**
 * Tables of which training changes the rows read: as if all rows were trained and the others put
 * back, with the state of the optimiser.
 */
class TableRowsTest {
  private static final int ROWS = 7;
  private static final List<Target> TARGETS =
      List.of(new Target("y", new TensorType(DType.F32, Shape.of(Dim.BATCH, Dim.of(2)))));

  private static Settings settings(Optimizer optimizer, int accumulate, double average) {
    return new Settings(
        Loss.mse(), List.of(), optimizer, new Clipping.Norm(0.3), List.of(), accumulate, average);
  }

  private static Map<String, Literal> scalars(Settings settings, int step) {
    Map<String, Literal> scalars = new HashMap<>();
    scalars.put(StepGraph.RATE, Literal.of(new float[] {0.05f}));
    scalars.put(StepGraph.NUMBER, Literal.of(new int[] {step}));
    settings
        .optimizer()
        .scalars(step)
        .forEach(
            (name, value) ->
                scalars.put("optimizer." + name, Literal.of(new float[] {value.floatValue()})));
    return scalars;
  }

  /** A table that is read twice by two indices each, then a dense layer. */
  private static Layer twice(boolean byRows) {
    var table = embedding(ROWS, 3);
    Layer shared = share("table", byRows ? table.byRows() : table);
    return sequential(
        layer(
            "pair",
            x -> shared.apply(x).sum(1).add(shared.apply(x.mul(2).mod(ROWS)).select(1, 0).sin())),
        dense(2));
  }

  private static Map<String, Literal> words(Random random, int batch) {
    int[] words = new int[batch * 2];
    for (int i = 0; i < words.length; i++) {
      words[i] = random.nextInt(ROWS + 2) - 1;
    }
    Map<String, Literal> inputs = new HashMap<>();
    inputs.put("x", Literal.of(words, batch, 2));
    inputs.put("y", Examples.normal(random.nextLong(), batch, 2));
    return inputs;
  }

  private static Set<Integer> rowsOf(Map<String, Literal> inputs) {
    Set<Integer> rows = new HashSet<>();
    Literal words = inputs.get("x");
    for (int i = 0; i < words.count(); i++) {
      rows.add((int) words.get(i));
      rows.add((int) words.get(i) * 2 % ROWS);
    }
    return rows;
  }

  /** {@return where {@code rows} has it the new value, elsewhere the old one} */
  private static Literal masked(Literal old, Literal next, Set<Integer> rows) {
    int width = old.shape()[1];
    float[] values = old.toFloats().clone();
    for (int i = 0; i < values.length; i++) {
      if (rows.contains(i / width)) {
        values[i] = (float) next.get(i);
      }
    }
    return Literal.of(values, old.shape());
  }

  private static void check(
      Optimizer optimizer,
      Function<Boolean, Model> models,
      Function<Random, Map<String, Literal>> batches,
      Function<Map<String, Literal>, Set<Integer>> rows,
      String table) {
    Settings settings = settings(optimizer, 1, 0);
    Model byRows = models.apply(true);
    StepGraph sparse = StepGraph.of(byRows, settings, TARGETS);
    StepGraph dense = StepGraph.of(models.apply(false), settings, TARGETS);
    assertEquals(dense.variables().keySet(), sparse.variables().keySet());
    Map<String, Literal> state = new LinkedHashMap<>(byRows.values());
    state.putAll(sparse.variables());
    sparse.variables().forEach(byRows.variables()::put);
    Random random = new Random(5);
    for (int step = 1; step <= 5; step++) {
      Map<String, Literal> inputs = batches.apply(random);
      int batch = inputs.get("y").shape()[0];
      Set<Integer> read = rows.apply(inputs);
      inputs.putAll(scalars(settings, step));
      Map<String, Literal> wanted =
          ReferenceEvaluator.evaluate(dense.batch(), batch, inputs, state).updates();
      Map<String, Literal> got =
          ReferenceEvaluator.evaluate(sparse.batch(), batch, inputs, state).updates();
      byRows.run(sparse.batch(), inputs, batch);
      Map<String, Literal> next = new LinkedHashMap<>(state);
      for (Map.Entry<String, Literal> e : wanted.entrySet()) {
        Literal value =
            e.getKey().endsWith(table)
                ? masked(state.get(e.getKey()), e.getValue(), read)
                : e.getValue();
        next.put(e.getKey(), value);
        String what = optimizer + ", step " + step + ", " + e.getKey();
        double exact = Examples.distance(value, got.get(e.getKey()));
        assertTrue(exact < 1e-6, what + ": " + exact);
        double onDevice = Examples.distance(value, byRows.variables().get(e.getKey()));
        assertTrue(onDevice < 1e-4, what + " on the device: " + onDevice);
      }
      state = next;
    }
  }

  @Test
  void rowsReadChangeAsIfAllWereTrainedAndTheOthersPutBack() {
    for (Optimizer optimizer :
        List.of(
            Optimizer.sgd(0.1),
            Optimizer.sgd(0.1).momentum(0.9).weightDecay(0.1),
            Optimizer.adamW(0.1),
            Optimizer.lion(0.1))) {
      int[] size = {0};
      check(
          optimizer,
          byRows -> Examples.scrambled(model(twice(byRows), new InputSpec("x", DType.I32, 2)), 3),
          random -> words(random, 1 + size[0]++ % 4),
          TableRowsTest::rowsOf,
          "table.weight");
    }
  }

  private static Layer memory(boolean byRows) {
    return sequential(
        named("memory", memoryPlus(4).keys(4).keySize(6).heads(2).knn(2).byRows(byRows)),
        named("head", dense(2)));
  }

  /** The slots that a memory finds, by the reference evaluator. */
  private static Set<Integer> found(Model model, Map<String, Literal> inputs) {
    Layer selecting =
        named("memory", memoryPlus(4).keys(4).keySize(6).heads(2).knn(2).withSelection());
    var lowered =
        org.nnd.dsl.Lower.lower(selecting, List.of(InputSpec.of(5)), org.nnd.dsl.Mode.INFERENCE);
    Literal indices =
        ReferenceEvaluator.evaluate(
                lowered.graph(), inputs.get("x").shape()[0], inputs, model.values())
            .outputs()
            .get("indices");
    Set<Integer> rows = new HashSet<>();
    for (int i = 0; i < indices.count(); i++) {
      rows.add((int) indices.get(i));
    }
    return rows;
  }

  @Test
  void aMemoryChangesTheSlotsItFound() {
    Model[] current = new Model[1];
    check(
        // Without the large eps Adam would magnify the rounding errors of small gradients.
        Optimizer.adamW(0.02).eps(1e-2),
        byRows -> {
          Model m = Examples.scrambled(model(memory(byRows), InputSpec.of(5)), 4);
          current[0] = byRows ? m : current[0];
          return m;
        },
        random -> {
          Map<String, Literal> inputs = new HashMap<>();
          inputs.put("x", Examples.normal(random.nextLong(), 2, 5));
          inputs.put("y", Examples.normal(random.nextLong(), 2, 2));
          return inputs;
        },
        inputs -> found(current[0], inputs),
        "values.weight");
    assertTrue(found(current[0], Map.of("x", Examples.normal(1, 1, 5))).size() <= 4);
  }

  @Test
  void rowsThatNobodyReadsStayAsTheyAreToTheLastBit() {
    Model m = model(twice(true), new InputSpec("x", DType.I32, 2));
    float[] before = m.parameter("table.weight").toFloats();
    Settings settings = settings(Optimizer.adamW(0.1), 1, 0);
    StepGraph graph = StepGraph.of(m, settings, TARGETS);
    graph.variables().forEach(m.variables()::put);
    Map<String, Literal> inputs = new HashMap<>(scalars(settings, 1));
    inputs.put("x", Literal.of(new int[] {2, 2, 2, 5}, 2, 2));
    inputs.put("y", Examples.normal(1, 2, 2));
    m.run(graph.batch(), inputs, 2);
    float[] after = m.parameter("table.weight").toFloats();
    Set<Integer> read = Set.of(2, 3, 4, 5);
    for (int i = 0; i < after.length; i++) {
      assertEquals(!read.contains(i / 3), before[i] == after[i], "row " + i / 3);
    }
  }

  @Test
  void aLossThatIsNotFiniteChangesNoRow() {
    Model m = model(twice(true), new InputSpec("x", DType.I32, 2));
    Literal before = m.parameter("table.weight");
    Settings settings = settings(Optimizer.sgd(0.1), 1, 0);
    StepGraph graph = StepGraph.of(m, settings, TARGETS);
    graph.variables().forEach(m.variables()::put);
    Map<String, Literal> inputs = new HashMap<>(scalars(settings, 1));
    inputs.put("x", Literal.of(new int[] {2, 3}, 1, 2));
    inputs.put("y", Literal.of(new float[] {Float.NaN, 1}, 1, 2));
    m.run(graph.batch(), inputs, 1);
    assertEquals(1, m.variables().get(StepGraph.HALTED).get(0));
    assertEquals(0, Examples.distance(before, m.parameter("table.weight")));
    assertFalse(Double.isNaN(m.parameter("table.weight").get(0)));
  }

  @Test
  void whatCannotBeDoneByRowsIsRefused() {
    Model m = model(twice(true), new InputSpec("x", DType.I32, 2));
    assertRefused(
        "gradients cannot be accumulated where the table 'table.weight' changes by the rows",
        () -> StepGraph.of(m, settings(Optimizer.sgd(0.1), 2, 0), TARGETS));
    assertRefused(
        "there cannot be an average of the weights where the table 'table.weight'",
        () -> StepGraph.of(m, settings(Optimizer.sgd(0.1), 1, 0.9), TARGETS));
    Layer whole =
        org.nnd.dsl.Combinators.network(
            "whole", x -> org.nnd.dsl.Tensors.of(new Whole().apply(x).one()));
    assertRefused(
        "is also read whole",
        () ->
            StepGraph.of(
                model(whole, InputSpec.of(2)), settings(Optimizer.sgd(0.1), 1, 0), TARGETS));
  }

  /** A table that is multiplied by, as no table should be. */
  private record Whole() implements org.nnd.dsl.UnaryLayer {
    @Override
    public org.nnd.dsl.Tensor lower(org.nnd.dsl.Lowering at, org.nnd.dsl.Tensor x) {
      return x.matmul(at.table("weight", org.nnd.dsl.Initializer.ones(), 2, 2));
    }
  }
}
