package org.nnd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code nnd test}, which the launcher answers itself; here for the list of commands. */
@Command(
    name = "test",
    description = "Build NND and run all its tests; through the launcher of a source tree.")
final class TestCommand implements Callable<Integer> {
  private final Output output;

  TestCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    output.err().println("nnd: test needs NND's source tree; there, run ./nnd test");
    return CommandLine.ExitCode.USAGE;
  }
}
