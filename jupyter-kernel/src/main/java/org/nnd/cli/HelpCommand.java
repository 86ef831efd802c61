package org.nnd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code nnd help [COMMAND]} */
@Command(name = "help", description = "Tell what a command does and takes.")
final class HelpCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      defaultValue = "",
      description = "One of those that 'nnd help' lists.")
  private String command;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine nnd = spec.commandLine().getParent();
    if (command.isEmpty()) {
      nnd.usage(nnd.getOut());
    } else if (nnd.getSubcommands().containsKey(command)) {
      nnd.getSubcommands().get(command).usage(nnd.getOut());
    } else {
      throw new ParameterException(nnd, Errors.unknownCommand(nnd, command));
    }
    return CommandLine.ExitCode.OK;
  }
}
