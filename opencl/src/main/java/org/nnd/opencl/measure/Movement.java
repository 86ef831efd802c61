package org.nnd.opencl.measure;

/** What is done to memory. */
public enum Movement {
  READ(1),
  WRITE(1),
  COPY(2);

  /** Times the array's size that are moved. */
  final int traffic;

  Movement(int traffic) {
    this.traffic = traffic;
  }
}
