package org.nnd.opencl.lower;

import org.nnd.ir.Dim;

/**
 * What a schedule needs to know of a device.
 *
 * @param cpu whether work-items should be register tiles over explicit vectors, one per work-group;
 *     otherwise work-groups share local memory
 * @param width floats per vector register
 * @param computeUnits cores or multiprocessors
 * @param streamingBytes results larger than this are stored past the caches; 0 for never, where the
 *     driver has no such stores
 */
public record Target(boolean cpu, int width, int computeUnits, long streamingBytes) {
  public static Target cpu(int width) {
    return new Target(true, width, 2, 0);
  }

  public static Target gpu() {
    return new Target(false, 1, 64, 0);
  }

  boolean streams(Dim bytes) {
    return streamingBytes > 0 && bytes.isFixed() && bytes.at(1) > streamingBytes;
  }
}
