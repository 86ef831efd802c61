package org.nnd.opencl.runtime;

import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.lower.Target;

/** What schedules a device wants. */
public final class Targets {
  /** Beyond what a last-level cache keeps of a result until it is read. */
  private static final long STREAMING = 32L << 20;

  private Targets() {}

  /** {@return the target that a device is} */
  public static Target of(DeviceInfo info) {
    boolean cpu = info.type() == DeviceInfo.Type.CPU;
    int width = Math.max(4, Math.min(16, info.preferredFloatWidth()));
    // PoCL compiles with clang, whose built-in it takes.
    boolean streams = cpu && info.platform().contains("Portable Computing Language");
    return new Target(cpu, width, info.computeUnits(), streams ? STREAMING : 0);
  }
}
