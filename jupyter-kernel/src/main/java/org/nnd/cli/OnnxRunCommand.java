package org.nnd.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nnd.format.Npz;
import org.nnd.onnx.Engine;
import org.nnd.onnx.OnnxArrays;
import org.nnd.onnx.OnnxFile;
import org.nnd.onnx.OnnxRunner;
import org.nnd.onnx.OnnxTiming;
import org.nnd.onnx.imports.Value;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code nnd onnx run MODEL --input X.npz --output Y.npz} */
@Command(name = "run", description = "Compute a model's outputs, and tell the time that takes.")
final class OnnxRunCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private DeviceOption device;

  @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
  private Path model;

  @Option(
      names = "--input",
      paramLabel = "FILE.npz",
      required = true,
      description = "Arrays named after the inputs of the model.")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "FILE.npz",
      description = "Where to write the outputs, under their names.")
  private Optional<Path> result = Optional.empty();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many runs are timed, after a first one (${DEFAULT-VALUE}).")
  private int repeat;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  OnnxRunCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    if (repeat < 1) {
      throw new ParameterException(spec.commandLine(), "--repeat must be at least 1");
    }
    OnnxFile file = OnnxFile.read(model);
    Map<String, Value> inputs =
        OnnxArrays.values(Npz.read(input), file.graph().arguments(), "in", OnnxArrays.Naming.NAMES);
    try (Device opened = Devices.open(device.selector());
        OnnxRunner runner = new OnnxRunner(file, new Engine.OnDevice(opened))) {
      OnnxTiming timing = OnnxTiming.of(runner, inputs, repeat);
      result.ifPresent(path -> Npz.write(path, OnnxArrays.arrays(timing.outputs())));
      double total = timing.medianMilliseconds();
      double kernels = Math.min(total, runner.kernelMilliseconds(inputs));
      output
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "median %.3f ms of %d run%s on %s; %.1f %% of it outside kernels",
                  total,
                  repeat,
                  repeat == 1 ? "" : "s",
                  opened.info().name(),
                  100 * (total - kernels) / total));
    }
    return CommandLine.ExitCode.OK;
  }
}
