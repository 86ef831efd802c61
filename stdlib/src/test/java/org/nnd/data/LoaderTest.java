package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnd.ir.NndException;

class LoaderTest {
  private static List<Batch> read(Loader loader, long epoch, int first) {
    List<Batch> out = new ArrayList<>();
    try (Batches batches = loader.epoch(epoch, first)) {
      batches.forEachRemaining(out::add);
    }
    return out;
  }

  @Test
  void anEpochHasEveryRowOnceAndAShortLastBatch() {
    Loader loader = DataSetTest.numbered(103).loader(10).seed(4);
    List<Batch> batches = read(loader, 1, 0);
    assertEquals(11, loader.batches());
    assertEquals(11, batches.size());
    assertEquals(3, batches.get(10).size());
    int[] rows =
        batches.stream()
            .map(b -> b.column("features").floats())
            .flatMapToInt(x -> IntStream.range(0, x.length / 2).map(i -> (int) x[2 * i]))
            .toArray();
    assertArrayEquals(loader.order(1), rows);
    assertArrayEquals(IntStream.range(0, 103).toArray(), Arrays.stream(rows).sorted().toArray());
  }

  @Test
  void epochsAndSeedsDifferAndRunsDoNot() {
    Loader loader = DataSetTest.numbered(50).loader(8).seed(1);
    assertEquals(read(loader, 3, 0), read(loader, 3, 0));
    assertNotEquals(read(loader, 3, 0), read(loader, 4, 0));
    assertNotEquals(read(loader, 3, 0), read(loader.seed(2), 3, 0));
    assertArrayEquals(IntStream.range(0, 50).toArray(), loader.inOrder().order(9));
  }

  @Test
  void theNumberOfThreadsDoesNotShow() {
    DataSet pictures =
        DataSet.of(new int[] {1, 2, 2}, new float[90][4], new int[90])
            .map("features", new int[] {1, 2, 2}, r -> new float[] {1, 2, 3, 4})
            .augment(3, Augmentation.shift(1), Augmentation.flip());
    List<Batch> expected = read(pictures.loader(7).threads(1).ahead(1), 2, 0);
    for (int threads : new int[] {2, 5}) {
      assertEquals(expected, read(pictures.loader(7).threads(threads).ahead(9), 2, 0));
    }
  }

  @Test
  void readingGoesOnAtAnyBatch() {
    Loader loader = DataSetTest.numbered(45).loader(10).seed(8);
    List<Batch> all = read(loader, 2, 0);
    for (int first = 0; first <= 5; first++) {
      assertEquals(all.subList(first, 5), read(loader, 2, first));
    }
    assertRefused("loader: batch 6 is outside the epoch's 0..5", () -> loader.epoch(2, 6));
  }

  @Test
  void whatFailsIsThrownAtItsPlaceAndNothingElse() {
    DataSet broken =
        DataSetTest.numbered(30)
            .map(
                "features",
                new int[] {2},
                r -> {
                  if (r[0] == 17) {
                    throw new NndException("cat.png: damaged picture");
                  }
                  return r;
                });
    try (Batches batches = broken.loader(5).inOrder().epoch(6)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(5, batches.next().size());
      }
      assertEquals(3, batches.position());
      assertRefused("batch 3 of epoch 6: cat.png: damaged picture", batches::next);
      assertFalse(batches.hasNext());
      assertThrows(NoSuchElementException.class, batches::next);
    }
    DataSet failing =
        DataSetTest.numbered(3)
            .map(
                "features",
                new int[] {2},
                r -> {
                  throw new OutOfMemoryError("heap");
                });
    try (Batches batches = failing.loader(3).epoch(0)) {
      assertRefused("batch 0 of epoch 0: java.lang.OutOfMemoryError: heap", batches::next);
    }
  }

  @Test
  void onlySoManyBatchesAreReadAhead() throws InterruptedException {
    AtomicInteger read = new AtomicInteger();
    DataSet counted =
        DataSetTest.numbered(100)
            .map(
                "features",
                new int[] {2},
                r -> {
                  read.incrementAndGet();
                  return r;
                });
    try (Batches batches = counted.loader(1).threads(2).ahead(3).epoch(0)) {
      batches.next();
      // Give readers that would overrun the limit the chance to do so.
      Thread.sleep(100);
      assertTrue(read.get() <= 4, read + " rows read");
    }
  }

  @Test
  void closingEndsTheReaders() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    DataSet stuck =
        DataSetTest.numbered(4)
            .map(
                "features",
                new int[] {2},
                r -> {
                  started.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                  return r;
                });
    Batches batches = stuck.loader(1).epoch(0);
    started.await();
    batches.close();
    assertTrue(interrupted.await(60, TimeUnit.SECONDS));
    assertFalse(batches.hasNext());
  }

  @Test
  void wrongSettingsAreRefused() {
    DataSet data = DataSetTest.numbered(3);
    assertRefused("loader: the batch size must be above 0, got 0", () -> data.loader(0));
    assertRefused("at least one thread", () -> data.loader(1).threads(0));
    assertEquals(0, data.take(0).loader(4).batches());
    assertFalse(data.take(0).loader(4).epoch(0).hasNext());
  }
}
