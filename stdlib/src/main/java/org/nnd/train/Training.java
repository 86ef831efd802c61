package org.nnd.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.data.DataSet;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.model.Model;
import org.nnd.model.Rehearsal;

/**
 * A training run described by options, each of which gives a changed copy; {@link #run} carries it
 * out.
 *
 * <pre>{@code
 * train(m, data.train()).optimizer(adamW(2e-3)).schedule(cosine()).epochs(5).run();
 * }</pre>
 */
public final class Training implements Cloneable {
  private final Model model;
  private final DataSet data;
  private Optional<Loss> loss = Optional.empty();
  private List<Metric> metrics = List.of();
  private Optimizer optimizer = Optimizer.adamW(1e-3);
  private Schedule schedule = Schedule.constant();
  private Clipping clipping = new Clipping.None();
  private List<ParameterGroup> groups = List.of();
  private int accumulate = 1;
  private double average;
  private int epochs = 1;
  private int batchSize = 64;
  private long seed;
  private Optional<DataSet> validation = Optional.empty();
  private int patience;
  private Optional<Path> checkpoint = Optional.empty();
  private int checkpointEvery;
  private Optional<Progress> progress = Optional.empty();
  private List<Stage> stages = List.of();

  private Training(Model model, DataSet data) {
    this.model = model;
    this.data = data;
  }

  /** {@return a run of one epoch with AdamW, loss and metric by the kind of the data's target} */
  public static Training train(Model model, DataSet data) {
    if (data.size() == 0) {
      throw new NndException("train: the data set is empty");
    }
    return new Training(model, data);
  }

