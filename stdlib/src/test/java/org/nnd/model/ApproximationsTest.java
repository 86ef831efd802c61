package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.activation;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.mlp;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.snnk.Snnk.bundle;
import static org.nnd.layers.snnk.Snnk.graphFeatures;
import static org.nnd.layers.snnk.Snnk.snnk;
import static org.nnd.model.Approximations.approximate;
import static org.nnd.model.Approximations.bundled;
import static org.nnd.model.Approximations.distil;
import static org.nnd.model.Approximations.leastSquares;
import static org.nnd.model.Models.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nnd.data.DataSet;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.layers.snnk.CsrGraph;
import org.nnd.layers.snnk.SnnkLayer;

/** Transformations of trained models into layers of random features. */
class ApproximationsTest {
  private static final int IN = 6;
  private static final InputSpec INPUT = new InputSpec("features", DType.F32, IN);

  /** A network whose weights and activities stay small, as random features want it. */
  private static Model teacher(String function) {
    Layer net =
        sequential(
            dense(5), activation(function), dropout(0.1), dense(3), activation(function), dense(2));
    return model(net, INPUT).seed(4);
  }

  private static float[][] rows(int count, int columns, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][columns];
    for (float[] row : rows) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) (0.3 * random.nextGaussian());
      }
    }
    return rows;
  }

  private static Literal input(int count) {
    float[][] rows = rows(count, IN, 8);
    float[] flat = new float[count * IN];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / IN][i % IN];
    }
    return Literal.of(flat, count, IN);
  }

  private static double error(Model wanted, Model got) {
    Tensor x = Tensor.of(input(50));
    return Examples.distance(wanted.predict(x).value(), got.predict(x).value());
  }

  /** Of two seeds: the error falls with the number of features, to a small rest. */
  @Test
  void approximatedLayersComputeWhatTheDenseLayersDid() {
    for (String function : List.of("sin", "cos", "gaussian", "exp")) {
      Model teacher = model(sequential(dense(5), activation(function), dense(2)), INPUT).seed(4);
      double few = 0;
      double many = 0;
      for (int seed = 0; seed < 2; seed++) {
        SnnkLayer layer = snnk(1).activation(function).seed(seed);
        few += error(teacher, approximate(teacher, d -> layer.features(16))) / 2;
        many += error(teacher, approximate(teacher, d -> layer.features(2048))) / 2;
      }
      assertTrue(many < 0.1 && few > 3 * many, function + ": " + few + " to " + many);
    }
  }

  /** On the session's device as by the reference evaluator, in f32. */
  @Test
  void theDeviceComputesGraphFeatures() {
    int[][] edges = new int[40][];
    Arrays.setAll(edges, i -> new int[] {i, (7 * i + 3) % 41});
    Layer layer = graphFeatures(CsrGraph.undirected(41, edges).normalised()).walks(7);
    Model m = model(layer, InputSpec.of(41, 3));
    Literal x = Examples.normal(3, 5, 41, 3);
    Literal wanted =
        ReferenceEvaluator.evaluate(
                m.lowered(Mode.INFERENCE).graph(), 5, Map.of("x", x), m.weights())
            .outputs()
            .get("y");
    assertTrue(Examples.distance(wanted, m.predict(Tensor.of(x)).value()) < 1e-5);
  }

  @Test
  void approximatingKeepsPathsAndLeavesTheLastLayer() {
    Model teacher = teacher("sin");
    Model made = approximate(teacher, d -> snnk(1).features(8).activation("sin"));
    assertEquals(List.of("0.weights", "3.weights", "5.weight", "5.bias"), made.parameters("*"));
    assertEquals(teacher.parameter("5.weight"), made.parameter("5.weight"));
  }

  /** The tied form trains the dense layer's own weights. */
  @Test
  void tiedLayersKeepTheWeights() {
    Model teacher = teacher("sin");
    Model made = approximate(teacher, d -> snnk(1).features(2048).activation("sin").tied(true));
    assertEquals(teacher.parameter("3.weight"), made.parameter("3.weight"));
    assertTrue(error(teacher, made) < 0.1);
  }

  @Test
  void aBundleComputesAboutWhatTheRowDid() {
    Model teacher = teacher("sin");
    Model small = bundled(teacher, s -> s.seed(1), 64, 64);
    Model large = bundled(teacher, s -> s.seed(1), 512, 2048);
    assertEquals(List.of("0.Wbar", "0.bias"), large.parameters("*"));
    assertEquals(2 * 2 * 2048 + 2, large.parameterCount());
    double few = error(teacher, small);
    double many = error(teacher, large);
    assertTrue(many < 0.25 && many < few, few + " to " + many);
  }

  /** Two sums of one layer each are the layer itself: nothing is lost in the product of weights. */
  @Test
  void aBundleOfOneLayerIsTheSnnkLayerAndTheDenseLayerAfterIt() {
    Model teacher = model(sequential(dense(5), activation("sin"), dense(2)), INPUT).seed(4);
    Model apart = approximate(teacher, d -> snnk(1).features(64).activation("sin").seed(3));
    Model one = bundled(teacher, s -> s.seed(3), 64);
    assertTrue(error(apart, one) < 1e-5);
  }

  @Test
  void distillingBringsTheReplacedLayersCloser() {
    Model teacher = teacher("relu");
    Model student = approximate(teacher, d -> snnk(1).features(200).activation("relu"));
    float[][] x = rows(600, IN, 3);
    Model distilled = distil(student, teacher, DataSet.of(x, rows(600, 2, 4)));
    double before = error(teacher, student);
    double after = error(teacher, distilled);
    assertTrue(after < 0.1 && after < before / 5, before + " to " + after);
    Model again = distil(bundled(teacher, 50, 200), teacher, DataSet.of(x, rows(600, 2, 4)));
    assertTrue(error(teacher, again) < 0.15, "bundle " + error(teacher, again));
  }

  /** Rewritten blocks inside a residual, with activations that random features do not know. */
  @Test
  void distillingReachesRewrittenBlocksInside() {
    Layer net = sequential(residual(named("ffn", mlp(2))), dense(3), gelu());
    Model teacher = model(net, new InputSpec("features", DType.F32, 5, IN)).seed(4);
    Layer lean = net.rewrite(mlp(2), m -> snnk().features(150).bias(true));
    Model student = model(lean, new InputSpec("features", DType.F32, 5, IN)).seed(4);
    float[][] x = rows(120, 5 * IN, 3);
    int[] labels = new int[120];
    DataSet data = DataSet.of(new int[] {5, IN}, x, labels);
    Model distilled = distil(student, teacher, data);
    Tensor test = Tensor.of(Examples.normal(3, 7, 5, IN)).mul(0.3);
    Literal wanted = teacher.predict(test).value();
    double before = Examples.distance(wanted, student.predict(test).value());
    double after = Examples.distance(wanted, distilled.predict(test).value());
    assertTrue(after < 0.05 && after < before / 5, before + " to " + after);
    assertEquals(teacher.parameter("1.weight"), distilled.parameter("1.weight"));
  }

  /** At the least square error, no other weights are better. */
  @Test
  void theClosedFormIsTheMinimum() {
    Layer net = sequential(dense(4), bundle(2, 9, 7).bias(true));
    Model m = model(net, INPUT);
    float[][] x = rows(40, IN, 3);
    float[][] y = rows(40, 2, 4);
    double ridge = 0.3;
    Model solved = leastSquares(m, DataSet.of(x, y), ridge);
    double best = objective(solved, x, y, ridge);
    for (int i = 0; i < 20; i++) {
      Model other = solved.with(solved.weights());
      float[] w = other.parameter("1.Wbar").toFloats().clone();
      w[i % w.length] += i % 2 == 0 ? 0.05f : -0.05f;
      other.setParameter("1.Wbar", Literal.of(w, 2, 7));
      assertTrue(objective(other, x, y, ridge) > best, "weight " + i);
    }
  }

  private static double objective(Model m, float[][] x, float[][] y, double ridge) {
    double sum = 0;
    float[] got = m.predict(Tensor.of(x)).toFloats();
    for (int i = 0; i < got.length; i++) {
      sum += Math.pow(got[i] - y[i / 2][i % 2], 2);
    }
    for (String path : List.of("1.Wbar", "1.bias")) {
      for (float w : m.parameter(path).toFloats()) {
        sum += ridge * w * w;
      }
    }
    return sum;
  }

  @Test
  void classesAreSolvedForAsVectorsWithAOne() {
    Model m = model(bundle(2, 64).bias(true), INPUT);
    float[][] x = rows(200, IN, 3);
    int[] labels = new int[200];
    Arrays.setAll(labels, i -> x[i][0] > x[i][1] ? 1 : 0);
    Model solved = leastSquares(m, DataSet.of(x, labels), 1e-3);
    float[] scores = solved.predict(Tensor.of(x)).toFloats();
    int right = 0;
    for (int i = 0; i < 200; i++) {
      right += (scores[2 * i + 1] > scores[2 * i] ? 1 : 0) == labels[i] ? 1 : 0;
    }
    assertTrue(right > 180, right + " of 200");
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    Model teacher = teacher("sin");
    DataSet data = DataSet.of(rows(4, IN, 3), rows(4, 2, 4));
    refused(
        () -> approximate(teacher, d -> snnk(1)),
        "no dense layer is followed by the activation that the SNNK layers estimate; those of this"
            + " network are followed by [sin]");
    refused(
        () -> bundled(model(sequential(dense(3), dense(2)), INPUT), 8),
        "bundle: the network has no dense layer with an activation after it in its main row");
    refused(
        () -> bundled(model(sequential(dense(3), gelu()), INPUT), 8),
        "snnk: unknown activation 'gelu', expected one of relu, relu_squared, step, cos, sin,"
            + " gaussian, sinc, exp, cosh, sinh, rbf");
    refused(
        () -> distil(teacher, teacher, data),
        "distil: the networks are the same; there is nothing to match");
    Model other = model(sequential(dense(5), relu()), INPUT);
    refused(() -> distil(other, teacher, data), "random features alone");
    refused(
        () -> leastSquares(teacher, data, 0),
        "leastSquares: the last layer must be a bundle or snnk layer, it is dense(2)");
    Model wide = model(bundle(2, 30), INPUT);
    refused(
        () -> leastSquares(wide, data, 0),
        "least squares: the examples do not determine the weights of 30 features; use more"
            + " examples, fewer features or a ridge above 0.0");
    refused(
        () -> leastSquares(wide, data, -1), "leastSquares: the ridge must be at least 0, got -1.0");
  }

  private static void refused(Executable action, String part) {
    assertRefused(part, action);
  }
}
