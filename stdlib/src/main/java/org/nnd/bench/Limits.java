package org.nnd.bench;

/**
 * What a device does at most.
 *
 * @param flops floating-point operations a second, a multiply-add counting as two
 * @param bandwidth bytes a second
 */
public record Limits(double flops, double bandwidth) {
  /** {@return the shortest time for this work, in seconds} */
  public double seconds(double work, double bytes) {
    return Math.max(work / flops, bytes / bandwidth);
  }

  /** {@return whether it is memory that sets that time} */
  public boolean memory(double work, double bytes) {
    return bytes / bandwidth > work / flops;
  }
}
