package org.nnd.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Times several contenders in turns, so that a machine that is slower for a while is so for all.
 * After each turn is a pause, until the contender's threads have stopped spinning.
 */
final class Rounds {
  private static final int WARM_UPS = 3;

  private final Effort effort;
  private final List<Turn> turns = new ArrayList<>();
  private final List<Double> probes = new ArrayList<>();

  Rounds(Effort effort) {
    this.effort = effort;
  }

  /** One contender and its times. */
  private final class Turn {
    private final Contender contender;
    private final int runs;
    private final List<Double> times = new ArrayList<>();
    private double total;

    Turn(Contender contender) {
      this.contender = contender;
      double alone = Double.MAX_VALUE; // the first runs may compile: the least counts
      double spent = 0;
      for (int i = 0; i < WARM_UPS && spent < effort.most() / 2; i++) {
        double time = contender.seconds(1);
        spent += time;
        alone = Math.min(alone, time);
      }
      runs = (int) Math.max(1, effort.repetitionSeconds() / alone);
      if (runs > 1) {
        contender.seconds(runs);
      }
      pause(contender.spinMillis());
    }

    boolean done() {
      boolean enough = times.size() >= effort.repetitions() && total >= effort.seconds();
      return enough || !times.isEmpty() && total >= effort.most();
    }

    void take() {
      double time = contender.seconds(runs);
      times.add(time / runs);
      total += time;
      pause(contender.spinMillis());
    }
  }

  /** Adds a contender, which runs a few times now. */
  void add(Contender contender) {
    turns.add(new Turn(contender));
  }

  /**
   * Takes turns until every contender has had enough.
   *
   * @param probe is measured once a round
   * @throws org.nnd.ir.NndException if the first contender fails; another one's failure is told to
   *     {@code failed}, and it takes no further turn
   */
  void run(
      DoubleSupplier probe, java.util.function.BiConsumer<Contender, RuntimeException> failed) {
    List<Turn> running = new ArrayList<>(turns);
    while (!running.isEmpty()) {
      probes.add(probe.getAsDouble());
      for (Turn turn : List.copyOf(running)) {
        try {
          turn.take();
        } catch (RuntimeException e) {
          if (turn == turns.get(0)) {
            throw e;
          }
          running.remove(turn);
          failed.accept(turn.contender, e);
        }
      }
      running.removeIf(Turn::done);
    }
  }

  Timing timing(Contender contender) {
    return turns.stream()
        .filter(turn -> turn.contender == contender)
        .map(turn -> Timing.of(turn.times.stream().mapToDouble(t -> t).toArray()))
        .findFirst()
        .orElseThrow();
  }

  /** {@return what the probe gave, the median over the rounds} */
  double probe() {
    return Timing.of(probes.stream().mapToDouble(p -> p).toArray()).median();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
