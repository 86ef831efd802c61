package org.nnd.opencl.runtime;

import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.lower.Target;

/** What schedules a device wants. */
final class Targets {
  private Targets() {}

  static Target of(DeviceInfo info) {
    boolean cpu = info.type() == DeviceInfo.Type.CPU;
    int width = Math.max(4, Math.min(16, info.preferredFloatWidth()));
    return new Target(cpu, width, info.computeUnits());
  }
}
