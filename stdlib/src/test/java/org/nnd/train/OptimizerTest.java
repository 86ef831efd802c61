package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.data.Messages.assertRefused;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;

/** The graphs of updates, run in double precision, against the algorithms written as loops. */
class OptimizerTest {
  private static final double[] GRADIENTS = {0.3, -1.2, 0.01, 2, -0.5, 0};
  private static final double START = 1.5;
  private static final double DECAY = 0.1;

  /** The parameter after each step. */
  private static double[] run(Optimizer optimizer) {
    Map<String, Literal> values = new HashMap<>();
    values.put("p", Literal.of(new double[] {START}));
    optimizer.state().forEach(name -> values.put(name, Literal.of(new double[1])));
    double[] result = new double[GRADIENTS.length];
    for (int t = 0; t < result.length; t++) {
      Map<String, Literal> inputs = new HashMap<>();
      inputs.put("g", Literal.of(new double[] {GRADIENTS[t]}));
      inputs.put("rate", Literal.of(new double[] {optimizer.learningRate()}));
      optimizer
          .scalars(t + 1)
          .forEach((name, value) -> inputs.put(name, Literal.of(new double[] {value})));
      Evaluation step = ReferenceEvaluator.evaluate(graph(optimizer), 1, inputs, values);
      values.putAll(step.updates());
      result[t] = values.get("p").get(0);
    }
    return result;
  }

  private static Graph graph(Optimizer optimizer) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    optimizer.state().forEach(name -> state.put(name, parameter(name)));
    Map<String, Tensor> scalars = new LinkedHashMap<>();
    optimizer.scalars(1).keySet().forEach(name -> scalars.put(name, input(name)));
    Optimizer.Change change =
        optimizer.change(
            new Optimizer.At(
                parameter("p"),
                input("g"),
                state,
                scalars,
                input("rate"),
                optimizer.weightDecay()));
    Map<String, Node> updates = new LinkedHashMap<>();
    updates.put("p", change.parameter().node());
    change.state().forEach((name, value) -> updates.put(name, value.node()));
    return Graph.of(List.of(), Map.of(), updates);
  }

  private static Tensor parameter(String name) {
    return Tensor.of(Operations.parameter(name, TensorType.scalar(DType.F64)));
  }

  private static Tensor input(String name) {
    return Tensor.of(Operations.input(name, TensorType.scalar(DType.F64)));
  }

  private static void assertRuns(double[] expected, Optimizer optimizer) {
    double[] actual = run(optimizer);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-12 * Math.abs(expected[i]), "step " + (i + 1));
    }
  }

  @Test
  void gradientDescent() {
    double[] expected = new double[GRADIENTS.length];
    double p = START;
    for (int t = 0; t < expected.length; t++) {
      p -= 0.05 * (GRADIENTS[t] + DECAY * p);
      expected[t] = p;
    }
    assertRuns(expected, Optimizer.sgd(0.05).weightDecay(DECAY));
  }

  @Test
  void momentumAndNesterov() {
    for (boolean nesterov : new boolean[] {false, true}) {
      double[] expected = new double[GRADIENTS.length];
      double p = START;
      double m = 0;
      for (int t = 0; t < expected.length; t++) {
        double g = GRADIENTS[t] + DECAY * p;
        m = t == 0 ? g : 0.9 * m + g;
        p -= 0.05 * (nesterov ? g + 0.9 * m : m);
        expected[t] = p;
      }
      Optimizer.Sgd sgd = Optimizer.sgd(0.05).momentum(0.9).weightDecay(DECAY);
      assertRuns(expected, nesterov ? sgd.nesterov() : sgd);
    }
  }

  @Test
  void adamW() {
    double[] expected = new double[GRADIENTS.length];
    double p = START;
    double m = 0;
    double v = 0;
    for (int t = 0; t < expected.length; t++) {
      p -= 0.01 * DECAY * p;
      m = 0.8 * m + 0.2 * GRADIENTS[t];
      v = 0.95 * v + 0.05 * GRADIENTS[t] * GRADIENTS[t];
      double mHat = m / (1 - Math.pow(0.8, t + 1));
      double vHat = v / (1 - Math.pow(0.95, t + 1));
      p -= 0.01 * mHat / (Math.sqrt(vHat) + 1e-6);
      expected[t] = p;
    }
    assertRuns(expected, Optimizer.adamW(0.01).betas(0.8, 0.95).eps(1e-6).weightDecay(DECAY));
  }

  @Test
  void lion() {
    double[] expected = new double[GRADIENTS.length];
    double p = START;
    double m = 0;
    for (int t = 0; t < expected.length; t++) {
      p -= 0.01 * DECAY * p;
      p -= 0.01 * Math.signum(0.9 * m + 0.1 * GRADIENTS[t]);
      m = 0.99 * m + 0.01 * GRADIENTS[t];
      expected[t] = p;
    }
    assertRuns(expected, Optimizer.lion(0.01).weightDecay(DECAY));
  }

  @Test
  void wrongOptionsAreRefused() {
    assertRefused("adamW: the learning rate must be above 0, got 0.0", () -> Optimizer.adamW(0));
    assertRefused(
        "sgd: momentum must be at least 0 and below 1, got 1.0",
        () -> Optimizer.sgd(1).momentum(1));
    assertRefused(
        "lion: weight decay must not be negative, got -1.0",
        () -> Optimizer.lion(1).weightDecay(-1));
    assertRefused("beta2", () -> Optimizer.adamW(1).betas(0.9, 1.5));
  }

  @Test
  void thePrintedFormIsTheDeclaration() {
    assertEquals(
        "adamW(0.002).weightDecay(0.05)", Optimizer.adamW(2e-3).weightDecay(0.05).toString());
    assertEquals(
        "sgd(0.1).momentum(0.9).nesterov()",
        Optimizer.sgd(0.1).momentum(0.9).nesterov().toString());
  }
}
