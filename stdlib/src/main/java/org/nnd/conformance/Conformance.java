package org.nnd.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.reference.Evaluation;
import org.nnd.opencl.jocl.Device;

/** Computes cases and compares them. */
public final class Conformance {
  private final Engine engine;

  private Conformance(Engine engine) {
    this.engine = engine;
  }

  /** {@return by the reference evaluator in float64, within 1e-9 of the largest value} */
  public static Conformance onReference() {
    return new Conformance(new Engine.Reference());
  }

  /** {@return on a device in float32, within the tolerances of the manifest} */
  public static Conformance on(Device device) {
    return new Conformance(new Engine.OnDevice(device));
  }

  /** {@return what came of a case; whatever goes wrong with it is its failure} */
  public Outcome check(Vector vector) {
    List<Comparison> comparisons = new ArrayList<>();
    List<String> unchecked = new ArrayList<>();
    Optional<String> failure = Optional.empty();
    try {
      switch (Modules.subject(vector)) {
        case Subject.OfLayer layer -> {
          compute(vector, VectorGraph.of(vector, layer, engine.floats()), comparisons, unchecked);
          merge(vector, layer, comparisons);
        }
        case Subject.OfTraining training ->
            train(vector, training.trajectory(), comparisons, unchecked);
        case Subject.OfFunction function ->
            compute(
                vector, VectorGraph.of(vector, function, engine.floats()), comparisons, unchecked);
      }
      if (comparisons.isEmpty()) {
        failure = Optional.of("the case has no values to compare");
      }
    } catch (NndException e) {
      failure = Optional.of(e.getMessage());
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      failure = Optional.of("a fault in NND: " + e);
    }
    return new Outcome(vector.name(), vector.module(), comparisons, unchecked, failure);
  }

  private void compute(
      Vector vector, VectorGraph wanted, List<Comparison> into, List<String> unchecked) {
    Evaluation evaluation =
        engine.run(wanted.graph(), wanted.batch(), wanted.inputs(), wanted.variables());
    Map<String, Literal> got = new LinkedHashMap<>(evaluation.outputs());
    evaluation.updates().forEach((name, value) -> got.put("after.b." + name, value));
    Map<String, Literal> expected = new LinkedHashMap<>();
    for (String kind : List.of("out", "grad", "after.b", "ref")) {
      vector.under(kind).forEach((name, value) -> expected.put(kind + "." + name, value));
    }
    expected
        .keySet()
        .removeIf(
            name -> {
              boolean leave = name.startsWith("ref.") && !got.containsKey(name);
              return leave && unchecked.add(name);
            });
    compare(vector, "", expected, got, into);
  }

  /** Losses, the parameters in the end and the logits they give. */
  private void train(
      Vector vector, Trajectory trajectory, List<Comparison> into, List<String> unchecked) {
    Map<String, Literal> got = engine.train(vector, trajectory);
    Map<String, Literal> expected = new LinkedHashMap<>();
    for (String kind : List.of("ref", "out", "after.p")) {
      vector.under(kind).forEach((name, value) -> expected.put(kind + "." + name, value));
    }
    // The rates are what the run was given. Running statistics depend on the biases that Adam moves
    // on noise, and on the calls that were made after the last step.
    expected.remove("ref.lr");
    vector.under("after.b").keySet().forEach(name -> unchecked.add("after.b." + name));
    compare(vector, "", expected, got, into);
  }

  /** Merging changes no output and gives the official weights. */
  private void merge(Vector vector, Subject.OfLayer subject, List<Comparison> into) {
    Map<String, Literal> expected = MergedForm.expected(vector, subject.folds());
    boolean inference = vector.lowering() == Mode.INFERENCE;
    if (!subject.freeBatch() || (expected.isEmpty() && !inference)) {
      return;
    }
    Map<String, Literal> got = MergedForm.of(vector, subject, engine);
    compare(vector, "", expected, got, into);
    if (inference) {
      Map<String, Literal> outputs = new LinkedHashMap<>();
      vector.under("out").forEach((name, value) -> outputs.put("out." + name, value));
      compare(vector, "merged form: ", outputs, got, into);
    }
  }

  private void compare(
      Vector vector,
      String form,
      Map<String, Literal> expected,
      Map<String, Literal> got,
      List<Comparison> into) {
    Tolerances tolerances = engine.tolerances(vector);
    expected.forEach(
        (name, value) ->
            into.add(
                got.containsKey(name)
                    ? Comparison.of(form + name, value, got.get(name), tolerances.of(name, value))
                    : Comparison.missing(form + name, got.keySet())));
  }
}