  private Training copy() {
    try {
      return (Training) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return this with another loss than the one that suits the target} */
  public Training loss(Loss value) {
    Training t = copy();
    t.loss = Optional.of(value);
    return t;
  }

  /** {@return this with other metrics than the one that suits the target} */
  public Training metrics(Metric... values) {
    Training t = copy();
    t.metrics = List.of(values);
    return t;
  }

  /**
   * {@return this with another rule for the update; AdamW at a learning rate of 1e-3 unless told}
   */
  public Training optimizer(Optimizer value) {
    Training t = copy();
    t.optimizer = value;
    return t;
  }

  /** {@return this with a learning rate that changes over the run; constant unless told} */
  public Training schedule(Schedule value) {
    Training t = copy();
    t.schedule = value;
    return t;
  }

  /** {@return this with gradients scaled down to a Euclidean norm of at most {@code norm}} */
  public Training clipNorm(double norm) {
    Checks.aboveZero("clipNorm", "the norm", norm);
    Training t = copy();
    t.clipping = new Clipping.Norm(norm);
    return t;
  }

  /** {@return this with every element of the gradients limited to {@code ±value}} */
  public Training clipValue(double value) {
    Checks.aboveZero("clipValue", "the limit", value);
    Training t = copy();
    t.clipping = new Clipping.Value(value);
    return t;
  }

  /** {@return this with parameters that learn in another way, by their paths} */
  public Training groups(ParameterGroup... values) {
    for (ParameterGroup group : values) {
      model.parameters(group.pattern().text());
    }
    Training t = copy();
    t.groups = List.of(values);
    return t;
  }

  /** {@return this with one update for the mean gradient of so many batches} */
  public Training accumulate(int batches) {
    Checks.positive("accumulate", "the number of batches", batches);
    Training t = copy();
    t.accumulate = batches;
    return t;
  }

  /**
   * {@return this with an exponential moving average of the weights: validation uses it, and the
   * model has it in the end}
   */
  public Training average(double decay) {
    Checks.fraction("average", "the decay", decay);
    Training t = copy();
    t.average = decay;
    return t;
  }

  /** {@return this going so many times through the data; once unless told} */
  public Training epochs(int value) {
    Checks.positive("train", "the number of epochs", value);
    Training t = copy();
    t.epochs = value;
    return t;
  }

  /** {@return this with batches of so many examples; 64 unless told} */
  public Training batchSize(int value) {
    Checks.positive("train", "the batch size", value);
    Training t = copy();
    t.batchSize = value;
    return t;
  }

  /** {@return this with another order of the examples and other random layers} */
  public Training seed(long value) {
    Training t = copy();
    t.seed = value;
    return t;
  }

  /** {@return this with loss and metrics measured on other data after every epoch} */
  public Training validate(DataSet other) {
    if (other.size() == 0) {
      throw new NndException("validate: the data set is empty");
    }
    Training t = copy();
    t.validation = Optional.of(other);
    return t;
  }

  /**
   * {@return this ending when the loss, that of the validation data if there are any, has not
   * become smaller for so many epochs}
   */
  public Training earlyStopping(int patienceInEpochs) {
    Checks.positive("earlyStopping", "the patience in epochs", patienceInEpochs);
    Training t = copy();
    t.patience = patienceInEpochs;
    return t;
  }

  /**
   * {@return this with its state written into a folder after every epoch; where the folder holds
   * one already, the run goes on from there}
   */
  public Training checkpoint(Path folder) {
    Training t = copy();
    t.checkpoint = Optional.of(folder);
    return t;
  }

  /** {@return this with a state written also after every so many batches} */
  public Training checkpointEvery(int batches) {
    Checks.positive("checkpointEvery", "the number of batches", batches);
    Training t = copy();
    t.checkpointEvery = batches;
    return t;
  }

  /** {@return this telling somebody else how far it is than the console} */
  public Training progress(Progress value) {
    Training t = copy();
    t.progress = Optional.of(value);
    return t;
  }

  /**
   * {@return this training other networks on the model's variables, from the epochs of the stages
   * on; before the first one the model's own}
   */
  public Training stages(Stage... values) {
    for (int i = 1; i < values.length; i++) {
      if (values[i].epoch() <= values[i - 1].epoch()) {
        throw new NndException(
            "stages: their epochs must ascend, got %d after %d"
                .formatted(values[i].epoch(), values[i - 1].epoch()));
      }
    }
    Training t = copy();
    t.stages = List.of(values);
    return t;
  }

  /** {@return this saying nothing} */
  public Training quiet() {
    return progress(Progress.none());
  }

  /**
   * Trains the model, whose variables change in place.
   *
   * @return what was measured in every epoch
   * @throws NndException if the data do not fit the model; if the loss stops being finite, with the
   *     layer and the step; or if the thread is interrupted, with where it stopped: the model then
   *     holds what it has learnt so far
   */
  public History run() {
    return Rehearsal.current().map(this::rehearse).orElseGet(() -> new Run(this).run());
  }

  /** {@return the graph of forward pass, loss, gradients and update that runs for every batch} */
  public Graph step() {
    return stepGraph().batch();
  }

  /** {@return the model that this trains} */
  public Model model() {
    return model;
  }

  /** The graphs of all batches of the run. */
  Curriculum curriculum(List<Target> targets) {
    return Curriculum.of(model, settings(), targets, stages, seed);
  }

  private StepGraph stepGraph() {
    return StepGraph.of(model, settings(), Feed.of(model, data).targets());
  }

  private History rehearse(Rehearsal rehearsal) {
    StepGraph graph = stepGraph();
    rehearsal.trains(model, graph.batch());
    Map<String, Double> unknown = new LinkedHashMap<>();
    graph.sums().forEach(name -> unknown.put(name, Double.NaN));
    validation.ifPresent(
        other -> graph.sums().forEach(n -> unknown.put("validation " + n, Double.NaN)));
    return new History(List.of(unknown), Set.of(), History.End.FINISHED);
  }

  DataSet data() {
    return data;
  }

  Settings settings() {
    return new Settings(
        loss.orElseGet(() -> Loss.usualLoss(Feed.target(data))),
        metrics.isEmpty() ? List.of(Metric.usualMetric(Feed.target(data))) : metrics,
        optimizer,
        clipping,
        groups,
        accumulate,
        average);
  }

  Schedule schedule() {
    return schedule;
  }

  int epochs() {
    return epochs;
  }

  /** {@return how many examples a batch has} */
  public int batchSize() {
    return batchSize;
  }

  long seed() {
    return seed;
  }

  Optional<DataSet> validation() {
    return validation;
  }

  int patience() {
    return patience;
  }

  Optional<Path> checkpoint() {
    return checkpoint;
  }

  int checkpointEvery() {
    return checkpointEvery;
  }

  Progress progress() {
    return progress.orElseGet(UsualProgress::make);
  }
}
