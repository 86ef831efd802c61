package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.sparse;
import static org.nnd.layers.convnets.ConvNets.slakBlock;
import static org.nnd.train.Optimizer.adamW;
import static org.nnd.train.Training.train;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnd.data.DataSet;
import org.nnd.data.Glyphs;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.zoo.Zoo;

class SparsityTest {
  private static Model model() {
    return Models.model(
        sequential(
            conv(4).stride(4), sparse(slakBlock(7).small(3), 0.4), globalAvgPool(), dense(10)),
        InputSpec.of(1, 28, 28));
  }

  private static long zeros(Model m, String path) {
    return Arrays.stream(m.parameter(path).toDoubles()).filter(v -> v == 0).count();
  }

  @Test
  void trainingKeepsTheMaskAndMovesTheRest() {
    Model m = model();
    String path = "1.pwconv1.weight";
    Literal mask = m.parameter(path + "_mask");
    assertEquals(Math.round(0.4 * 64), zeros(m, path + "_mask"));
    float[] before = m.parameter(path).toFloats().clone();
    DataSet data = Glyphs.digits().train(64).test(1).train();
    train(m, data).optimizer(adamW(1e-2).weightDecay(0)).epochs(1).batchSize(16).quiet().run();
    assertArrayEquals(mask.toFloats(), m.parameter(path + "_mask").toFloats());
    float[] after = m.parameter(path).toFloats();
    for (int i = 0; i < after.length; i++) {
      // A masked weight has no gradient; nothing moves it.
      assertEquals(mask.get(i) == 0, before[i] == after[i], "element " + i);
    }
  }

  @Test
  void prunedWeightsAreTheSmallest() {
    Model m = model();
    Sparsity.prune(m, 0.75);
    double[] weight = m.parameter("1.pwconv2.weight").toDoubles();
    double[] mask = m.parameter("1.pwconv2.weight_mask").toDoubles();
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < weight.length; i++) {
      if (mask[i] == 0) {
        largest = Math.max(largest, Math.abs(weight[i]));
      } else {
        smallest = Math.min(smallest, Math.abs(weight[i]));
      }
    }
    assertTrue(largest <= smallest);
    assertEquals(48, zeros(m, "1.pwconv2.weight_mask"));
  }

  @Test
  void prunedAndGrownWeightsAreAsMany() {
    Model m = model();
    String mask = "1.pwconv1.weight_mask";
    float[] before = m.parameter(mask).toFloats().clone();
    long sparse = zeros(m, mask);
    Sparsity.pruneAndGrow(m, 0.3, 5);
    assertEquals(sparse, zeros(m, mask));
    float[] after = m.parameter(mask).toFloats();
    int grown = 0;
    for (int i = 0; i < after.length; i++) {
      if (before[i] == 0 && after[i] == 1) {
        grown++;
        assertEquals(0, m.parameter("1.pwconv1.weight").get(i));
      }
    }
    assertEquals((int) (0.3 * (64 - sparse)), grown);
    assertNotEquals(Arrays.toString(before), Arrays.toString(after));
  }

  /** SLaK-T has 30 million parameters (Liu et al. 2023, table 2): 1.3 times as wide, 40 % zero. */
  @Test
  void slakTHasThePublishedNumberOfParameters() {
    Layer net = sparse(Zoo.slak("t", 1000).widthFactor(1.3), 0.4);
    Lowered lowered = Lower.lower(net, List.of(InputSpec.of(3, 224, 224)), Mode.INFERENCE);
    long masked =
        lowered.variables().stream()
            .filter(variable -> variable.path().endsWith("_mask"))
            .mapToLong(variable -> variable.type().shape().count().fixed())
            .sum();
    assertEquals(30e6, lowered.parameterCount() - 0.4 * masked, 1e6);
  }

  @Test
  void modelsWithoutMasksAreRefused() {
    Model m = Models.model(dense(2), InputSpec.of(3));
    assertTrue(
        assertThrows(NndException.class, () -> Sparsity.prune(m, 0.5))
            .getMessage()
            .startsWith("the model has no masks; put sparse(layer, sparsity) around"));
    assertThrows(NndException.class, () -> Sparsity.prune(model(), 1));
  }
}
