package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnd.ir.NndException;

class DevicesTest {
  private static final List<DeviceInfo> MACHINE =
      List.of(
          device(0, "Portable Computing Language", "pthread-EPYC", DeviceInfo.Type.CPU),
          device(1, "NVIDIA CUDA", "Tesla T4", DeviceInfo.Type.GPU),
          device(2, "NVIDIA CUDA", "GeForce GTX 1650", DeviceInfo.Type.GPU),
          device(3, "Intel FPGA", "Stratix 10", DeviceInfo.Type.ACCELERATOR));

  private static DeviceInfo device(int index, String platform, String name, DeviceInfo.Type type) {
    return new DeviceInfo(
        index,
        platform,
        "OpenCL 3.0",
        name,
        "vendor",
        "1",
        type,
        2,
        1 << 20,
        1 << 20,
        1,
        1,
        64,
        256,
        128,
        1,
        1,
        1000,
        false,
        false,
        false);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "3, 3",
    "cpu, 0",
    "CPU, 0",
    "gpu, 1",
    "accelerator, 3",
    "epyc, 0",
    "GTX, 2",
    "geforce gtx 1650, 2",
    "nvidia, 1",
    "portable, 0",
    "' t4 ', 1",
    "1650, 2",
    "'', 1",
    "' ', 1",
  })
  void aSelectorIsAnIndexAKindOrAPartOfAName(String selector, int index) {
    assertEquals(index, Devices.select(selector, "device", MACHINE));
  }

  @Test
  void withoutAGpuTheFirstDeviceIsTaken() {
    assertEquals(0, Devices.select("", "device", MACHINE.subList(0, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "amd", "-1", "99999999999999999999"})
  void aWrongNameGivesTheList(String selector) {
    NndException e =
        assertThrows(NndException.class, () -> Devices.select(selector, "NND_DEVICE", MACHINE));
    assertEquals(
        "NND_DEVICE \""
            + selector
            + """
            " names none of the devices here; give an index, part of a name, cpu or gpu:
              0: pthread-EPYC (CPU, Portable Computing Language)
              1: Tesla T4 (GPU, NVIDIA CUDA)
              2: GeForce GTX 1650 (GPU, NVIDIA CUDA)
              3: Stratix 10 (ACCELERATOR, Intel FPGA)""",
        e.getMessage());
  }

  @Test
  void whatADeviceSaysOfItselfIsPlausible() {
    List<DeviceInfo> devices = Devices.list();
    assertFalse(devices.isEmpty());
    for (DeviceInfo info : devices) {
      assertEquals(info, devices.get(info.index()));
      assertFalse(info.name().isBlank());
      assertFalse(info.platform().isBlank());
      assertFalse(info.driverVersion().isBlank());
      assertTrue(info.computeUnits() >= 1);
      assertTrue(info.maxAllocation() >= 1 << 20);
      assertTrue(info.globalMemory() >= info.maxAllocation() / 2);
      assertTrue(info.maxWorkGroup() >= 1);
    }
  }

  @Test
  void aDeviceIsOpenedByItsNameAndHasAStableKey() {
    DeviceInfo first = Devices.list().get(0);
    try (Device byName = Devices.open(first.name());
        Device byIndex = Devices.open("0")) {
      assertEquals(first.index(), byName.info().index());
      assertEquals(byName.key(), byIndex.key());
      assertTrue(byName.key().contains(first.driverVersion()));
    }
  }

  /** Opens the device that the environment names. */
  static final class Probe {
    public static void main(String[] args) {
      try (Device device = Devices.open()) {
        System.out.println("opened " + device);
      } catch (NndException e) {
        System.out.println(e.getMessage());
      }
      System.out.println(CacheDirectory.root());
    }
  }

  private static List<String> probe(Map<String, String> env) throws Exception {
    return ChildJvm.run(Probe.class, List.of(), env).output().lines().toList();
  }

  @Test
  void theEnvironmentNamesADeviceAndTheCache(@TempDir Path directory) throws Exception {
    DeviceInfo first = Devices.list().get(0);
    String own = directory.resolve("own").toString();
    assertEquals(
        List.of("opened " + first.line(), own),
        probe(
            Map.of(
                "NND_DEVICE",
                "0",
                "NND_CACHE_DIR",
                own,
                "XDG_CACHE_HOME",
                directory.resolve("other").toString())));
    assertEquals(
        "NND_DEVICE \"toaster\" names none of the devices here; give an index, part of a name, cpu"
            + " or gpu:",
        probe(Map.of("NND_DEVICE", "toaster", "NND_CACHE_DIR", own)).get(0));
    List<String> xdg = probe(Map.of("NND_CACHE_DIR", "", "XDG_CACHE_HOME", own));
    assertEquals(Path.of(own, "nnd").toString(), xdg.get(xdg.size() - 1));
  }

  @Test
  void aClosedDeviceSaysSo() {
    Device device = Devices.open();
    Buffer buffer = device.allocate(4);
    device.close();
    device.close();
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> buffer.write(0, new float[1]));
    assertTrue(e.getMessage().endsWith("has been closed"), e.getMessage());
    assertThrows(IllegalStateException.class, device::finish);
    buffer.close();
    assertEquals(0, device.allocatedBytes());
  }
}
