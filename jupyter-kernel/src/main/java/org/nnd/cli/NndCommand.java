package org.nnd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code nnd} without a command, and the options that every command has. */
@Command(
    name = "nnd",
    description = "Describe neural networks in Java, train and run them on OpenCL.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionCommand.Lines.class,
    footer = {
      "",
      "nnd FILE.nnd [ARGS...] is short for nnd run FILE.nnd [ARGS...].",
      "nnd help COMMAND tells more about a command."
    })
final class NndCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces with errors.")
  private boolean debug;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of NND and of Java.")
  private boolean version;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  boolean debug() {
    return debug;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
