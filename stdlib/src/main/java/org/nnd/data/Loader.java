package org.nnd.data;

import java.util.Arrays;
import org.nnd.ir.NndException;

/**
 * How batches are read from a data set. The rows of a batch depend on (seed, epoch, number of the
 * batch) alone, so that a run can go on where it stopped; threads read ahead of the consumer.
 *
 * @param threads how many threads read; the batches are the same for any number
 * @param ahead how many batches may wait, read or being read, for the consumer
 */
public record Loader(
    DataSet data, int batchSize, long seed, boolean shuffled, int threads, int ahead) {
  public Loader {
    require(batchSize > 0, "the batch size must be above 0, got " + batchSize);
    require(threads > 0, "at least one thread has to read, got " + threads);
    require(ahead > 0, "at least one batch has to be read ahead, got " + ahead);
  }

  /**
   * Batches of {@code batchSize}, shuffled by seed 0, read by as many threads as there are cores.
   */
  static Loader of(DataSet data, int batchSize) {
    int threads = Math.min(8, Runtime.getRuntime().availableProcessors());
    return new Loader(data, batchSize, 0, true, threads, threads + 1);
  }

  /** The seed of the order of the rows. */
  public Loader seed(long value) {
    return new Loader(data, batchSize, value, shuffled, threads, ahead);
  }

  /** Rows in the order of the data set, in every epoch. */
  public Loader inOrder() {
    return new Loader(data, batchSize, seed, false, threads, ahead);
  }

  /** Read by so many threads; as many as there are cores, at most 8, unless told. */
  public Loader threads(int value) {
    return new Loader(data, batchSize, seed, shuffled, value, ahead);
  }

  /** With so many batches read ahead; one more than threads unless told. */
  public Loader ahead(int value) {
    return new Loader(data, batchSize, seed, shuffled, threads, value);
  }

  /** The number of batches in an epoch, a last short one included. */
  public int batches() {
    return (int) (((long) data.size() + batchSize - 1) / batchSize);
  }

  /** The rows of an epoch in the order in which they are read. */
  public int[] order(long epoch) {
    if (shuffled) {
      return Streams.permutation(data.size(), Streams.at(seed, epoch));
    }
    int[] order = new int[data.size()];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** Reads epoch {@code epoch} from its first batch. */
  public Batches epoch(long epoch) {
    return epoch(epoch, 0);
  }

  /** Reads epoch {@code epoch} from batch {@code first} on. */
  public Batches epoch(long epoch, int first) {
    require(
        first >= 0 && first <= batches(),
        "batch %d is outside the epoch's 0..%d".formatted(first, batches()));
    return new Batches(this, epoch, first);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new NndException("loader: " + message);
    }
  }
}
