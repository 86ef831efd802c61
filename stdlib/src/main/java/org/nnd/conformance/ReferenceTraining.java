package org.nnd.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.train.Loss;
import org.nnd.train.Optimizer;

/** Trains in float64: the graph of a step, evaluated step by step. */
final class ReferenceTraining {
  private static final String RATE = "rate";
  private static final TensorType SCALAR = TensorType.scalar(DType.F64);

  private ReferenceTraining() {}

  /** {@return {@code ref.losses}, {@code after.p.*} and {@code out.train_logits_after}} */
  static Map<String, Literal> run(Vector vector, Trajectory trajectory) {
    Map<String, Literal> inputs = vector.under("in");
    long batch = VectorGraph.batch(inputs);
    Literal target = inputs.remove("target");
    Lowered lowered =
        Lower.lower(trajectory.network(), VectorGraph.specs(inputs, DType.F64), Mode.TRAINING);
    Map<String, Literal> variables = vector.variables();
    Graph step = step(lowered, trajectory, Literals.spec("target", target, DType.F64).type());
    for (Node parameter : step.parameters()) {
      String path = ((Op.Parameter) parameter.op()).name();
      if (!variables.containsKey(path)) { // state of the optimiser
        variables.put(path, Literal.zeros(DType.F64, parameter.shape().at(1)));
      }
    }

    double[] losses = new double[trajectory.rates().length];
    for (int i = 0; i < losses.length; i++) {
      Map<String, Literal> values = new LinkedHashMap<>(inputs);
      values.put("target", target);
      values.put(RATE, scalar(trajectory.rates()[i]));
      trajectory
          .optimizer()
          .scalars(i + 1)
          .forEach((name, value) -> values.put("optimizer." + name, scalar(value)));
      Evaluation evaluation = ReferenceEvaluator.evaluate(step, batch, values, variables);
      losses[i] = evaluation.outputs().get("loss").get(0);
      variables.putAll(evaluation.updates());
    }

    Map<String, Literal> results = new LinkedHashMap<>();
    results.put("ref.losses", Literal.of(losses, losses.length));
    variables.forEach((path, value) -> results.put("after.p." + path, value));
    Evaluation after = ReferenceEvaluator.evaluate(lowered.graph(), batch, inputs, variables);
    results.put("out.train_logits_after", after.output());
    return results;
  }

  private static Literal scalar(double value) {
    return Literal.of(new double[] {value});
  }

  private static Graph step(Lowered lowered, Trajectory trajectory, TensorType targetType) {
    Node target = Operations.input("target", targetType);
    Tensor loss =
        Loss.crossEntropy()
            .smoothing(trajectory.smoothing())
            .of(Tensor.of(lowered.graph().output()), Tensor.of(target));
    List<Variable> trained =
        lowered.variables().stream().filter(v -> v.kind() == Variable.Kind.PARAMETER).toList();
    List<Node> gradients =
        Gradient.of(
            loss.node(),
            trained.stream().map(v -> Operations.parameter(v.path(), v.type())).toList());
    Map<String, Node> updates = new LinkedHashMap<>(lowered.graph().updates());
    for (int i = 0; i < trained.size(); i++) {
      change(trained.get(i), Tensor.of(gradients.get(i)), trajectory, updates);
    }
    return Graph.of(lowered.graph().inputs(), Map.of("loss", loss.node()), updates);
  }

  private static void change(
      Variable variable, Tensor gradient, Trajectory trajectory, Map<String, Node> updates) {
    Optimizer optimizer = trajectory.optimizer();
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (String name : optimizer.state()) {
      String path = "optimizer." + name + "." + variable.path();
      state.put(name, Tensor.of(Operations.parameter(path, variable.type())));
    }
    Map<String, Tensor> scalars = new LinkedHashMap<>();
    optimizer.scalars(1).keySet().forEach(name -> scalars.put(name, input("optimizer." + name)));
    Optimizer.Change change =
        optimizer.change(
            new Optimizer.At(
                Tensor.of(Operations.parameter(variable.path(), variable.type())),
                gradient,
                state,
                scalars,
                input(RATE),
                trajectory.weightDecay()));
    updates.put(variable.path(), change.parameter().node());
    change
        .state()
        .forEach(
            (name, value) ->
                updates.put("optimizer." + name + "." + variable.path(), value.node()));
  }

  private static Tensor input(String name) {
    return Tensor.of(Operations.input(name, SCALAR));
  }
}
