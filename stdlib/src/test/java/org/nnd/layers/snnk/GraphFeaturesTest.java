package org.nnd.layers.snnk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.snnk.Snnk.graphFeatures;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Features of random walks against the kernel computed with dense matrices. */
class GraphFeaturesTest {
  /** A ring of seven nodes with two chords, a tail, and a node apart. */
  private static final int NODES = 9;

  private static final CsrGraph RING =
      CsrGraph.undirected(
              NODES,
              new int[][] {
                {0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 0}, {0, 3}, {2, 5}, {6, 7}
              })
          .normalised();

  private static final double[] MODULATION = {1, -0.6, 0.4, 0.25};

  private static double[][] dense(CsrGraph graph) {
    double[][] w = new double[graph.nodes()][graph.nodes()];
    for (int i = 0; i < graph.nodes(); i++) {
      for (int k = graph.start(i); k < graph.start(i + 1); k++) {
        w[i][graph.column(k)] = graph.weights().get(k);
      }
    }
    return w;
  }

  /** {@code F F^T} with {@code F = sum_t f_t W^t}. */
  private static double[][] kernel(CsrGraph graph, double[] f) {
    int n = graph.nodes();
    double[][] w = dense(graph);
    double[][] power = new double[n][n];
    double[][] sum = new double[n][n];
    for (int i = 0; i < n; i++) {
      power[i][i] = 1;
    }
    for (double factor : f) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          sum[i][j] += factor * power[i][j];
        }
      }
      power = times(power, w);
    }
    double[][] transposed = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        transposed[i][j] = sum[j][i];
      }
    }
    return times(sum, transposed);
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[0].length; j++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  /** The estimated kernel: what the layer makes of the unit vectors. */
  private static double[][] estimate(Layer layer) {
    List<InputSpec> specs = List.of(new InputSpec("x", DType.F64, NODES, NODES));
    Lowered lowered = Lower.lower(layer, specs, Mode.INFERENCE);
    double[] unit = new double[NODES * NODES];
    for (int i = 0; i < NODES; i++) {
      unit[i * NODES + i] = 1;
    }
    Literal x = Literal.of(unit, 1, NODES, NODES);
    double[] y =
        ReferenceEvaluator.evaluate(lowered.graph(), 1, Map.of("x", x), lowered.initial(0))
            .outputs()
            .get("y")
            .toDoubles();
    double[][] rows = new double[NODES][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(y, i * NODES, (i + 1) * NODES));
    return rows;
  }

  private static double[][] mean(GraphFeatures layer, int seeds) {
    double[][] mean = new double[NODES][NODES];
    for (int seed = 0; seed < seeds; seed++) {
      double[][] k = estimate(layer.seed(seed));
      for (int i = 0; i < NODES; i++) {
        for (int j = 0; j < NODES; j++) {
          mean[i][j] += k[i][j] / seeds;
        }
      }
    }
    return mean;
  }

  /** The root mean square error over all pairs, or over those of different nodes alone. */
  private static double error(double[][] got, double[][] wanted, boolean diagonal) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < NODES; i++) {
      for (int j = 0; j < NODES; j++) {
        if (diagonal || i != j) {
          sum += Math.pow(got[i][j] - wanted[i][j], 2);
          count++;
        }
      }
    }
    return Math.sqrt(sum / count);
  }

  @Test
  void theMeanOverSeedsConvergesToTheExactKernel() {
    double[][] exact = kernel(RING, MODULATION);
    GraphFeatures layer = graphFeatures(RING).modulation(MODULATION).walks(4);
    double few = error(mean(layer, 25), exact, true);
    double many = error(mean(layer, 1600), exact, true);
    // 64 times the seeds: an eighth of the error.
    assertTrue(few / many > 4 && few / many < 16, few + " to " + many);
    assertTrue(many < 0.02, many + " is left");
  }

  @Test
  void moreWalksHelpAsMoreSeedsDo() {
    double[][] exact = kernel(RING, MODULATION);
    GraphFeatures layer = graphFeatures(RING).modulation(MODULATION).halt(0.2);
    double few = error(estimate(layer.walks(20)), exact, true);
    double many = error(estimate(layer.walks(5000)), exact, true);
    assertTrue(few / many > 6, few + " to " + many);
  }

  @Test
  void oneEnsembleIsUnbiasedBesideTheDiagonalAndPositiveSemiDefinite() {
    double[][] exact = kernel(RING, MODULATION);
    GraphFeatures layer = graphFeatures(RING).modulation(MODULATION).walks(4).ensembles(1);
    double[][] mean = mean(layer, 1600);
    assertTrue(error(mean, exact, false) < 0.02);
    for (int i = 0; i < NODES - 1; i++) {
      assertTrue(mean[i][i] > exact[i][i], "the diagonal is too large");
    }
    double[][] one = estimate(layer);
    double[] v = {1, -2, 0.5, 1, 3, -1, 2, -0.5, 1};
    double form = 0;
    for (int i = 0; i < NODES; i++) {
      for (int j = 0; j < NODES; j++) {
        assertEquals(one[j][i], one[i][j], 1e-12);
        form += v[i] * one[i][j] * v[j];
      }
    }
    assertTrue(form >= 0);
  }

  @Test
  void aNodeApartSeesItselfAlone() {
    double[][] k = estimate(graphFeatures(RING).modulation(MODULATION));
    double[] alone = new double[NODES];
    alone[8] = 1;
    assertArrayEquals(alone, k[8], 1e-12);
  }

  @Test
  void theDefaultModulationIsThatOfDiffusion() {
    double[][] w = dense(RING);
    double[][] exponential = new double[NODES][NODES];
    double[][] term = new double[NODES][NODES];
    for (int i = 0; i < NODES; i++) {
      term[i][i] = 1;
    }
    for (int k = 1; k < 25; k++) {
      for (int i = 0; i < NODES; i++) {
        for (int j = 0; j < NODES; j++) {
          exponential[i][j] += term[i][j];
        }
      }
      term = times(term, w);
      for (double[] row : term) {
        for (int j = 0; j < NODES; j++) {
          row[j] *= 0.8 / k;
        }
      }
    }
    double[] f = graphFeatures(RING).length(8).diffusion(0.8).initial().toDoubles();
    assertTrue(error(kernel(RING, f), exponential, true) < 1e-7);
  }
}
