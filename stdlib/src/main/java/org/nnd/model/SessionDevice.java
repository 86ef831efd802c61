package org.nnd.model;

import java.util.HashMap;
import java.util.Map;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Devices;

/**
 * The devices this process has opened, each once. The session's device is the one that the system
 * property {@code nnd.device} names, else the environment variable {@code NND_DEVICE}, else the
 * first GPU, else the first device; it is opened when it is first needed.
 */
public final class SessionDevice {
  private static final Map<String, Device> OPEN = new HashMap<>();

  private SessionDevice() {}

  /**
   * {@return the session's device}
   *
   * @throws org.nnd.ir.NndException if there is none, or none of that name
   */
  public static Device get() {
    return of(System.getProperty("nnd.device", ""));
  }

  /**
   * {@return the device that a selector names: an index, {@code cpu}, {@code gpu}, or a part of its
   * name}
   */
  public static synchronized Device of(String selector) {
    Device known = OPEN.get(selector);
    if (known == null) {
      Device opened = Devices.open(selector);
      known = OPEN.computeIfAbsent(key(opened.info()), key -> opened);
      if (known != opened) {
        opened.close();
      }
      OPEN.put(selector, known);
    }
    return known;
  }

  /** Two selectors of one device share it; a selector never looks like this. */
  private static String key(DeviceInfo info) {
    return "\0" + info.index();
  }
}
