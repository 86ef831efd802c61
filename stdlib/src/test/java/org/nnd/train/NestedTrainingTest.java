package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.network;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.nested.Nested.choice;
import static org.nnd.layers.nested.Nested.elastic;
import static org.nnd.layers.nested.Nested.full;
import static org.nnd.layers.nested.Nested.matryoshka;
import static org.nnd.layers.nested.Nested.nestedProjector;
import static org.nnd.layers.nested.Nested.selfDistillation;
import static org.nnd.layers.nested.Nested.subnet;
import static org.nnd.layers.nested.Nested.supernet;
import static org.nnd.model.Models.model;
import static org.nnd.train.Stage.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.layers.Merged;
import org.nnd.layers.nested.Configuration;
import org.nnd.layers.nested.Elastics;
import org.nnd.layers.nested.Extraction;
import org.nnd.model.Examples;
import org.nnd.model.Model;

/** Losses of nested outputs, and training of elastic networks on the device. */
class NestedTrainingTest {
  private static final Configuration NARROW = full().with("width", 4);

  private static Layer elasticNet() {
    return sequential(
        elastic(choice("width", 4, 8, 16), w -> dense(w)), batchNorm(), gelu(), dense(3));
  }

  // Losses.

  @Test
  void weightedLossesAreSums() {
    Tensor a = Tensor.of(Examples.normal(1, 4, 3));
    Tensor b = Tensor.of(Examples.normal(2, 4, 3));
    Tensors outputs = Tensors.of("logits2", a).with("logits4", b);
    Tensors target = Tensors.of("t", Tensor.of(Literal.of(new int[] {0, 2, 1, 2}, 4)));
    CrossEntropy each = Loss.crossEntropy().smoothing(0.1);
    double first = each.of(a, target.get(0)).item();
    double second = each.of(b, target.get(0)).item();
    assertEquals(first + second, Loss.weighted(each).of(outputs, target).item(), 1e-6);
    assertEquals(
        0.25 * first + 3 * second, Loss.weighted(each, 0.25, 3).of(outputs, target).item(), 1e-5);
    // Regression heads: one number a width.
    Tensors numbers = Tensors.of("t", Tensor.of(Examples.normal(3, 4, 3)));
    assertEquals(
        2 * Loss.mse().of(a, numbers.get(0)).item() + Loss.mse().of(b, numbers.get(0)).item(),
        Loss.weighted(Loss.mse(), 2, 1).of(outputs, numbers).item(),
        1e-5);
    assertRefused(
        "there are 3 weights [1.0, 2.0, 3.0] for the 2 outputs [logits2, logits4]",
        () -> Loss.weighted(each, 1, 2, 3).of(outputs, target));
    assertRefused("must be numbers of at least 0", () -> Loss.weighted(each, -1));
  }

