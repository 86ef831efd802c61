package org.nnd.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.nnd.ir.NndException;

/**
 * The batches of one epoch in their order, read ahead by threads of its own. For one consumer
 * thread. What goes wrong while a batch is read is thrown by the {@link #next} that would have
 * returned it. Close it; an epoch read to its end has closed itself.
 */
public final class Batches implements Iterator<Batch>, AutoCloseable {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final Loader loader;
  private final long epoch;
  private final int[] order;
  private final ExecutorService readers;
  private final Deque<Future<Batch>> waiting = new ArrayDeque<>();
  private int submitted;
  private int position;

  Batches(Loader loader, long epoch, int first) {
    this.loader = loader;
    this.epoch = epoch;
    this.order = loader.order(epoch);
    this.readers = Executors.newFixedThreadPool(loader.threads(), Batches::thread);
    this.submitted = first;
    this.position = first;
    readAhead();
  }

  /** The number of the batch that {@link #next} returns. */
  public int position() {
    return position;
  }

  @Override
  public boolean hasNext() {
    return position < loader.batches() && !readers.isShutdown();
  }

  /**
   * @throws NndException what went wrong while the batch was read; the epoch is closed then
   */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has no batch " + position);
    }
    try {
      Batch batch = waiting.remove().get();
      position++;
      readAhead();
      if (position == loader.batches()) {
        close();
      }
      return batch;
    } catch (ExecutionException e) {
      close();
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new NndException(
          "interrupted while reading batch %d of epoch %d".formatted(position, epoch), e);
    }
  }

  /** Stops reading; batches not yet returned are dropped. */
  @Override
  public void close() {
    readers.shutdownNow();
    waiting.clear();
  }

  private void readAhead() {
    while (submitted < loader.batches() && waiting.size() < loader.ahead()) {
      int from = submitted++ * loader.batchSize();
      int to = (int) Math.min((long) from + loader.batchSize(), order.length);
      int[] rows = Arrays.copyOfRange(order, from, to);
      waiting.add(readers.submit(() -> loader.data().batch(rows, epoch)));
    }
  }

  private RuntimeException rethrown(Throwable cause) {
    String where = "batch %d of epoch %d: ".formatted(position, epoch);
    if (cause instanceof NndException known) {
      return new NndException(where + known.getMessage(), known);
    }
    return new NndException(where + cause, cause);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "nnd-loader-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
