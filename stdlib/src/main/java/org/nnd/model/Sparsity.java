package org.nnd.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * Moves the masks of {@code sparse} layers, to be imported statically. Between epochs, {@code
 * pruneAndGrow} is the dynamic sparse training of SLaK (Liu et al. 2023, section 3; Evci et al.
 * 2020).
 */
public final class Sparsity {
  private static final String MASK = "_mask";

  private Sparsity() {}

  /** A masked weight and its mask. */
  private record Masked(String path, double[] weight, double[] mask, int... shape) {}

  /**
   * Sets the masks so that of every masked weight the elements of least magnitude are zero.
   *
   * @param sparsity the share of zeros in each
   */
  public static void prune(Model model, double sparsity) {
    share("the sparsity", sparsity);
    for (Masked weight : masked(model)) {
      int zeros = (int) Math.round(sparsity * weight.mask().length);
      int[] order = byMagnitude(weight, true);
      for (int i = 0; i < order.length; i++) {
        weight.mask()[order[i]] = i < zeros ? 0 : 1;
      }
      store(model, weight);
    }
  }

  /**
   * Takes the smallest elements out of every masked weight and lets as many masked ones, drawn at
   * random, grow from zero: the sparsity stays.
   *
   * @param rate the share of elements to exchange, of those that are not masked
   */
  public static void pruneAndGrow(Model model, double rate, long seed) {
    share("the rate", rate);
    SplittableRandom random = new SplittableRandom(seed);
    for (Masked weight : masked(model)) {
      int[] masked =
          IntStream.range(0, weight.mask().length).filter(i -> weight.mask()[i] == 0).toArray();
      int[] active = byMagnitude(weight, false);
      int exchanged = Math.min((int) (rate * active.length), masked.length);
      for (int i = 0; i < exchanged; i++) {
        int swap = i + random.nextInt(masked.length - i);
        int grown = masked[swap];
        masked[swap] = masked[i];
        weight.mask()[grown] = 1;
        weight.weight()[grown] = 0;
        weight.mask()[active[i]] = 0;
      }
      store(model, weight);
    }
  }

  /** {@return the number of trainable elements that no mask holds at zero} */
  public static long unmasked(Model model) {
    long count = model.parameterCount();
    for (Masked weight : masked(model)) {
      count -= Arrays.stream(weight.mask()).filter(m -> m == 0).count();
    }
    return count;
  }

  private static void share(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new NndException("%s must be at least 0 and below 1, got %s".formatted(what, value));
    }
  }

  private static List<Masked> masked(Model model) {
    Map<String, Literal> values = model.weights();
    List<Masked> found =
        values.keySet().stream()
            .filter(path -> values.containsKey(path + MASK))
            .map(
                path ->
                    new Masked(
                        path,
                        values.get(path).toDoubles(),
                        values.get(path + MASK).toDoubles(),
                        values.get(path).shape()))
            .toList();
    if (found.isEmpty()) {
      throw new NndException(
          "the model has no masks; put sparse(layer, sparsity) around what is to be sparse");
    }
    return found;
  }

  /** Positions of all elements, or of those not masked, the smallest first. */
  private static int[] byMagnitude(Masked weight, boolean all) {
    return IntStream.range(0, weight.mask().length)
        .filter(i -> all || weight.mask()[i] != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> Math.abs(weight.weight()[i])))
        .mapToInt(i -> i)
        .toArray();
  }

  private static void store(Model model, Masked weight) {
    model.setParameter(
        weight.path(), Literal.ofDoubles(dtype(model, weight), weight.weight(), weight.shape()));
    model.setParameter(
        weight.path() + MASK,
        Literal.ofDoubles(dtype(model, weight), weight.mask(), weight.shape()));
  }

  private static DType dtype(Model model, Masked weight) {
    return model.parameter(weight.path()).dtype();
  }
}
