package org.nnd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.Model;

/**
 * The graphs of the steps of a run, by epoch and batch: those of the model's own network, or of the
 * networks of its stages.
 */
record Curriculum(List<Part> parts, long seed) {
  /** The graphs from an epoch on, one for each network. */
  record Part(int epoch, List<StepGraph> graphs) {}

  static Curriculum of(
      Model model, Settings settings, List<Target> targets, List<Stage> stages, long seed) {
    List<Part> parts = new ArrayList<>();
    if (stages.isEmpty() || stages.get(0).epoch() > 0) {
      parts.add(new Part(0, List.of(StepGraph.of(model, settings, targets))));
    }
    for (Stage stage : stages) {
      List<StepGraph> graphs = new ArrayList<>();
      for (Layer network : stage.networks()) {
        Lowered lowered = Lower.lower(network, model.inputs(), Mode.TRAINING);
        check(model, network, lowered);
        graphs.add(StepGraph.of(model, lowered, settings, targets));
      }
      Set<List<String>> measured = new LinkedHashSet<>();
      graphs.forEach(graph -> measured.add(graph.sums()));
      if (measured.size() > 1) {
        throw new NndException(
            "stage: the networks from epoch %d on give other outputs than each other: %s"
                .formatted(stage.epoch(), measured));
      }
      parts.add(new Part(stage.epoch(), graphs));
    }
    return new Curriculum(parts, seed);
  }

  /** A stage's network may have no variable that the model does not have. */
  private static void check(Model model, Layer network, Lowered lowered) {
    Map<String, Variable> mine = new LinkedHashMap<>();
    model.declared().forEach(variable -> mine.put(variable.path(), variable));
    for (Variable variable : lowered.variables()) {
      Variable known = mine.get(variable.path());
      if (known == null || !known.type().equals(variable.type())) {
        throw new NndException(
            "stage: the network %s has the variable '%s' %s, the model has %s of that name"
                .formatted(
                    network,
                    variable.path(),
                    variable.type(),
                    known == null ? "none" : known.type().toString()));
      }
    }
  }

  /** {@return the graphs of an epoch} */
  private List<StepGraph> at(int epoch) {
    Part now = parts.get(0);
    for (Part part : parts) {
      now = part.epoch() <= epoch ? part : now;
    }
    return now.graphs();
  }

  /** {@return the graph of a batch, by its number in the run} */
  StepGraph at(int epoch, int number) {
    List<StepGraph> graphs = at(epoch);
    long mixed = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number).nextLong();
    return graphs.get(Math.floorMod(mixed, graphs.size()));
  }

  /** {@return the names of what is measured in an epoch} */
  List<String> sums(int epoch) {
    return at(epoch).get(0).sums();
  }

  Set<String> allSums() {
    Set<String> all = new TreeSet<>();
    graphs().forEach(graph -> all.addAll(graph.sums()));
    return all;
  }

  /** {@return initial values of what training keeps beside the model's variables} */
  Map<String, Literal> variables() {
    Map<String, Literal> all = new LinkedHashMap<>();
    graphs().forEach(graph -> all.putAll(graph.variables()));
    return all;
  }

  private List<StepGraph> graphs() {
    return parts.stream().flatMap(part -> part.graphs().stream()).toList();
  }
}
