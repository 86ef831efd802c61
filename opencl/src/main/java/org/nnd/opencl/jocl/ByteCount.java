package org.nnd.opencl.jocl;

import java.util.Locale;

/** Numbers of bytes for people. */
public final class ByteCount {
  private ByteCount() {}

  /** {@return for instance {@code 512 bytes} or {@code 3.7 GiB}} */
  public static String print(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
