package org.nnd.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code nnd onnx}, which has commands of its own. */
@Command(name = "onnx", description = "Look into, run and check ONNX models.")
final class OnnxCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** {@return the command with those under it} */
  static CommandLine of(Output output) {
    return new CommandLine(new OnnxCommand())
        .addSubcommand(new OnnxInfoCommand(output))
        .addSubcommand(new OnnxRunCommand(output))
        .addSubcommand(new OnnxCheckCommand(output));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with the model: info, run or check");
  }
}
