package org.nnd.cli;

import org.nnd.opencl.jocl.Devices;
import picocli.CommandLine.Option;

/** The option {@code --device} of the commands that compute. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "",
      description =
          "The OpenCL device to use: its number or a part of its name in 'nnd devices', 'cpu' or"
              + " 'gpu'. Without it, the environment variable NND_DEVICE.")
  private String device;

  /** {@return what was asked for, blank where nothing was} */
  String selector() {
    return device;
  }

  /** Makes it the session's device; a wrong name is told before anything else is done. */
  void choose() {
    if (!device.isBlank()) {
      System.setProperty("nnd.device", Integer.toString(Devices.find(device).index()));
    }
  }
}
