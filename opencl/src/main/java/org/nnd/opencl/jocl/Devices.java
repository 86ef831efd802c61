package org.nnd.opencl.jocl;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;

/** The OpenCL devices of this machine. */
public final class Devices {
  private Devices() {}

  /** Every device of every platform; empty where a loader is installed but no driver. */
  public static List<DeviceInfo> list() {
    return DeviceQueries.all().stream().map(DeviceQueries.Found::info).toList();
  }

  /** {@link #open(String)} with no selector. */
  public static Device open() {
    return open("");
  }

  /**
   * Opens the device that the selector names: an index, {@code cpu}, {@code gpu}, {@code
   * accelerator}, or a part of the device's or platform's name in any case. A blank selector stands
   * for the environment variable {@code NND_DEVICE}; where that is blank too, for the first GPU, or
   * the first device where there is no GPU.
   *
   * @throws NndException if no driver is installed, or nothing or no single kind of device has that
   *     name; the message lists the devices
   */
  public static Device open(String selector) {
    List<DeviceQueries.Found> all = DeviceQueries.all();
    return Device.open(all.get(index(selector, all)));
  }

  /** {@return the device that {@link #open(String)} would open} The same errors are thrown. */
  public static DeviceInfo find(String selector) {
    List<DeviceQueries.Found> all = DeviceQueries.all();
    return all.get(index(selector, all)).info();
  }

  private static int index(String selector, List<DeviceQueries.Found> all) {
    String environment = System.getenv("NND_DEVICE");
    boolean fromEnvironment = selector.isBlank() && environment != null && !environment.isBlank();
    String wanted = fromEnvironment ? environment : selector;
    return select(
        wanted,
        fromEnvironment ? "NND_DEVICE" : "device",
        all.stream().map(DeviceQueries.Found::info).toList());
  }

  /** The position in {@code devices} of the one selected; pure, for tests. */
  static int select(String selector, String origin, List<DeviceInfo> devices) {
    if (devices.isEmpty()) {
      throw new NndException(
          "no OpenCL device was found: an OpenCL loader is installed, but no driver. "
              + NativeLibrary.INSTALL);
    }
    String wanted = selector.strip().toLowerCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      return first(devices, DeviceInfo.Type.GPU).orElse(0);
    }
    Optional<Integer> chosen =
        switch (wanted) {
          case "cpu" -> first(devices, DeviceInfo.Type.CPU);
          case "gpu" -> first(devices, DeviceInfo.Type.GPU);
          case "accelerator" -> first(devices, DeviceInfo.Type.ACCELERATOR);
          default -> byIndex(wanted, devices).or(() -> named(wanted, devices));
        };
    return chosen.orElseThrow(
        () ->
            new NndException(
                origin
                    + " \""
                    + selector.strip()
                    + "\" names none of the devices here; give an index, part of a name, cpu or"
                    + " gpu:\n"
                    + devices.stream()
                        .map(d -> "  " + d.line())
                        .collect(Collectors.joining("\n"))));
  }

  private static Optional<Integer> byIndex(String wanted, List<DeviceInfo> devices) {
    return devices.stream()
        .map(DeviceInfo::index)
        .filter(index -> wanted.equals(Integer.toString(index)))
        .findFirst();
  }

  private static Optional<Integer> first(List<DeviceInfo> devices, DeviceInfo.Type type) {
    return devices.stream().filter(d -> d.type() == type).map(DeviceInfo::index).findFirst();
  }

  /** The device's own name before the platform's: "nvidia" is part of both. */
  private static Optional<Integer> named(String wanted, List<DeviceInfo> devices) {
    return devices.stream()
        .filter(d -> contains(d.name(), wanted))
        .map(DeviceInfo::index)
        .findFirst()
        .or(
            () ->
                devices.stream()
                    .filter(d -> contains(d.platform(), wanted) || contains(d.vendor(), wanted))
                    .map(DeviceInfo::index)
                    .findFirst());
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part);
  }
}
