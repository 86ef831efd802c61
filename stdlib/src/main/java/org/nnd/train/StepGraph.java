package org.nnd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Origin;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.gradient.Gradient;
import org.nnd.model.Model;

/**
 * The graphs of a training step. Without accumulation one graph does everything; with it, one adds
 * a batch's gradients up and another one applies them.
 *
 * <p>No update takes place once a loss was not finite: the number of that batch is kept in {@code
 * train.halted}, everything else stays as it was before.
 *
 * @param batch what runs for every batch
 * @param apply what runs after so many batches; empty where {@code batch} updates the parameters
 * @param variables initial values of what training keeps beside the model's variables; averages
 *     start as the model's values
 * @param sums the names of what is added up over the examples
 */
record StepGraph(
    Graph batch, List<Graph> apply, Map<String, Literal> variables, List<String> sums) {
  static final String SEED = "rng.seed";
  static final String DRAW = "rng.step";
  static final String RATE = "optimizer.rate";
  static final String STEP = "optimizer.step";
  static final String NUMBER = "train.number";
  static final String HALTED = "train.halted";
  static final String EXAMPLES = "train.examples";
  static final String DECAY = "train.decay";
  static final String AVERAGE = "train.average.";
  private static final String GRADIENT = "train.gradient.";
  private static final String WEIGHT = "train.weight";

  static StepGraph of(Model model, Settings settings, List<Target> targets) {
    return of(model, model.lowered(Mode.TRAINING), settings, targets);
  }

  /** {@return the step of another network on the model's variables} */
  static StepGraph of(Model model, Lowered network, Settings settings, List<Target> targets) {
    return new Builder(model, network, settings).build(targets);
  }

  /** {@return the name of the variable that adds up a metric} */
  static String sum(String metric) {
    return "train.sum." + metric;
  }

  private static final class Builder {
    private final Model model;
    private final Settings settings;
    private final Lowered lowered;
    private final Map<String, Literal> variables = new LinkedHashMap<>();
    private final List<String> sums = new ArrayList<>();

    /** The model's parameters that are trained. */
    private final List<Variable> trained = new ArrayList<>();

    /** Those of them of which only some rows change, and which. */
    private final Map<Variable, TableRows> tables = new LinkedHashMap<>();

    /** Their new values, and those of the state kept for them. */
    private final Map<String, Node> changedTables = new LinkedHashMap<>();

    Builder(Model model, Lowered lowered, Settings settings) {
      this.model = model;
      this.settings = settings;
      this.lowered = lowered;
      for (Variable variable : lowered.variables()) {
        if (variable.path().startsWith("optimizer.") || variable.path().startsWith("train.")) {
          throw new NndException(
              "the variable '%s' has a name that training needs for its own; rename the layer"
                  .formatted(variable.path()));
        }
        if (variable.kind() == Variable.Kind.PARAMETER
            && !model.frozen().contains(variable.path())) {
          trained.add(variable);
        }
      }
      if (trained.isEmpty()) {
        throw new NndException("train: the model has no parameters that are not frozen");
      }
    }

    StepGraph build(List<Target> targets) {
      Forward forward = Forward.of(lowered.graph(), settings.loss(), settings.metrics(), targets);
      List<Tensor> gradients = gradients(forward.loss());
      Tensor running = running();
      Tensor fine = running.and(finite(forward.loss()));
      checkTables();

      Map<String, Tensor> updates = new LinkedHashMap<>();
      buffers(updates);
      sums(forward, updates);
      Tensor step = variable(STEP, Literal.zeros(DType.I32));
      Tensor halted = variable(HALTED, Literal.zeros(DType.I32));
      List<Graph> apply = new ArrayList<>();
      if (settings.accumulate() == 1) {
        update(gradients, step, updates, fine);
      } else {
        List<Tensor> mean = accumulate(gradients, forward.examples(), updates);
        Map<String, Tensor> later = new LinkedHashMap<>();
        update(mean, step, later, running);
        forget(later);
        apply.add(graph(guarded(later, running)));
      }
      Map<String, Node> all = guarded(updates, fine);
      all.putAll(changedTables);
      Tensor number = Tensor.of(Operations.input(NUMBER, TensorType.scalar(DType.I32)));
      all.put(HALTED, running.where(fine.where(halted, number), halted).node());
      return new StepGraph(
          Graph.of(forward.inputs(), Map.of("loss", forward.loss().node()), all),
          apply,
          variables,
          sums);
    }

    private static Graph graph(Map<String, Node> updates) {
      return Graph.of(List.of(), Map.of(), updates);
    }

    /** Updates that take place only where a condition holds. */
    private Map<String, Node> guarded(Map<String, Tensor> updates, Tensor condition) {
      Map<String, Node> guarded = new LinkedHashMap<>();
      updates.forEach(
          (name, value) ->
              guarded.put(
                  name,
                  condition.where(value, parameter(name, value.dtype(), value.shape())).node()));
      return guarded;
    }

    private Tensor running() {
      return variable(HALTED, Literal.zeros(DType.I32)).eq(0);
    }

    private static Tensor finite(Tensor x) {
      return x.abs().le(Float.MAX_VALUE);
    }

    /** The gradients of the parameters; of tables that change by rows, those of the rows. */
    private List<Tensor> gradients(Tensor loss) {
      List<Node> wrt = new ArrayList<>();
      Map<Variable, List<Node>> reads = new LinkedHashMap<>();
      for (Variable variable : trained) {
        if (variable.byRows()) {
          reads.put(variable, TableRows.reads(variable, loss.node()));
          wrt.addAll(reads.get(variable));
        } else {
          wrt.add(Operations.parameter(variable.path(), variable.type()));
        }
      }
      trained.removeIf(variable -> variable.byRows() && reads.get(variable).isEmpty());
      List<Node> all = new ArrayList<>(Gradient.of(loss.node(), wrt));
      List<Tensor> gradients = new ArrayList<>();
      for (Variable variable : trained) {
        if (variable.byRows()) {
          List<Node> own = all.subList(0, reads.get(variable).size());
          TableRows rows = TableRows.of(reads.get(variable), own);
          own.clear();
          tables.put(variable, rows);
          gradients.add(rows.gradients());
        } else {
          gradients.add(Tensor.of(all.remove(0)));
        }
      }
      return gradients;
    }

    private void checkTables() {
      String what =
          settings.accumulate() > 1
              ? "gradients cannot be accumulated"
              : settings.average() > 0 ? "there cannot be an average of the weights" : "";
      if (!tables.isEmpty() && !what.isEmpty()) {
        throw new NndException(
            ("train: %s where the table '%s' changes by the rows that are read; let the layer that"
                    + " declares it train all rows, with byRows(false)")
                .formatted(what, tables.keySet().iterator().next().path()));
      }
    }

    /** Running statistics and other buffers, and the number of the next draw of random numbers. */
    private void buffers(Map<String, Tensor> updates) {
      lowered
          .graph()
          .updates()
          .forEach(
              (path, value) -> {
                if (!model.frozen().contains(path)) {
                  updates.put(path, Tensor.of(value));
                }
              });
      if (lowered.variables().stream().anyMatch(v -> v.path().equals(DRAW))) {
        updates.put(DRAW, parameter(DRAW, DType.I32, Shape.SCALAR).add(1));
      }
    }

    private void sums(Forward forward, Map<String, Tensor> updates) {
      forward
          .sums()
          .forEach(
              (name, value) -> {
                String path = sum(name);
                sums.add(name);
                updates.put(path, variable(path, Literal.zeros(DType.F32)).add(value));
              });
      updates.put(EXAMPLES, variable(EXAMPLES, Literal.zeros(DType.F32)).add(forward.examples()));
    }

    /** Adds gradients up, weighted by the examples; gives their mean over all. */
    private List<Tensor> accumulate(
        List<Tensor> gradients, Tensor examples, Map<String, Tensor> updates) {
      Tensor weight = variable(WEIGHT, Literal.zeros(DType.F32));
      updates.put(WEIGHT, weight.add(examples));
      List<Tensor> means = new ArrayList<>();
      for (int i = 0; i < trained.size(); i++) {
        String name = GRADIENT + trained.get(i).path();
        Tensor sum = variable(name, zeros(trained.get(i)));
        updates.put(name, sum.add(gradients.get(i).mul(examples)));
        means.add(sum.div(weight));
      }
      return means;
    }

    private void forget(Map<String, Tensor> updates) {
      updates.put(WEIGHT, Tensor.full(DType.F32, Shape.SCALAR, 0));
      for (Variable variable : trained) {
        TensorType type = variable.type();
        updates.put(GRADIENT + variable.path(), Tensor.full(type.dtype(), type.shape(), 0));
      }
    }

    private void update(
        List<Tensor> gradients, Tensor step, Map<String, Tensor> updates, Tensor condition) {
      Optimizer optimizer = settings.optimizer();
      Map<String, Tensor> scalars = new LinkedHashMap<>();
      optimizer.scalars(1).keySet().forEach(name -> scalars.put(name, input("optimizer." + name)));
      Tensor rate = input(RATE);
      List<Tensor> clipped = settings.clipping().clip(gradients);
      for (int i = 0; i < trained.size(); i++) {
        Variable variable = trained.get(i);
        Tensor gradient = clipped.get(i);
        new Origin("optimizer." + variable.path(), "")
            .during(
                () -> {
                  if (variable.byRows()) {
                    updateRows(variable, gradient, scalars, rate, condition);
                  } else {
                    update(variable, gradient, scalars, rate, updates);
                  }
                  return null;
                });
      }
      updates.put(STEP, step.add(1));
      average(updates);
    }

    private void update(
        Variable variable,
        Tensor gradient,
        Map<String, Tensor> scalars,
        Tensor rate,
        Map<String, Tensor> updates) {
      Optimizer optimizer = settings.optimizer();
      Map<String, Tensor> state = new LinkedHashMap<>();
      for (String name : optimizer.state()) {
        state.put(name, variable(statePath(name, variable), zeros(variable)));
      }
      Tensor parameter = parameter(variable.path(), DType.F32, variable.type().shape());
      double factor = settings.rate(variable.path());
      Optimizer.Change change =
          optimizer.change(
              new Optimizer.At(
                  parameter,
                  gradient,
                  state,
                  scalars,
                  factor == 1 ? rate : rate.mul(factor),
                  decay(variable)));
      updates.put(variable.path(), change.parameter());
      change.state().forEach((name, value) -> updates.put(statePath(name, variable), value));
    }

    /** As for other parameters, but for the rows read and their state alone. */
    private void updateRows(
        Variable variable,
        Tensor gradient,
        Map<String, Tensor> scalars,
        Tensor rate,
        Tensor condition) {
      TableRows rows = tables.get(variable);
      Map<String, Tensor> tables = new LinkedHashMap<>();
      Map<String, Tensor> state = new LinkedHashMap<>();
      for (String name : settings.optimizer().state()) {
        Tensor table = variable(statePath(name, variable), zeros(variable));
        tables.put(name, table);
        state.put(name, rows.of(table));
      }
      Tensor table = parameter(variable.path(), DType.F32, variable.type().shape());
      double factor = settings.rate(variable.path());
      Optimizer.Change change =
          settings
              .optimizer()
              .change(
                  new Optimizer.At(
                      rows.of(table),
                      gradient,
                      state,
                      scalars,
                      factor == 1 ? rate : rate.mul(factor),
                      decay(variable)));
      changedTables.put(
          variable.path(), rows.replaced(table, change.parameter(), condition).node());
      change
          .state()
          .forEach(
              (name, value) ->
                  changedTables.put(
                      statePath(name, variable),
                      rows.replaced(tables.get(name), value, condition).node()));
    }

    private static String statePath(String name, Variable variable) {
      return "optimizer." + name + "." + variable.path();
    }

    /** Norms and biases, all vectors and scalars, do not decay unless a group says so. */
    private double decay(Variable variable) {
      OptionalDouble own = settings.weightDecay(variable.path());
      double usual = variable.type().rank() <= 1 ? 0 : settings.optimizer().weightDecay();
      return own.orElse(usual);
    }

    /** Exponential moving averages of parameters and f32 buffers. */
    private void average(Map<String, Tensor> updates) {
      if (settings.average() == 0) {
        return;
      }
      Tensor decay = input(DECAY);
      for (Variable variable : Settings.averaged(model)) {
        String name = AVERAGE + variable.path();
        Tensor now = parameter(variable.path(), DType.F32, variable.type().shape());
        Tensor next = updates.getOrDefault(variable.path(), now);
        Tensor mean = variable(name, zeros(variable));
        updates.put(
            name, mean.add(next.sub(mean).mul(Tensor.full(DType.F32, Shape.SCALAR, 1).sub(decay))));
      }
    }

    private static Literal zeros(Variable variable) {
      return Literal.zeros(variable.type().dtype(), variable.type().shape().at(1));
    }

    /** A variable that training adds to the model's. */
    private Tensor variable(String name, Literal initial) {
      variables.put(name, initial);
      return parameter(name, initial.dtype(), initial.type().shape());
    }

    private static Tensor parameter(String name, DType dtype, Shape shape) {
      return Tensor.of(Operations.parameter(name, new TensorType(dtype, shape)));
    }

    private static Tensor input(String name) {
      return Tensor.of(Operations.input(name, TensorType.scalar(DType.F32)));
    }
  }
}
