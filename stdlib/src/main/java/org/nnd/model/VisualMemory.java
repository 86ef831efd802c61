package org.nnd.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nnd.data.DataSet;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Shape;
import org.nnd.layers.associative.NearestLabels;

/**
 * A classifier whose knowledge can be edited (Geirhos et al. 2024): a model that stays as it is
 * turns examples into features, and a store of features with labels votes on their class. Examples
 * are inserted and deleted one by one; nothing of a deleted one remains. The search runs on the
 * encoder's device, in slots of which there are twice as many whenever they are full. May be used
 * from several threads.
 */
public final class VisualMemory {
  private static final int FREE = -1;

  private final Model encoder;
  private final int width;
  private NearestLabels search;
  private Model searcher;

  private float[] keys;
  private int[] labels;

  /** The example in each slot, or FREE. */
  private int[] examples;

  /** Slots by example, in order of insertion. */
  private final Map<Integer, Integer> slots = new TreeMap<>();

  private final Deque<Integer> free = new ArrayDeque<>();
  private int next;
  private boolean stale = true;

  VisualMemory(Model encoder, NearestLabels search) {
    Shape features = encoder.lowered(Mode.INFERENCE).graph().output().shape();
    if (features.rank() != 2 || !features.dim(1).isFixed()) {
      throw new NndException(
          "visualMemory: the encoder must give features [N, D], it gives %s; end it with a pooling"
              .formatted(features));
    }
    this.encoder = encoder;
    this.width = features.dim(1).fixed();
    this.search = search;
    this.keys = new float[0];
    this.labels = new int[0];
    this.examples = new int[0];
    resize(search.capacity());
  }

  /** {@return how many examples are remembered} */
  public synchronized int size() {
    return slots.size();
  }

  /** {@return the numbers of the examples that are remembered, in order of insertion} */
  public synchronized int[] examples() {
    return slots.keySet().stream().mapToInt(i -> i).toArray();
  }

  /** {@return how many classes there are} */
  public synchronized int classes() {
    return search.classes();
  }

  /** Makes room for further classes. */
  public synchronized void classes(int count) {
    if (count < search.classes()) {
      throw new NndException(
          "visualMemory: there are %d classes, they cannot become %d"
              .formatted(search.classes(), count));
    }
    search = search.classes(count);
    searcher = searcher();
  }

  /**
   * Remembers examples {@code [N, …]} with their labels.
   *
   * @return numbers to delete them by, counted on from 0 and never used twice
   * @throws NndException if there is not a label for each, or one is not below the number of
   *     classes
   */
  public synchronized int[] insert(Tensor x, int... labelOfEach) {
    for (int label : labelOfEach) {
      if (label < 0 || label >= search.classes()) {
        throw new NndException(
            "visualMemory: label %d is not one of %d classes; classes(n) makes room for more"
                .formatted(label, search.classes()));
      }
    }
    Tensor features = encoder.predict(x);
    if (features.size(0) != labelOfEach.length) {
      throw new NndException(
          "visualMemory: %d examples came with %d labels"
              .formatted(features.size(0), labelOfEach.length));
    }
    float[] values = features.toFloats();
    int[] inserted = new int[labelOfEach.length];
    int needed = search.capacity();
    while (slots.size() + inserted.length > needed) {
      needed = Math.multiplyExact(needed, 2);
    }
    if (needed > search.capacity()) {
      resize(needed);
    }
    for (int i = 0; i < inserted.length; i++) {
      int slot = free.remove();
      System.arraycopy(values, i * width, keys, slot * width, width);
      labels[slot] = labelOfEach[i];
      examples[slot] = next;
      slots.put(next, slot);
      inserted[i] = next++;
    }
    stale = true;
    return inserted;
  }

  /**
   * Forgets examples.
   *
   * @throws NndException if one is not remembered; then none is forgotten
   */
  public synchronized void delete(int... numbers) {
    for (int number : numbers) {
      if (!slots.containsKey(number)) {
        throw new NndException(
            "visualMemory: there is no example %d among the %d remembered"
                .formatted(number, slots.size()));
      }
    }
    for (int number : Arrays.stream(numbers).distinct().toArray()) {
      int slot = slots.remove(number);
      Arrays.fill(keys, slot * width, (slot + 1) * width, 0);
      labels[slot] = FREE;
      examples[slot] = FREE;
      free.push(slot);
    }
    stale = true;
  }

  /** Forgets all examples of a class. */
  public synchronized void deleteClass(int label) {
    delete(
        slots.entrySet().stream()
            .filter(e -> labels[e.getValue()] == label)
            .mapToInt(Map.Entry::getKey)
            .toArray());
  }

  /** {@return the votes {@code [N, classes]} for examples {@code [N, …]}, 1 in all} */
  public Tensor predict(Tensor x) {
    return found(x).get("y");
  }

  /** {@return the votes for all rows of a data set, as {@link Model#predict(DataSet)}} */
  public Tensor predict(DataSet data) {
    return search(encoder.predict(data)).get("y");
  }

  /**
   * {@return the numbers of the examples that decide, i32 {@code [N, k]}, the nearest first; -1
   * where there are fewer}
   */
  public Tensor neighbours(Tensor x) {
    return found(x).get("neighbours");
  }

  /** {@return the cosine similarity of each of {@link #neighbours}, {@code [N, k]}} */
  public Tensor similarity(Tensor x) {
    return found(x).get("similarity");
  }

  private Tensors found(Tensor x) {
    return search(encoder.predict(x));
  }

  private synchronized Tensors search(Tensor features) {
    if (stale && Rehearsal.current().isEmpty()) {
      searcher.variables().put("keys", Literal.of(keys.clone(), search.capacity(), width));
      searcher.variables().put("labels", Literal.of(labels.clone(), search.capacity()));
      stale = false;
    }
    Tensors found = searcher.predict(Tensors.of("x", features));
    Literal slot = found.get("neighbours").value();
    int[] numbers =
        IntStream.range(0, slot.count())
            .map(i -> slot.get(i) < 0 ? FREE : examples[(int) slot.get(i)])
            .toArray();
    return Tensors.of(
        Map.of(
            "y", found.get("y"),
            "neighbours", Tensor.of(Literal.of(numbers, slot.shape())),
            "similarity", found.get("similarity")));
  }

  private void resize(int capacity) {
    int before = labels.length;
    keys = Arrays.copyOf(keys, Math.multiplyExact(capacity, width));
    labels = Arrays.copyOf(labels, capacity);
    examples = Arrays.copyOf(examples, capacity);
    Arrays.fill(labels, before, capacity, FREE);
    Arrays.fill(examples, before, capacity, FREE);
    IntStream.range(before, capacity).forEach(free::add);
    search = search.capacity(capacity);
    searcher = searcher();
  }

  private Model searcher() {
    stale = true;
    Model fresh = Models.model(search, InputSpec.of(width));
    return Rehearsal.current().isPresent() ? fresh : fresh.on(encoder.device());
  }

  @Override
  public synchronized String toString() {
    return "visual memory of %,d examples of %d classes".formatted(slots.size(), search.classes());
  }
}
