package org.nnd.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code nnd kernel}, which has commands of its own. */
@Command(name = "kernel", description = "Make Jupyter know NND's kernel.")
final class KernelCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** {@return the command with those under it} */
  static CommandLine of(Output output) {
    return new CommandLine(new KernelCommand())
        .addSubcommand(new KernelInstallCommand(output))
        .addSubcommand(new KernelUninstallCommand(output))
        .addSubcommand(new KernelRunCommand(output))
        .addSubcommand(new KernelRehearseCommand(output));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with the kernel: install or uninstall");
  }
}
