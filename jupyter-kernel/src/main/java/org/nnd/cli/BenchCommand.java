package org.nnd.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.nnd.bench.Bench;
import org.nnd.bench.Effort;
import org.nnd.bench.Peer;
import org.nnd.bench.Report;
import org.nnd.bench.Starts;
import org.nnd.bench.Suite;
import org.nnd.bench.suites.Suites;
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

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures to a file, too, after every case.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--peers",
      description = "Run ONNX Runtime and PyTorch in turns with NND, and compare their results.")
  private boolean peers;

  @Option(
      names = "--cases",
      paramLabel = "PATTERN",
      description = "Only cases whose suite/name fits, such as 'gemm/A B,*'.")
  private Optional<String> cases = Optional.empty();

  @Option(names = "--list", description = "List the cases and run none.")
  private boolean list;

  @Parameters(
      arity = "0..*",
      paramLabel = "SUITE",
      description = {
        "peak, gemm, depthwise, conv, rows, attention, memory, longconv, models or start;",
        "all of them where none is given."
      })
  private List<String> names = List.of();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  BenchCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    List<Suite> suites = suites();
    if (list) {
      output.out().print(Suites.list(suites));
      return CommandLine.ExitCode.OK;
    }
    List<Peer> found = peers ? peers() : List.of();
    Report report;
    double load = Bench.load();
    try (Device opened = Devices.open(device.selector());
        LiveLine line = new LiveLine(output.err(), output.errTo())) {
      line.update("measuring the limits of " + opened.info().name() + " ...");
      PeakRates peaks = PeakRates.measure(opened);
      report =
          new Bench(opened, peaks, Effort.USUAL, load, found)
              .run(suites, line::update, this::write);
      Suite.Pattern pattern = new Suite.Pattern(cases.orElse("*"));
      for (String name :
          suites.stream().flatMap(suite -> Suites.starts(suite, pattern).stream()).toList()) {
        line.update("start: " + name);
        report = report.and(new Starts(Main.class.getName()).measure(name));
        write(report);
      }
      line.clear();
    } finally {
      found.forEach(Peer::close);
    }
    output.out().print(report);
    return CommandLine.ExitCode.OK;
  }

  private void write(Report report) {
    json.ifPresent(file -> Json.write(file, report.fields()));
  }

  private List<Suite> suites() {
    List<Suite> chosen;
    try {
      chosen = Suites.named(names);
    } catch (NndException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (cases.isEmpty()) {
      return chosen;
    }
    List<Suite> matching = Suites.matching(chosen, cases.get());
    if (matching.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "no case fits '%s'; nnd bench --list tells what there is".formatted(cases.get()));
    }
    return matching;
  }

  /** Whoever is on the class path; the launcher puts them there for {@code --peers}. */
  private List<Peer> peers() {
    List<Peer> found = ServiceLoader.load(Peer.class).stream().map(p -> p.get()).toList();
    if (found.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "the peers are not on the class path; `./nnd bench --peers` builds and adds them");
    }
    return found;
  }
}
