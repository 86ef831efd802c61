package org.nnd.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nnd.explain.Explain;
import org.nnd.explain.Explanation;
import org.nnd.ir.NndException;
import org.nnd.model.Rehearsal;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.lower.Target;
import org.nnd.opencl.runtime.Targets;
import org.nnd.session.Outcome;
import org.nnd.session.Prelude;
import org.nnd.session.Session;
import org.nnd.session.Source;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nnd explain FILE} */
@Command(
    name = "explain",
    description = {
      "Print what becomes of the networks of a script: 1 the description, 2 the tensor graph, 3 the"
          + " kernel programs, 4 the plan and its OpenCL C.",
      "The script runs, but no network does: nothing is trained, and results are not-a-number. What"
          + " the script prints goes to standard error."
    })
final class ExplainCommand implements Callable<Integer> {
  /** Where there is no OpenCL at all, schedules are those of a processor with AVX2. */
  private static final Target USUAL = Target.cpu(8);

  private final Output output;
  private final Supplier<Session> sessions;

  @Mixin private DeviceOption device;

  @Option(names = "--level", paramLabel = "1..4", description = "That level alone.")
  private Optional<Integer> level = Optional.empty();

  @Option(
      names = "--kernels",
      description = "With every kernel's program (level 3) and OpenCL C (level 4).")
  private boolean kernels;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "The batch size that work and memory are told for: ${DEFAULT-VALUE}.")
  private long batch;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the sections and kernels as files into a folder instead.")
  private Optional<Path> out = Optional.empty();

  @Parameters(index = "0", paramLabel = "FILE", description = "The script.")
  private Path file;

  @Parameters(index = "1..*", paramLabel = "ARGS", description = "The script's arguments.")
  private String[] args = {};

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  ExplainCommand(Output output, Supplier<Session> sessions) {
    this.output = output;
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    Source source = Scripts.read(file, spec);
    device.choose();
    Prelude.args = args.clone();
    List<Rehearsal.Network> networks;
    Outcome outcome;
    PrintStream before = System.out;
    System.setOut(output.err());
    try (Rehearsal rehearsal = Rehearsal.begin();
        Session session = sessions.get()) {
      outcome = session.eval(source);
      networks = rehearsal.networks();
    } finally {
      System.setOut(before);
    }
    explain(networks);
    outcome.notices().forEach(output::complain);
    if (outcome instanceof Outcome.Failure failure) {
      output.complain(failure.toString());
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (networks.isEmpty()) {
      throw new NndException(file + ": the script makes no model, so there is nothing to explain");
    }
    return CommandLine.ExitCode.OK;
  }

  private void explain(List<Rehearsal.Network> networks) {
    Target target = target();
    List<Explanation> explanations = new ArrayList<>();
    for (Rehearsal.Network network : networks) {
      String title = "network " + (explanations.size() + 1);
      Explanation all = Explain.explain(title, network.model(), network.steps(), target);
      Explanation chosen = level.map(all::level).orElse(all).batch(batch);
      explanations.add(kernels ? chosen.withKernels() : chosen);
    }
    for (int i = 0; i < explanations.size(); i++) {
      if (out.isPresent()) {
        explanations.get(i).write(out.get().resolve("network-" + (i + 1)));
      } else {
        output.out().print((i == 0 ? "" : "\n") + explanations.get(i));
      }
    }
    String count = networks.size() == 1 ? "1 network" : networks.size() + " networks";
    out.ifPresent(folder -> output.out().println(folder + ": " + count + " explained"));
  }

  private Target target() {
    try {
      return Targets.of(Devices.find(System.getProperty("nnd.device", "")));
    } catch (NndException e) {
      return USUAL;
    }
  }
}
