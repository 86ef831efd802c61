package org.nnd.bench;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnd.opencl.measure.Movement;
import org.nnd.opencl.measure.PeakRates;

/**
 * What a device does at most. Memory that only is read, or only written, can be slower than one
 * that does both at once, so each direction has a limit of its own.
 *
 * @param flops floating-point operations a second, a multiply-add counting as two
 * @param read bytes a second
 * @param write bytes a second
 * @param copy bytes a second, read and written ones
 */
public record Limits(double flops, double read, double write, double copy) {
  static Limits of(PeakRates peaks) {
    return new Limits(
        1e9 * peaks.fmaGflops(),
        1e9 * peaks.read().giga(),
        1e9 * peaks.write().giga(),
        1e9 * peaks.copy().giga());
  }

  /** {@return the same for memory that is {@code times} as fast} */
  Limits withMemory(double times) {
    return new Limits(flops, times * read, times * write, times * copy);
  }

  /** {@return the shortest time for this work, in seconds} */
  public double seconds(double work, Traffic traffic) {
    return Math.max(work / flops, seconds(traffic, slowest(traffic)));
  }

  /** {@return the movement of memory that sets that time, if it is not computing} */
  public Optional<Movement> memory(double work, Traffic traffic) {
    Movement slowest = slowest(traffic);
    return Optional.of(slowest).filter(m -> seconds(traffic, m) > work / flops);
  }

  private Movement slowest(Traffic traffic) {
    return Stream.of(Movement.values())
        .max(Comparator.comparingDouble(movement -> seconds(traffic, movement)))
        .orElseThrow();
  }

  private double seconds(Traffic traffic, Movement movement) {
    return switch (movement) {
      case READ -> traffic.read() / read;
      case WRITE -> traffic.written() / write;
      case COPY -> traffic.bytes() / copy;
    };
  }
}
