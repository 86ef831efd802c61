package org.nnd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nnd.jupyter.KernelProcess;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nnd kernel run FILE}, which Jupyter calls. */
@Command(name = "run", hidden = true, description = "Serve a Jupyter client.")
final class KernelRunCommand implements Callable<Integer> {
  private final Output output;

  @Parameters(paramLabel = "FILE", description = "The connection file.")
  private Path file;

  KernelRunCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    KernelProcess.run(file, VersionCommand.version(), output.err());
    return CommandLine.ExitCode.OK;
  }
}
