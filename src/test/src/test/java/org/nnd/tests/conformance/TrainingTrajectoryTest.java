package org.nnd.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.model.Models.model;
import static org.nnd.train.Loss.crossEntropy;
import static org.nnd.train.Optimizer.adamW;
import static org.nnd.train.Optimizer.sgd;
import static org.nnd.train.ParameterGroup.group;
import static org.nnd.train.Training.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;
import org.nnd.model.Model;
import org.nnd.train.History;
import org.nnd.train.Optimizer;
import org.nnd.zoo.Zoo;

/**
 * Training on the device against runs of PyTorch on the official networks in float64: the losses
 * before each step, all parameters after the last, and the logits they give. Tolerances are the
 * manifest's for float32.
 */
class TrainingTrajectoryTest {
  private static OracleCase oracle(String name) throws Exception {
    String given = System.getProperty("nnd.oracle", "");
    Path folder =
        given.isEmpty()
            ? Path.of(TrainingTrajectoryTest.class.getResource("/oracle/manifest.json").toURI())
                .getParent()
            : Path.of(given);
    return OracleCase.all(folder).stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<?, ?> options(OracleCase c) {
    return (Map<?, ?>) c.hyper().get("opt");
  }

  private static double option(OracleCase c, String name) {
    return ((Number) options(c).get(name)).doubleValue();
  }

  @Test
  void adamWOnRepLKNet() throws Exception {
    OracleCase c = oracle("train_replknet_adamw");
    Layer net =
        Zoo.repLKNet31B(c.number("num_classes"))
            .depths(c.numbers("layers"))
            .widths(c.numbers("channels"))
            .small(c.number("small_kernel"))
            .ffnRatio(c.number("ffn_ratio"))
            .kernels(c.numbers("large_kernel_sizes"));
    check(c, net, adamW(option(c, "lr")), option(c, "weight_decay"));
  }

  @Test
  void nesterovMomentumOnUniRepLKNet() throws Exception {
    OracleCase c = oracle("train_unireplknet_sgd");
    List<List<Integer>> kernels =
        ((List<?>) c.hyper().get("kernel_sizes"))
            .stream()
                .map(stage -> ((List<?>) stage).stream().map(k -> ((Number) k).intValue()).toList())
                .toList();
    Layer net =
        Zoo.uniRepLKNet("a", c.number("num_classes"))
            .depths(c.numbers("depths"))
            .widths(c.numbers("dims"))
            .kernels(kernels);
    Optimizer optimizer = sgd(option(c, "lr")).momentum(option(c, "momentum")).nesterov();
    check(c, net, optimizer, option(c, "weight_decay"));
  }

  private static void check(OracleCase c, Layer net, Optimizer optimizer, double decay) {
    DataSet data = data(c);
    Model m = model(net, data.input());
    assertEquals(
        c.variables().keySet(), m.weights().keySet(), "the variables have the official names");
    c.variables().forEach(m::setParameter);
    double smoothing = ((Number) c.hyper().get("label_smoothing")).doubleValue();
    History history =
        train(m, data)
            .loss(crossEntropy().smoothing(smoothing))
            .optimizer(optimizer)
            // PyTorch decays every parameter unless told otherwise.
            .groups(group("*").weightDecay(decay))
            .batchSize(c.batch())
            .epochs(c.number("steps"))
            .quiet()
            .run();

    double[] losses = history.epochs().stream().mapToDouble(epoch -> epoch.get("loss")).toArray();
    Map<String, Literal> got = new LinkedHashMap<>();
    got.put("ref.losses", Literal.of(losses, losses.length));
    Map<String, Literal> x = Map.of("x", c.literal("in.x"));
    m.run(m.lowered(Mode.TRAINING).graph(), x, c.batch())
        .forEach((name, value) -> got.put("out.train_logits_after", value));
    m.weights().forEach((path, value) -> got.put("after.p." + path, value));
    for (String tensor : c.tensors().names()) {
      if (got.containsKey(tensor)) {
        double[] expected = c.literal(tensor).toDoubles();
        double[] actual = got.get(tensor).toDoubles();
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
          worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
        }
        double most = c.atol(tensor);
        assertEquals(expected.length, actual.length, tensor);
        assertTrue(worst <= most, "%s: off by %.3g, at most %.3g".formatted(tensor, worst, most));
      }
    }
  }

  private static DataSet data(OracleCase c) {
    Literal x = c.literal("in.x");
    int[] shape = x.shape();
    int[] targets = (int[]) c.literal("in.target").array();
    return DataSet.of(
        List.of(
            Field.input("x", Kind.F32, Arrays.copyOfRange(shape, 1, shape.length)),
            Field.classes("target", List.of("0", "1", "2", "3", "4"))),
        List.of(
            Column.of("x", shape, x.toFloats()),
            Column.of("target", new int[] {targets.length}, targets)));
  }
}
