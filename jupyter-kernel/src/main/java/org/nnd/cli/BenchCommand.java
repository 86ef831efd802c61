package org.nnd.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nnd.bench.Bench;
import org.nnd.bench.Effort;
import org.nnd.bench.Report;
import org.nnd.bench.Suite;
import org.nnd.bench.Suites;
import org.nnd.format.Json;
import org.nnd.ir.NndException;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.session.LiveLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code nnd bench [SUITE...]} */
@Command(
    name = "bench",
    description = "Time kernels and tell what share of the device's measured limit they reach.")
final class BenchCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private DeviceOption device;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file, too.")
  private Optional<Path> json = Optional.empty();

  @Parameters(
      arity = "0..*",
      paramLabel = "SUITE",
      description = "peak, gemm, depthwise or rows; all of them where none is given.")
  private List<String> names = List.of();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  BenchCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    List<Suite> suites = suites();
    Report report;
    double load = Bench.load();
    try (Device opened = Devices.open(device.selector());
        LiveLine line = new LiveLine(output.err(), output.errTo())) {
      line.update("measuring the limits of " + opened.info().name() + " ...");
      PeakRates peaks = PeakRates.measure(opened);
      report = new Bench(opened, peaks, Effort.USUAL, load).run(suites, line::update);
      line.clear();
    }
    output.out().print(report);
    json.ifPresent(file -> Json.write(file, report.fields()));
    return CommandLine.ExitCode.OK;
  }

  private List<Suite> suites() {
    try {
      return Suites.named(names);
    } catch (NndException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
