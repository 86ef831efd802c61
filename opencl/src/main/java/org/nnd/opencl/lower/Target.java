package org.nnd.opencl.lower;

/**
 * What a schedule needs to know of a device.
 *
 * @param cpu whether work-items should be register tiles over explicit vectors, one per work-group;
 *     otherwise work-groups share local memory
 * @param width floats per vector register
 * @param computeUnits cores or multiprocessors
 */
public record Target(boolean cpu, int width, int computeUnits) {
  public static Target cpu(int width) {
    return new Target(true, width, 2);
  }

  public static Target gpu() {
    return new Target(false, 1, 64);
  }
}
