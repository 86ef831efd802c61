package org.nnd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.data.Batch;
import org.nnd.data.Batches;
import org.nnd.data.DataSet;
import org.nnd.data.Loader;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.Model;
import org.nnd.opencl.runtime.Variables;

/** One training run while it lasts. */
final class Run {
  /** The device is asked how it does at most so often, and at least after so many batches. */
  private static final long BETWEEN_LOOKS = 100_000_000;

  private static final int MOST_UNSEEN = 32;

  private final Training training;
  private final Settings settings;
  private final Model model;
  private final Variables variables;
  private final Loader loader;
  private final Feed feed;
  private final Curriculum curriculum;
  private final Progress progress;
  private final Clock clock = new Clock();
  private final Set<String> shares;

  private State state = State.START;
  private Tally tally = new Tally();
  private double examplesDone;

  /** Batches submitted since the device was last asked, by number. */
  private final Map<Integer, Batch> unseen = new LinkedHashMap<>();

  private long lastLook;

  /** A copy of the model with the averaged weights, once validation has needed it. */
  private Optional<Model> averaged = Optional.empty();

  Run(Training training) {
    this.training = training;
    this.settings = training.settings();
    this.model = training.model();
    this.feed = Feed.of(model, training.data());
    this.loader = training.data().loader(training.batchSize()).seed(training.seed());
    this.curriculum = training.curriculum(feed.targets());
    this.variables = model.variables();
    this.progress = training.progress();
    this.shares = Evaluation.shares(settings.metrics(), curriculum.allSums());
  }

  History run() {
    if (model.labels().isEmpty()) {
      model.labels(Feed.target(training.data()).labels());
    }
    start();
    try {
      while (!over()) {
        epoch();
      }
    } finally {
      progress.end();
    }
    finish();
    return new History(state.history(), shares, end());
  }

  private boolean over() {
    return state.epoch() >= training.epochs() || stale();
  }

  private boolean stale() {
    return training.patience() > 0 && state.stale() >= training.patience();
  }

  private History.End end() {
    return stale() ? History.End.STOPPED_EARLY : History.End.FINISHED;
  }

  private void start() {
    curriculum.variables().forEach(variables::put);
    for (Variable variable : model.declared()) {
      if (variable.path().equals(StepGraph.SEED)) {
        variables.put(variable.path(), Literal.of(new int[] {Long.hashCode(training.seed())}));
      } else if (variable.path().equals(StepGraph.DRAW)) {
        variables.put(variable.path(), Literal.of(new int[] {0}));
      }
    }
    if (settings.average() > 0) {
      for (Variable variable : Settings.averaged(model)) {
        variables.put(StepGraph.AVERAGE + variable.path(), variables.get(variable.path()));
      }
    }
    training
        .checkpoint()
        .flatMap(folder -> Checkpoint.read(folder, training))
        .ifPresent(
            checkpoint -> {
              checkpoint.tensors().forEach(variables::put);
              state = checkpoint.state();
              tally = new Tally(checkpoint.examples(), checkpoint.sums());
            });
  }

  private void epoch() {
    try (Batches batches = loader.epoch(state.epoch(), state.batch())) {
      while (batches.hasNext()) {
        if (Thread.currentThread().isInterrupted()) {
          throw interrupted();
        }
        orInterrupted(() -> step(batches.next()));
        boolean due =
            training.checkpointEvery() > 0 && state.batch() % training.checkpointEvery() == 0;
        if (due && batches.hasNext()) {
          look();
          writeCheckpoint();
        }
      }
    }
    look();
    Map<String, Double> measured = tally.means();
    training.validation().ifPresent(data -> orInterrupted(() -> validate(data, measured)));
    progress.epoch(report(measured));
    state = state.nextEpoch(measured);
    tally = new Tally();
    writeCheckpoint();
  }

  private void validate(DataSet data, Map<String, Double> measured) {
    Evaluation.evaluate(validated(), data, settings.loss(), settings.metrics())
        .values()
        .forEach((name, value) -> measured.put("validation " + name, value));
  }

  /** What is not done because of an interrupt is told as where training stopped. */
  private void orInterrupted(Runnable action) {
    try {
      action.run();
    } catch (NndException e) {
      throw Thread.currentThread().isInterrupted() ? interrupted() : e;
    }
  }

