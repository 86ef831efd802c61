package org.nnd.layers.associative;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;

/** Makes associative memories and prototype layers. */
@Vocabulary
public final class Associative {
  private Associative() {}

  // Monotone deep Boltzmann machines.

  /** {@return a layer of coupled categorical variables, two states each, of full rank} */
  public static MonotoneBoltzmann monotoneBoltzmann(int units) {
    return monotoneBoltzmann(units, 2);
  }

  /** {@return a layer of coupled categorical variables, of full rank} */
  public static MonotoneBoltzmann monotoneBoltzmann(int units, int states) {
    int rank = Math.max(1, units * states);
    return new MonotoneBoltzmann(units, states, rank, MeanField.STANDARD, Site.here());
  }

  /** {@return completion of visible variables with the help of hidden ones} */
  public static BoltzmannCompletion boltzmannCompletion(int hidden, int rank) {
    return new BoltzmannCompletion(hidden, rank, MeanField.STANDARD, Site.here());
  }

  // Visual memory.

  /**
   * {@return the search of a visual memory: 100 neighbours, weighted by rank with the offset 2, as
   * in the paper}
   */
  public static NearestLabels nearestLabels(int capacity, int classes) {
    return new NearestLabels(capacity, classes, 100, VoteWeights.byRank(2), Site.here());
  }

  // Prototypes.

  /** {@return a classifier by distance to a prototype of each class} */
  public static Prototypes prototypes(int classes) {
    return new Prototypes(classes, Site.here());
  }

  /** {@return something to classify by, see {@link #conceptSubspaces}} */
  public static Concept concept(String name, int classes) {
    return new Concept(name, classes);
  }

  /** {@return a classifier by several concepts, each in the subspace of its prototypes} */
  public static ConceptSubspaces conceptSubspaces(Concept... concepts) {
    return new ConceptSubspaces(List.of(concepts), List.of(), true, Site.here());
  }

  /**
   * {@return what is added to the loss so that prototypes look like examples: for each prototype
   * the squared distance of the nearest encoding, for each encoding that of the nearest prototype,
   * both in the mean (Li et al. 2018, eq. 3 and 4)}
   *
   * @param logits of {@link #prototypes} or a concept, {@code [N, classes]}
   */
  public static Tensor nearness(Tensor logits) {
    if (logits.rank() != 2) {
      throw Check.error("nearness wants logits [N, classes], got %s", logits.type());
    }
    return logits.max(0).mean().add(logits.max(1).mean()).neg();
  }

  // Hebbian memories.

  /** {@return noise on binary activity, in training} */
  public static BinaryNoise binaryNoise(double insertions, double erasures) {
    return new BinaryNoise(insertions, erasures, Site.here());
  }

  /** {@return a memory of sparse binary patterns that stores a pair it meets once, 4 steps} */
  public static RecurrentHebbian recurrentHebbian(int active) {
    return new RecurrentHebbian(active, 1, 4, Site.here());
  }

  /** {@return a memory of so many patterns of -1 and 1, one step of all neurons at once} */
  public static DenseAssociative denseAssociative(int patterns, Interaction interaction) {
    return new DenseAssociative(patterns, interaction, 1, false, Site.here());
  }

  /** {@return a layer on sequences whose weights learn while it reads them} */
  public static HebbianPlasticity hebbianPlasticity(int out) {
    return new HebbianPlasticity(out, Site.here());
  }
}
