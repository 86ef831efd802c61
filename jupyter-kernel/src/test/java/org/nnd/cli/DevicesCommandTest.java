package org.nnd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.opencl.measure.PeakRates.Rate;
import org.nnd.session.Terminal;
import picocli.CommandLine;

/** How devices are shown, whatever devices this machine has. */
class DevicesCommandTest {
  private static final DeviceInfo DEVICE =
      new DeviceInfo(
          0,
          "Portable Computing Language",
          "OpenCL 3.0 PoCL 3.1",
          "cpu \"x\"",
          "AMD",
          "3.1",
          DeviceInfo.Type.CPU,
          2,
          8L << 30,
          3L << 30,
          512 << 10,
          0,
          64,
          4096,
          128,
          16,
          16,
          2250,
          true,
          false,
          true);

  private static final PeakRates PEAKS =
      new PeakRates(
          new Rate(123.44, "8 x float16"),
          new Rate(20, "read"),
          new Rate(9.96, "write"),
          new Rate(15, "copy"),
          1.25,
          30,
          1 << 20);

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private int devices(List<DeviceInfo> found, String... args) {
    var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var output = new Output(stream, stream, Terminal.NONE, Terminal.NONE);
    return new CommandLine(new DevicesCommand(output, () -> found, device -> PEAKS))
        .setExecutionExceptionHandler(new Errors(output, new NndCommand())::failed)
        .execute(args);
  }

  @Test
  void aDeviceIsAParagraphAndAnObject() throws IOException {
    Path json = folder.resolve("devices.json");
    assertEquals(0, devices(List.of(DEVICE), "--json", json.toString()));
    assertEquals(
        """
        0: cpu "x" (CPU, Portable Computing Language)
           driver 3.1; OpenCL 3.0 PoCL 3.1
           2 compute units at 2250 MHz, native vectors of 16 float, fp64
           memory 8.0 GiB, largest buffer 3.0 GiB, cache not told, local memory 512 KiB
        """,
        bytes.toString(StandardCharsets.UTF_8));
    assertEquals(
        """
        [
          {
            "index": 0,
            "name": "cpu \\"x\\"",
            "type": "cpu",
            "vendor": "AMD",
            "platform": "Portable Computing Language",
            "platformVersion": "OpenCL 3.0 PoCL 3.1",
            "driverVersion": "3.1",
            "computeUnits": 2,
            "clockMegahertz": 2250,
            "nativeFloatWidth": 16,
            "memoryBytes": 8589934592,
            "maxAllocationBytes": 3221225472,
            "cacheBytes": 0,
            "localMemoryBytes": 524288,
            "fp64": true,
            "fp16": false
          }
        ]
        """,
        Files.readString(json));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(json), files.toList(), "nothing half-written is left");
    }
  }

  @Test
  void measuredRatesAreAligned() throws IOException {
    Path json = folder.resolve("devices.json");
    assertEquals(0, devices(List.of(DEVICE), "--measure", "--json", json.toString()));
    assertTrue(
        bytes
            .toString(StandardCharsets.UTF_8)
            .endsWith(
                """
                   multiply-add     123.4 GFLOP/s  (8 x float16)
                   read              20.0 GB/s     (read)
                   write             10.0 GB/s     (write)
                   copy              15.0 GB/s     (copy)
                   launch            1.25 us       (30.00 us with the wait for its end)
                """),
        bytes::toString);
    assertTrue(
        Files.readString(json).contains("\"peaks\": {\n      \"fmaGflopsPerSecond\": 123.44,\n"));
  }

  @Test
  void noDeviceIsAnError() {
    assertEquals(1, devices(List.of()));
    assertEquals(
        "nnd: no OpenCL device was found: no driver is installed\n",
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFileThatCannotBeWrittenIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Path nowhere = file.resolve("devices.json");
    assertEquals(1, devices(List.of(DEVICE), "--json", nowhere.toString()));
  }
}