  /** Submits one batch; the device need not be done with those before. */
  private void step(Batch batch) {
    int number = state.number() + 1;
    StepGraph graph = curriculum.at(state.epoch(), number);
    Map<String, Literal> values = feed.values(batch);
    values.put(StepGraph.NUMBER, Literal.of(new int[] {number}));
    boolean last = state.batch() + 1 == loader.batches();
    boolean updates = last || (state.batch() + 1) % settings.accumulate() == 0;
    Map<String, Literal> scalars = scalars();
    values.putAll(scalars);
    // Compiled before the first of them runs: an interrupt leaves no half of a step.
    model.executable(graph.batch());
    graph.apply().forEach(model::executable);
    model.submit(graph.batch(), values, batch.size());
    if (updates) {
      graph.apply().forEach(apply -> model.submit(apply, scalars, 1));
    }
    unseen.put(number, batch);
    state = state.next(updates);
    if (unseen.size() >= MOST_UNSEEN || System.nanoTime() - lastLook > BETWEEN_LOOKS) {
      look();
      progress.step(report(tally.means()));
    }
  }

  /** What depends on the number of the update alone, computed in double precision. */
  private Map<String, Literal> scalars() {
    long update = state.update() + 1;
    Map<String, Literal> scalars = new LinkedHashMap<>();
    Schedule.Position at = new Schedule.Position(state.update(), updates(), updatesPerEpoch());
    double rate = settings.optimizer().learningRate() * training.schedule().factor(at);
    scalars.put(StepGraph.RATE, scalar(rate));
    scalars.put(StepGraph.DECAY, scalar(settings.decay(update)));
    settings
        .optimizer()
        .scalars(update)
        .forEach((name, value) -> scalars.put("optimizer." + name, scalar(value)));
    return scalars;
  }

  private static Literal scalar(double value) {
    return Literal.of(new float[] {(float) value});
  }

  private long updatesPerEpoch() {
    return Math.ceilDiv((long) loader.batches(), settings.accumulate());
  }

  private long updates() {
    return updatesPerEpoch() * training.epochs();
  }

  /** Waits for the device and takes over what it has added up. */
  private void look() {
    int halted = (int) variables.get(StepGraph.HALTED).get(0);
    double examples = take(StepGraph.EXAMPLES);
    Map<String, Double> sums = new LinkedHashMap<>();
    curriculum.sums(state.epoch()).forEach(name -> sums.put(name, take(StepGraph.sum(name))));
    tally.add(examples, sums);
    examplesDone += examples;
    clock.done(examplesDone);
    lastLook = System.nanoTime();
    if (halted != 0) {
      variables.put(StepGraph.HALTED, Literal.of(new int[] {0}));
      String where = where(state.number() - halted + 1);
      throw new Diagnosis(model, settings, feed).explain(unseen.get(halted), where);
    }
    unseen.clear();
  }

  private double take(String name) {
    double value = variables.get(name).get(0);
    variables.put(name, Literal.of(new float[] {0}));
    return value;
  }

  /** {@return the epoch and batch that was done so many batches ago} */
  private String where(int ago) {
    return "epoch %d, batch %d of %d"
        .formatted(state.epoch() + 1, state.batch() - ago + 1, loader.batches());
  }

  private Progress.Report report(Map<String, Double> values) {
    double all = (double) training.data().size() * training.epochs();
    double before = (double) training.data().size() * state.epoch() + tally.examples();
    return new Progress.Report(
        state.epoch() + 1,
        training.epochs(),
        state.batch(),
        loader.batches(),
        values,
        shares,
        clock.examplesPerSecond(),
        clock.left(all - before));
  }

  /** The model that validation is to measure: the averaged one where there is an average. */
  private Model validated() {
    if (settings.average() == 0) {
      return model;
    }
    if (averaged.isEmpty()) {
      averaged = Optional.of(model.with(averages()));
    } else {
      averages().forEach(averaged.get()::setParameter);
    }
    return averaged.get();
  }

  private Map<String, Literal> averages() {
    Map<String, Literal> averages = new LinkedHashMap<>();
    for (Variable variable : Settings.averaged(model)) {
      averages.put(variable.path(), variables.get(StepGraph.AVERAGE + variable.path()));
    }
    return averages;
  }

  private void finish() {
    if (settings.average() > 0) {
      averages().forEach(model::setParameter);
    }
  }

  private NndException interrupted() {
    // Files cannot be written by an interrupted thread.
    Thread.interrupted();
    try {
      look();
      writeCheckpoint();
    } finally {
      Thread.currentThread().interrupt();
    }
    return new NndException(
        "training was interrupted in epoch %d of %d after batch %d of %d; "
                .formatted(state.epoch() + 1, training.epochs(), state.batch(), loader.batches())
            + "the model holds what it has learnt so far"
            + (training.checkpoint().isPresent() ? ", and the run can be resumed" : ""));
  }

  private void writeCheckpoint() {
    if (training.checkpoint().isEmpty()) {
      return;
    }
    Map<String, Literal> tensors = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(curriculum.variables().keySet());
    model.declared().forEach(variable -> names.add(variable.path()));
    names.forEach(name -> tensors.put(name, variables.get(name)));
    new Checkpoint(tensors, state, tally.examples(), tally.sums())
        .write(training.checkpoint().get(), training);
  }
}
