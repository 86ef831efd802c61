package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.associative.Associative.binaryNoise;
import static org.nnd.layers.associative.Associative.boltzmannCompletion;
import static org.nnd.layers.associative.Associative.concept;
import static org.nnd.layers.associative.Associative.conceptSubspaces;
import static org.nnd.layers.associative.Associative.denseAssociative;
import static org.nnd.layers.associative.Associative.hebbianPlasticity;
import static org.nnd.layers.associative.Associative.monotoneBoltzmann;
import static org.nnd.layers.associative.Associative.nearestLabels;
import static org.nnd.layers.associative.Associative.prototypes;
import static org.nnd.layers.associative.Associative.recurrentHebbian;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;

/** What is said about wrong declarations of associative layers. */
class AssociativeErrorsTest {
  private static final InputSpec VECTOR = InputSpec.of(9);
  private static final InputSpec TOKENS = InputSpec.of(4, 3);
  private static final InputSpec INDICES = new InputSpec("x", DType.I32, 9);

  private final List<DynamicTest> all = new ArrayList<>();

  private void on(Supplier<Layer> layer, String message, InputSpec... inputs) {
    all.add(
        DynamicTest.dynamicTest(
            message,
            () -> {
              NndException error =
                  assertThrows(
                      NndException.class,
                      () -> Lower.lower(layer.get(), List.of(inputs), Mode.TRAINING));
              int place = error.getMessage().indexOf("; declared at AssociativeErrorsTest.java:");
              assertTrue(place > 0, error.getMessage());
              assertEquals(message, error.getMessage().substring(0, place));
            }));
  }

  @TestFactory
  Stream<DynamicTest> everyMistakeIsNamed() {
    boltzmann();
    memories();
    prototypeLayers();
    hebbian();
    return all.stream();
  }

  private void boltzmann() {
    on(
        () -> monotoneBoltzmann(0),
        "monotoneBoltzmann: the number of units must be at least 1, got 0",
        VECTOR);
    on(
        () -> monotoneBoltzmann(3, 1),
        "monotoneBoltzmann: the number of states must be at least 2, got 1",
        VECTOR);
    on(
        () -> monotoneBoltzmann(3).rank(0),
        "monotoneBoltzmann: the rank must be at least 1, got 0",
        VECTOR);
    on(
        () -> monotoneBoltzmann(3).margin(0),
        "monotone Boltzmann machine: the margin must be above 0 and at most 1, got 0.0",
        VECTOR);
    on(
        () -> monotoneBoltzmann(3).margin(1.5),
        "monotone Boltzmann machine: the margin must be above 0 and at most 1, got 1.5",
        VECTOR);
    on(
        () -> monotoneBoltzmann(3).tolerance(-1),
        "monotone Boltzmann machine: the tolerance must be a number of at least 0, got -1.0",
        VECTOR);
    on(
        () -> monotoneBoltzmann(3).steps(0),
        "monotone Boltzmann machine: the number of steps must be at least 1, got 0",
        VECTOR);
    on(
        () -> monotoneBoltzmann(3),
        "monotoneBoltzmann expects [N, features] (rank 2), got [N, 4, 3] (rank 3)",
        TOKENS);
    on(
        () -> monotoneBoltzmann(3),
        "monotoneBoltzmann expects floating-point numbers, got i32[N, 9]; cast the input first",
        INDICES);
    on(
        () -> boltzmannCompletion(-1, 2),
        "boltzmannCompletion: the number of hidden units must not be negative, got -1",
        TOKENS);
    on(
        () -> boltzmannCompletion(2, 3),
        "boltzmannCompletion wants an input 'mask', bool [N, 4], that says which variables are"
            + " known; got [x]",
        TOKENS);
    on(
        () -> boltzmannCompletion(2, 3),
        "boltzmannCompletion: the mask [N, 3] does not fit the variables [N, 4, 3]",
        TOKENS,
        new InputSpec("mask", DType.BOOL, 3));
    on(
        () -> boltzmannCompletion(2, 3),
        "boltzmannCompletion expects 2 states or more, got [N, 4, 1]",
        InputSpec.of(4, 1),
        new InputSpec("mask", DType.BOOL, 4));
  }

  private void memories() {
    on(() -> nearestLabels(0, 3), "nearestLabels: the capacity must be at least 1, got 0", VECTOR);
    on(
        () -> nearestLabels(3, 3).neighbours(0),
        "nearestLabels: the number of neighbours must be at least 1, got 0",
        VECTOR);
    on(
        () -> nearestLabels(3, 3).weights(VoteWeights.softmax(0)),
        "softmax vote: the temperature must be a positive number, got 0.0",
        VECTOR);
    on(
        () -> nearestLabels(3, 3).weights(VoteWeights.byRank(-1)),
        "rank vote: the offset must be a positive number, got -1.0",
        VECTOR);
    on(
        () -> nearestLabels(3, 3),
        "nearestLabels expects features [N, D] (rank 2), got [N, 4, 3] (rank 3)",
        TOKENS);
    on(
        () -> denseAssociative(0, Interaction.power(2)),
        "denseAssociative: the number of patterns must be at least 1, got 0",
        VECTOR);
    on(
        () -> denseAssociative(1, Interaction.power(0)),
        "interaction: the order must be at least 1, got 0",
        VECTOR);
  }

  private void prototypeLayers() {
    on(() -> prototypes(0), "prototypes: the number of classes must be at least 1, got 0", VECTOR);
    on(
        () -> conceptSubspaces(concept("a", 1)),
        "concept 'a': at least 2 classes span a subspace, got 1",
        VECTOR);
    on(
        () -> conceptSubspaces(concept("a", 2), concept("a", 3)),
        "conceptSubspaces wants concepts of different names, got [a, a]",
        VECTOR);
    on(
        () -> conceptSubspaces(concept("alignment", 2)),
        "conceptSubspaces: 'alignment' is the name of the loss; give the concept another",
        VECTOR);
    on(
        () -> conceptSubspaces(concept("a", 2), concept("b", 3)).orthogonal("a", "c", 1),
        "conceptSubspaces: unknown concept 'c', expected one of a, b",
        VECTOR);
    on(
        () -> conceptSubspaces(concept("a", 2), concept("b", 3)).parallel("a", "a", 1),
        "conceptSubspaces: 'a' is related to itself",
        VECTOR);
    on(
        () -> conceptSubspaces(concept("a", 2), concept("b", 3)).parallel("a", "b", 0),
        "conceptSubspaces: the weight of a relation must be a positive number, got 0.0",
        VECTOR);
  }

  private void hebbian() {
    on(
        () -> recurrentHebbian(0),
        "recurrentHebbian: the number of active neurons must be at least 1, got 0",
        VECTOR);
    on(
        () -> recurrentHebbian(10),
        "recurrentHebbian: 10 neurons shall be active, there are 9",
        VECTOR);
    on(
        () -> recurrentHebbian(3).consolidation(0),
        "recurrentHebbian: the count that consolidates a connection must be at least 1, got 0",
        VECTOR);
    on(
        () -> binaryNoise(1, 0),
        "binaryNoise: the probability of an insertion must be at least 0 and below 1, got 1.0",
        VECTOR);
    on(
        () -> hebbianPlasticity(0),
        "hebbianPlasticity: the number of outputs must be at least 1, got 0",
        TOKENS);
    on(
        () -> hebbianPlasticity(2),
        "hebbianPlasticity expects a sequence [N, length, features] (rank 3), got [N, 9] (rank 2)",
        VECTOR);
  }
}
