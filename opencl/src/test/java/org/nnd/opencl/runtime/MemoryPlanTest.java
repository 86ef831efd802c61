package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnd.opencl.runtime.MemoryPlan.Interval;

class MemoryPlanTest {
  private static final long UNLIMITED = 1L << 40;

  private static List<Interval> random(long seed, int count, int most) {
    Random random = new Random(seed);
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(count);
      int last = Math.min(count, first + random.nextInt(1 + random.nextInt(count)));
      long bytes = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(most);
      intervals.add(new Interval("v" + i, bytes, first, last));
    }
    return intervals;
  }

  private static long end(MemoryPlan plan, Interval value) {
    return plan.offset(value.value()) + value.bytes();
  }

  private static void check(List<Interval> intervals, long piece) {
    MemoryPlan plan = MemoryPlan.of(intervals, piece);
    long sum = 0;
    for (Interval a : intervals) {
      long start = plan.offset(a.value());
      assertTrue(start >= 0 && end(plan, a) <= plan.size(), () -> a + " outside");
      assertEquals(0, start % MemoryPlan.ALIGNMENT, () -> a + " unaligned");
      if (a.bytes() > 0) {
        assertEquals(start / piece, (end(plan, a) - 1) / piece, () -> a + " in two pieces");
      }
      for (Interval b : intervals) {
        boolean together = a != b && a.first() <= b.last() && b.first() <= a.last();
        boolean apart =
            end(plan, a) <= plan.offset(b.value()) || end(plan, b) <= plan.offset(a.value());
        assertTrue(!together || apart, () -> a + " overlaps " + b);
      }
      sum += Math.max(1, Math.ceilDiv(a.bytes(), 256L)) * 256;
    }
    long fullest = plan.fullest().stream().mapToLong(Interval::bytes).sum();
    assertTrue(fullest <= plan.size());
    assertTrue(piece < UNLIMITED || plan.size() <= sum, "no gap is wider than a value");
    for (int launch = 0; launch <= intervals.size(); launch++) {
      int at = launch;
      long alive =
          intervals.stream()
              .filter(i -> i.first() <= at && at <= i.last())
              .mapToLong(Interval::bytes)
              .sum();
      assertTrue(alive <= fullest, "launch " + launch + " is fuller");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {256, 1024, 4096, UNLIMITED})
  void whatLivesTogetherLiesApartAndInOnePiece(long piece) {
    for (int seed = 0; seed < 60; seed++) {
      check(random(seed, 1 + seed, (int) Math.min(piece, 3000) + 1), piece);
    }
  }

  @Test
  void nothingTakesNothing() {
    assertEquals(0, MemoryPlan.of(List.of(), UNLIMITED).size());
    assertEquals(List.of(), MemoryPlan.of(List.of(), UNLIMITED).fullest());
  }

  @Test
  void aChainTakesTwoPlaces() {
    List<Interval> chain = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      chain.add(new Interval(i, 1000, i, i + 1));
    }
    assertEquals(2 * 1024, MemoryPlan.of(chain, UNLIMITED).size());
  }

  @Test
  void memoryIsUsedAgainAsSoonAsItIsFree() {
    MemoryPlan plan =
        MemoryPlan.of(
            List.of(
                new Interval("large", 10_000, 0, 1),
                new Interval("small", 300, 2, 3),
                new Interval("other", 9_000, 2, 4)),
            UNLIMITED);
    assertEquals(0, plan.offset("large"));
    assertEquals(0, plan.offset("other"));
    assertEquals(10_240, plan.size());
  }
}
