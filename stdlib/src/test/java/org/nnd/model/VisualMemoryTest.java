package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.associative.Associative.nearestLabels;
import static org.nnd.model.Models.model;
import static org.nnd.model.Models.visualMemory;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.layers.Layers;

class VisualMemoryTest {
  private static final Model ENCODER =
      model(sequential(dense(16), Layers.relu(), dense(9)), InputSpec.of(6));

  private static Tensor examples(long seed, int count) {
    return Tensor.of(Examples.normal(seed, count, 6));
  }

  private static int[] labels(int count) {
    return IntStream.range(0, count).map(i -> i % 4).toArray();
  }

  private static VisualMemory memory(int capacity) {
    return visualMemory(ENCODER, nearestLabels(capacity, 4).neighbours(7));
  }

  @Test
  void insertingAndThenDeletingRestoresThePredictions() {
    VisualMemory memory = memory(64);
    memory.insert(examples(1, 30), labels(30));
    Tensor queries = examples(2, 50);
    Literal before = memory.predict(queries).value();
    Literal near = memory.neighbours(queries).value();
    int[] more = memory.insert(queries, labels(50));
    assertEquals(80, memory.size());
    assertTrue(!before.equals(memory.predict(queries).value()));
    memory.delete(more);
    assertEquals(before, memory.predict(queries).value());
    assertEquals(near, memory.neighbours(queries).value());
    assertEquals(30, memory.size());
  }

  @Test
  void deletingAndInsertingAgainRestoresThem() {
    VisualMemory memory = memory(32);
    Tensor examples = examples(1, 20);
    int[] numbers = memory.insert(examples, labels(20));
    Tensor queries = examples(2, 9);
    float[] before = memory.predict(queries).toFloats();
    memory.delete(numbers[3], numbers[11], numbers[3]);
    memory.insert(examples.slice(0, 11, 12), 11 % 4);
    memory.insert(examples.slice(0, 3, 4), 3);
    assertArrayEquals(before, memory.predict(queries).toFloats(), 1e-6f);
    assertEquals(20, memory.size());
  }

  @Test
  void aRememberedExampleIsItsOwnNearest() {
    VisualMemory memory = memory(1); // grows to 32
    Tensor examples = examples(3, 20);
    int[] first = memory.insert(examples.slice(0, 0, 13), labels(13));
    int[] second = memory.insert(examples.slice(0, 13, 20), labels(7));
    Tensor nearest = memory.neighbours(examples).slice(1, 0, 1).flatten(0);
    int[] all = IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    assertArrayEquals(all, (int[]) nearest.value().array());
    for (float similarity : memory.similarity(examples).slice(1, 0, 1).toFloats()) {
      assertEquals(1, similarity, 1e-5);
    }
  }

  @Test
  void whatIsForgottenHasNoVote() {
    VisualMemory memory = memory(16);
    memory.insert(examples(1, 12), labels(12));
    memory.deleteClass(2);
    assertEquals(9, memory.size());
    Tensor votes = memory.predict(examples(2, 5));
    assertEquals(0, votes.slice(1, 2, 3).sum().item());
    assertEquals(5, votes.sum().item(), 1e-5);
    memory.classes(6);
    memory.insert(examples(4, 1), 5);
    double all = 1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 1 / 5.0 + 1 / 6.0 + 1 / 7.0 + 1 / 8.0;
    assertEquals(0.5 / all, memory.predict(examples(4, 1)).slice(1, 5, 6).item(), 1e-5);
  }

  @Test
  void theEncoderStaysAsItIs() {
    Map<String, Literal> before = ENCODER.values();
    VisualMemory memory = memory(8);
    memory.insert(examples(1, 5), labels(5));
    memory.predict(examples(2, 5));
    assertEquals(before, ENCODER.values());
  }

  private static void refused(String message, Runnable wrong) {
    assertEquals(message, assertThrows(NndException.class, wrong::run).getMessage());
  }

  @Test
  void wrongUseIsRefused() {
    VisualMemory memory = memory(8);
    memory.insert(examples(1, 2), 0, 1);
    refused(
        "visualMemory: label 4 is not one of 4 classes; classes(n) makes room for more",
        () -> memory.insert(examples(1, 2), 0, 4));
    refused(
        "visualMemory: 3 examples came with 2 labels", () -> memory.insert(examples(1, 3), 0, 1));
    refused(
        "visualMemory: there is no example 7 among the 2 remembered", () -> memory.delete(0, 7));
    refused("visualMemory: there are 4 classes, they cannot become 3", () -> memory.classes(3));
    refused(
        "visualMemory: the encoder must give features [N, D], it gives [N, 3, 5]; end it with a"
            + " pooling",
        () -> visualMemory(model(dense(5), InputSpec.of(3, 4)), nearestLabels(1, 2)));
    assertEquals(2, memory.size());
  }

  @Test
  void observingNeedsALayerThatLearnsByItself() {
    refused(
        "observe: no layer of dense(3) updates anything by itself; train the network instead",
        () -> model(dense(3), InputSpec.of(2)).observe(Tensor.zeros(4, 2)));
    Model net = model(Layers.batchNorm(), InputSpec.of(2));
    net.observe(Tensor.ones(4, 2));
    assertArrayEquals(new float[] {0.1f, 0.1f}, net.parameter("running_mean").toFloats(), 1e-6f);
    net.freeze("running_mean");
    net.observe(Tensor.ones(4, 2));
    assertArrayEquals(new float[] {0.1f, 0.1f}, net.parameter("running_mean").toFloats(), 1e-6f);
  }
}
