package org.nnd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nnd.bench.Report;
import org.nnd.format.Json;
import org.nnd.ir.NndException;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.session.LiveLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nnd devices} */
@Command(name = "devices", description = "List the OpenCL devices of this machine.")
final class DevicesCommand implements Callable<Integer> {
  private final Output output;
  private final Supplier<List<DeviceInfo>> devices;
  private final Function<DeviceInfo, PeakRates> measure;

  @Option(
      names = "--measure",
      description = "Measure peak rates and memory bandwidth; takes some seconds for each device.")
  private boolean measured;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the list to a file, too.")
  private Optional<Path> json = Optional.empty();

  DevicesCommand(
      Output output, Supplier<List<DeviceInfo>> devices, Function<DeviceInfo, PeakRates> measure) {
    this.output = output;
    this.devices = devices;
    this.measure = measure;
  }

  @Override
  public Integer call() {
    List<DeviceInfo> found = devices.get();
    if (found.isEmpty()) {
      throw new NndException("no OpenCL device was found: no driver is installed");
    }
    List<Map<String, Object>> list = new ArrayList<>();
    for (DeviceInfo device : found) {
      Map<String, Object> fields = fields(device);
      output.out().println(text(device));
      if (measured) {
        PeakRates peaks = measure(device);
        output.out().print(peaks.toString().indent(3));
        fields.put("peaks", Report.fields(peaks));
      }
      list.add(fields);
    }
    json.ifPresent(file -> Json.write(file, list));
    return CommandLine.ExitCode.OK;
  }

  private PeakRates measure(DeviceInfo device) {
    try (LiveLine line = new LiveLine(output.err(), output.errTo())) {
      line.update("measuring " + device.name() + " ...");
      PeakRates peaks = measure.apply(device);
      line.clear();
      return peaks;
    }
  }

  private static String text(DeviceInfo device) {
    return String.format(
        Locale.ROOT,
        """
        %s
           driver %s; %s
           %d compute units at %d MHz, native vectors of %d float%s%s
           memory %s, largest buffer %s, cache %s, local memory %s""",
        device.line(),
        device.driverVersion(),
        device.platformVersion(),
        device.computeUnits(),
        device.clockMegahertz(),
        device.nativeFloatWidth(),
        device.fp64() ? ", fp64" : "",
        device.fp16() ? ", fp16" : "",
        Bytes.text(device.globalMemory()),
        Bytes.text(device.maxAllocation()),
        device.cacheBytes() == 0 ? "not told" : Bytes.text(device.cacheBytes()),
        Bytes.text(device.localMemory()));
  }

  private static Map<String, Object> fields(DeviceInfo device) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("index", device.index());
    fields.put("name", device.name());
    fields.put("type", device.type().name().toLowerCase(Locale.ROOT));
    fields.put("vendor", device.vendor());
    fields.put("platform", device.platform());
    fields.put("platformVersion", device.platformVersion());
    fields.put("driverVersion", device.driverVersion());
    fields.put("computeUnits", device.computeUnits());
    fields.put("clockMegahertz", device.clockMegahertz());
    fields.put("nativeFloatWidth", device.nativeFloatWidth());
    fields.put("memoryBytes", device.globalMemory());
    fields.put("maxAllocationBytes", device.maxAllocation());
    fields.put("cacheBytes", device.cacheBytes());
    fields.put("localMemoryBytes", device.localMemory());
    fields.put("fp64", device.fp64());
    fields.put("fp16", device.fp16());
    return fields;
  }
}