  private static double infoNce(double[] a, double[] b, int n, int d, int width, double t) {
    double[][] s = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double dot = 0;
        double na = 0;
        double nb = 0;
        for (int k = 0; k < width; k++) {
          dot += a[i * d + k] * b[j * d + k];
          na += a[i * d + k] * a[i * d + k];
          nb += b[j * d + k] * b[j * d + k];
        }
        s[i][j] = dot / Math.sqrt(na * nb) / t;
      }
    }
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double row = 0;
      double column = 0;
      for (int j = 0; j < n; j++) {
        row += Math.exp(s[i][j]);
        column += Math.exp(s[j][i]);
      }
      loss += (Math.log(row) + Math.log(column) - 2 * s[i][i]) / 2;
    }
    return loss / n;
  }

  @Test
  void infoNceOnPrefixesIsThatOfTheFormula() {
    Literal a = Examples.normal(1, 7, 5);
    Literal b = Examples.normal(2, 7, 5);
    Tensors views = Tensors.of(Tensor.of(a), Tensor.of(b));
    Tensors none = Tensors.of(Map.of());
    double two = infoNce(a.toDoubles(), b.toDoubles(), 7, 5, 2, 0.3);
    double five = infoNce(a.toDoubles(), b.toDoubles(), 7, 5, 5, 0.3);
    assertEquals(five, Loss.infoNce(0.3).of(views, none).item(), 1e-5);
    assertEquals(two + five, Loss.onPrefixes(Loss.infoNce(0.3), 2, 5).of(views, none).item(), 1e-5);
    assertEquals(
        0.5 * two + 2 * five,
        Loss.onPrefixes(Loss.infoNce(0.3), 2, 5).weights(0.5, 2).of(views, none).item(),
        1e-5);
    assertRefused(
        "two outputs [N, features] are expected",
        () -> Loss.infoNce(1).of(Tensors.of(Tensor.of(a)), none));
    assertRefused("the temperature must be a positive number", () -> Loss.infoNce(0));
    assertRefused(
        "must be positive and ascending, got [5, 2]", () -> Loss.onPrefixes(Loss.infoNce(1), 5, 2));
    assertRefused(
        "has no first 6 features", () -> Loss.onPrefixes(Loss.infoNce(1), 2, 6).of(views, none));
    assertRefused(
        "there are 1 weights [1.0] for the 2 widths",
        () -> Loss.onPrefixes(Loss.infoNce(1), 2, 5).weights(1));
  }

  @Test
  void distillationTeachesTheSmallerOnes() {
    Tensor teacher = Tensor.of(Examples.normal(1, 4, 3));
    Tensor pupil = Tensor.of(Examples.normal(2, 4, 3));
    Tensors target = Tensors.of("t", Tensor.of(Literal.of(new int[] {0, 2, 1, 2}, 4)));
    Loss loss = Loss.distillation(Loss.crossEntropy()).temperature(2);
    double hard = Loss.crossEntropy().of(teacher, target.get(0)).item();
    assertEquals(hard, loss.of(Tensors.of(teacher), target).item(), 1e-6);
    double soft =
        teacher.div(2).softmax(-1).mul(pupil.div(2).logSoftmax(-1)).sum(-1).mean().item() * -4;
    assertEquals(hard + soft, loss.of(Tensors.of(teacher, pupil), target).item(), 1e-5);
    assertRefused(
        "'y1' is f32[4, 2]", () -> loss.of(Tensors.of(teacher, Tensor.zeros(4, 2)), target));
  }

  // Training.

  /** Views of the same point, to be found among all points of the batch. */
  @Test
  void contrastiveTrainingFindsTheOtherView() {
    DataSet views = views(256);
    Layer encoder = share("encoder", sequential(dense(16), gelu(), dense(8)));
    Layer twins =
        network(
            "twins",
            in ->
                Tensors.of("a", encoder.apply(in.get("first")))
                    .with("b", encoder.apply(in.get("second"))));
    Model m = model(twins, views.field("first"), views.field("second"));
    History history =
        Training.train(m, views)
            .loss(Loss.onPrefixes(Loss.infoNce(0.2), 2, 8))
            .metrics(new FirstNumber())
            .optimizer(Optimizer.adamW(0.01))
            .epochs(6)
            .quiet()
            .run();
    double first = history.epochs().get(0).get("loss");
    double last = history.epochs().get(5).get("loss");
    assertTrue(last < 0.7 * first, first + " became " + last);
  }

  /** Something to measure where outputs are representations. */
  private record FirstNumber() implements Metric {
    @Override
    public String name() {
      return "first number";
    }

    @Override
    public Tensor of(Tensor output, Tensor target) {
      return output.select(1, 0);
    }
  }

  private static DataSet views(int n) {
    Literal points = Examples.normal(1, n, 6);
    Literal noise = Examples.normal(2, n, 6);
    float[] second = points.toFloats().clone();
    for (int i = 0; i < second.length; i++) {
      second[i] += 0.2f * noise.toFloats()[i];
    }
    return DataSet.of(
        List.of(
            Field.input("first", Kind.F32, 6),
            Field.input("second", Kind.F32, 6),
            Field.target("none", Kind.F32, 1)),
        List.of(
            Column.of("first", new int[] {n, 6}, points.toFloats()),
            Column.of("second", new int[] {n, 6}, second),
            Column.of("none", new int[] {n, 1}, new float[n])));
  }

  @Test
  void accuracyPerWidthComesFromOnePass() {
    DataSet data = Tasks.blobs(256, 1);
    Model m = model(sequential(dense(8), gelu(), dense(8), matryoshka(3, 1, 2, 8)), data.input());
    Training.train(m, data)
        .loss(Loss.weighted(Loss.crossEntropy(), 1, 1, 0.5))
        .optimizer(Optimizer.adamW(0.02))
        .epochs(8)
        .quiet()
        .run();
    Score score = Evaluation.evaluate(m, data);
    assertTrue(score.get("accuracy logits8") > 0.8, score.toString());
    assertTrue(score.get("accuracy logits2") > 0.7, score.toString());
    assertTrue(score.toString().contains("accuracy logits1: "), score.toString());
  }

  /** A step of a subnet changes the leading blocks; the rest stays as it was, to the bit. */
  @Test
  void aStageTrainsTheSharedBlocksOfItsNetworks() {
    DataSet data = Tasks.blobs(64, 1);
    Model m = model(elasticNet(), data.input());
    float[] before = m.parameter("0.weight").toFloats().clone();
    float[] mean = m.parameter("1.running_mean").toFloats().clone();
    Training.train(m, data)
        .optimizer(Optimizer.sgd(0.1))
        .stages(stage(0, subnet(elasticNet(), NARROW)))
        .quiet()
        .run();
    float[] after = m.parameter("0.weight").toFloats();
    for (int i = 0; i < before.length; i++) {
      boolean inBlock = i / 5 < 4;
      assertEquals(inBlock, before[i] != after[i], "row " + i / 5);
    }
    assertNotEquals(mean[0], m.parameter("1.running_mean").toFloats()[0]);
    assertEquals(mean[4], m.parameter("1.running_mean").toFloats()[4]);
  }

  /** SortedNet: each batch trains a sub-model drawn at random, gradients of four make an update. */
  @Test
  void sampledSubModelsAllLearn() {
    DataSet data = Tasks.blobs(512, 1);
    Layer net = elasticNet();
    List<Layer> all = Elastics.all(net).stream().<Layer>map(c -> subnet(net, c)).toList();
    float[][] twice = new float[2][];
    for (int i = 0; i < 2; i++) {
      Model m = model(net, data.input());
      Training.train(m, data)
          .optimizer(Optimizer.adamW(0.02))
          .stages(stage(0, all))
          .accumulate(4)
          .batchSize(16)
          .epochs(5)
          .seed(3)
          .quiet()
          .run();
      twice[i] = m.parameter("0.weight").toFloats();
      for (Configuration configuration : i == 0 ? Elastics.all(net) : List.<Configuration>of()) {
        Merged alone = Extraction.extract(net, m.inputs(), configuration, m.weights());
        double accuracy =
            Evaluation.evaluate(m.with(alone.layer(), alone.weights()), data).accuracy();
        assertTrue(accuracy > 0.75, configuration + ": " + accuracy);
      }
    }
    assertArrayEquals(twice[0], twice[1], "equal seeds draw equal sub-models");
  }

  /** Delayed epsilon-shrinking: the whole network first, then smaller ones beside it. */
  @Test
  void shrinkingStartsInTheMiddleOfTraining() {
    DataSet data = Tasks.blobs(256, 1);
    Layer net = elasticNet();
    Layer nets = supernet(net, List.of(NARROW, full().with("width", 8))).rising(0.1, 8);
    Model m = model(nets, data.input());
    History history =
        Training.train(m, data)
            .loss(Loss.distillation(Loss.crossEntropy()))
            .optimizer(Optimizer.adamW(0.02))
            .stages(stage(0, net), stage(4, nets))
            .epochs(8)
            .quiet()
            .run();
    assertTrue(history.epochs().get(3).containsKey("accuracy"), history.epochs().get(3).toString());
    assertTrue(
        history.epochs().get(4).containsKey("accuracy width4"), history.epochs().get(4).toString());
    assertEquals(4 * 4, m.parameter("subnet_steps").get(0), "only stages with subnets count");
    Score score = Evaluation.evaluate(m, data);
    assertTrue(score.get("accuracy full") > 0.8, score.toString());
    assertTrue(score.get("accuracy width4") > 0.7, score.toString());
  }

  @Test
  void stagesThatDoNotFitAreRefused() {
    DataSet data = Tasks.blobs(64, 1);
    Model m = model(elasticNet(), data.input());
    Training training = Training.train(m, data);
    assertRefused("1 to 6 networks are expected", () -> stage(0));
    assertRefused("must not be negative, got -1", () -> stage(-1, dense(3)));
    assertRefused(
        "their epochs must ascend, got 2 after 2",
        () -> training.stages(stage(2, elasticNet()), stage(2, elasticNet())));
    assertRefused(
        "the model has none of that name",
        () -> training.stages(stage(0, named("other", dense(3)))).quiet().run());
    assertRefused(
        "give other outputs than each other",
        () ->
            training
                .stages(stage(0, elasticNet(), supernet(elasticNet(), List.of(NARROW))))
                .quiet()
                .run());
  }

  /** Gradients, not outputs, of the subnets have the factor epsilon + (1 - epsilon) t / steps. */
  @Test
  void learningRatesOfSubnetsRise() {
    Layer net = elasticNet();
    Literal x = Examples.normal(1, 4, 5);
    Map<String, Literal> plain = gradientsOfTheNarrowOne(supernet(net, List.of(NARROW)), x, 0);
    for (int step : new int[] {0, 3, 10, 1000}) {
      double factor = Math.min(1, 0.2 + 0.8 * step / 10);
      Map<String, Literal> rising =
          gradientsOfTheNarrowOne(supernet(net, List.of(NARROW)).rising(0.2, 10), x, step);
      for (String name : List.of("0.weight", "3.weight")) {
        for (int i = 0; i < plain.get(name).count(); i++) {
          assertEquals(factor * plain.get(name).get(i), rising.get(name).get(i), 1e-6, name);
        }
      }
      assertEquals(plain.get("loss").get(0), rising.get("loss").get(0), 1e-12, "the outputs stay");
    }
  }

  private static Map<String, Literal> gradientsOfTheNarrowOne(Layer net, Literal x, int step) {
    Lowered lowered = Lower.lower(net, List.of(InputSpec.of(5)), Mode.TRAINING);
    Node y = lowered.graph().outputs().get("width4");
    Node loss = Operations.sum(Operations.square(y), Operations.axes(2));
    List<Node> wrt =
        lowered.graph().parameters().stream()
            .filter(p -> p.op().toString().contains(".weight"))
            .toList();
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    List<Node> gradients = Gradient.of(loss, wrt);
    for (int i = 0; i < wrt.size(); i++) {
      outputs.put(((Op.Parameter) wrt.get(i).op()).name(), gradients.get(i));
    }
    Map<String, Literal> values = new LinkedHashMap<>(lowered.initial(1));
    if (values.containsKey("subnet_steps")) {
      values.put("subnet_steps", Literal.of(new float[] {step}));
    }
    return ReferenceEvaluator.evaluate(
            Graph.of(lowered.graph().inputs(), outputs), 4, Map.of("x", x), values)
        .outputs();
  }

  /** Clusters without labels: the loss falls, the teacher is not the student. */
  @Test
  void nestedClusteringTrains() {
    DataSet data = Tasks.blobs(256, 1);
    Layer net = sequential(dense(8), gelu(), dense(8), nestedProjector(16, 8, 24, 2, 8));
    Model m = model(selfDistillation(net, 0.9), data.input());
    History history =
        Training.train(m, data)
            .loss(Loss.sinkhorn())
            .metrics(new FirstNumber())
            .optimizer(Optimizer.adamW(0.005))
            .epochs(8)
            .quiet()
            .run();
    double first = history.epochs().get(0).get("loss");
    double last = history.epochs().get(7).get("loss");
    assertTrue(last < first, first + " became " + last);
    assertNotEquals(m.parameter("0.weight").get(0), m.parameter("teacher.0.weight").get(0));
  }
}
