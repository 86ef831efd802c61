package org.nnd.session;

import java.util.List;
import java.util.stream.Collectors;
import org.nnd.model.SessionDevice;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Devices;

/** {@code %device} tells which OpenCL devices there are; {@code %device gpu} chooses one. */
final class DeviceMagic implements Magic {
  @Override
  public Object run(Call call) {
    if (call.arguments().isEmpty()) {
      int present = SessionDevice.get().info().index();
      List<DeviceInfo> all = Devices.list();
      return new Lines(
          all.stream()
              .map(device -> (device.index() == present ? "* " : "  ") + device.line())
              .collect(Collectors.joining("\n")));
    }
    DeviceInfo chosen = Devices.find(String.join(" ", call.arguments()));
    System.setProperty("nnd.device", Integer.toString(chosen.index()));
    return new Lines("models and tensors made from now on are on " + chosen.line());
  }

  /** Text that is shown as it is. */
  private record Lines(String text) {
    @Override
    public String toString() {
      return text;
    }
  }
}
