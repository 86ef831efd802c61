package org.nnd.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nnd.onnx.OnnxFile;
import org.nnd.onnx.OnnxSummary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nnd onnx info MODEL} */
@Command(
    name = "info",
    description =
        "Tell what is in a model: inputs, outputs, versions, operators, parameters, and which"
            + " operators are not supported.")
final class OnnxInfoCommand implements Callable<Integer> {
  private final Output output;

  @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
  private Path model;

  OnnxInfoCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    output.out().print(OnnxSummary.of(OnnxFile.read(model)));
    return CommandLine.ExitCode.OK;
  }
}
