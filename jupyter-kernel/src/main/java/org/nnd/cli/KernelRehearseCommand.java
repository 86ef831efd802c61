package org.nnd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nnd.jupyter.Rehearsal;
import org.nnd.session.Check;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code nnd kernel rehearse SCRIPT}, by which the launcher finds out what classes a start needs.
 */
@Command(name = "rehearse", hidden = true, description = "Start and stop a kernel.")
final class KernelRehearseCommand implements Callable<Integer> {
  private final Output output;

  @Parameters(paramLabel = "FILE", description = "A script to check.")
  private Path file;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  KernelRehearseCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    Check.of(Scripts.read(file, spec));
    Rehearsal.run(VersionCommand.version(), output.err());
    return CommandLine.ExitCode.OK;
  }
}
