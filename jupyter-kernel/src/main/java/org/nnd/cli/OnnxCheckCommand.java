package org.nnd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.nnd.format.Json;
import org.nnd.format.Npz;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.onnx.Engine;
import org.nnd.onnx.OnnxArrays;
import org.nnd.onnx.OnnxCheck;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.session.LiveLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code nnd onnx check MODEL --input X.npz --expect Y.npz}, {@code nnd onnx check DIR} */
@Command(
    name = "check",
    description =
        "Compare the outputs of a model, or of every NAME.onnx in a folder that has a NAME.npz"
            + " beside it (arrays in0, in1, ... and out0, out1, ...), with those expected. The exit"
            + " code is 1 if one failed.")
final class OnnxCheckCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private DeviceOption device;

  @Parameters(paramLabel = "MODEL|DIR", description = "An ONNX file, or a folder of them.")
  private Path path;

  @Option(
      names = "--input",
      paramLabel = "FILE.npz",
      description = "Arrays named after the inputs of the model.")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--expect",
      paramLabel = "FILE.npz",
      description = "Arrays named after the outputs of the model.")
  private Optional<Path> expect = Optional.empty();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-4",
      description =
          "The largest error of an output that is let pass: the largest difference from what is"
              + " expected, divided by the largest magnitude expected in that output or by 0.001,"
              + " whichever is larger (${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many runs are timed, after a first one (${DEFAULT-VALUE}).")
  private int repeat;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the result to a file, too.")
  private Optional<Path> json = Optional.empty();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  OnnxCheckCommand(Output output) {
    this.output = output;
  }

  /** A model with its arrays. */
  private record Case(
      String name, Path model, Path inputs, Path expected, OnnxArrays.Naming naming) {}

  @Override
  public Integer call() {
    if (repeat < 1) {
      throw new ParameterException(spec.commandLine(), "--repeat must be at least 1");
    }
    if (!(tolerance >= 0)) {
      throw new ParameterException(spec.commandLine(), "--tolerance must be 0 or more");
    }
    if (!Files.exists(path)) {
      throw new NndException(path + ": there is no such file or folder");
    }
    List<Case> cases = Files.isDirectory(path) ? folder() : List.of(single());
    Map<String, OnnxCheck> outcomes = new LinkedHashMap<>();
    int width = cases.stream().mapToInt(c -> c.name.length()).max().orElse(0);
    try (Device opened = Devices.open(device.selector());
        LiveLine line = new LiveLine(output.err(), output.errTo())) {
      for (Case each : cases) {
        line.update("%d of %d: %s".formatted(outcomes.size() + 1, cases.size(), each.name));
        OnnxCheck outcome = check(each, new Engine.OnDevice(opened));
        outcomes.put(each.name, outcome);
        line.clear();
        output.out().println(text(each.name, outcome, width));
      }
    }
    output
        .out()
        .println(
            "%d passed, %d failed, %d unsupported"
                .formatted(
                    count(outcomes, OnnxCheck.Status.OK),
                    count(outcomes, OnnxCheck.Status.FAIL),
                    count(outcomes, OnnxCheck.Status.UNSUPPORTED)));
    json.ifPresent(file -> Json.write(file, fields(outcomes)));
    return count(outcomes, OnnxCheck.Status.FAIL) == 0
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  private Case single() {
    if (input.isEmpty() || expect.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "a single model needs --input FILE.npz and --expect FILE.npz");
    }
    return new Case(
        path.getFileName().toString(), path, input.get(), expect.get(), OnnxArrays.Naming.NAMES);
  }

  private List<Case> folder() {
    if (input.isPresent() || expect.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--input and --expect belong to a single model; those of a folder have their arrays"
              + " beside them");
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Case> cases =
          files
              .filter(file -> file.getFileName().toString().endsWith(".onnx"))
              .map(OnnxCheckCommand::besideArrays)
              .filter(each -> Files.exists(each.inputs))
              .sorted(Comparator.comparing(Case::name))
              .toList();
      if (cases.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "'" + path + "' has no NAME.onnx with a NAME.npz beside it");
      }
      return cases;
    } catch (IOException e) {
      throw new NndException("%s: cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static Case besideArrays(Path model) {
    String file = model.getFileName().toString();
    String name = file.substring(0, file.length() - ".onnx".length());
    Path arrays = model.resolveSibling(name + ".npz");
    return new Case(name, model, arrays, arrays, OnnxArrays.Naming.NUMBERS);
  }

  private OnnxCheck check(Case each, Engine engine) {
    try {
      Map<String, Literal> inputs = Npz.read(each.inputs);
      Map<String, Literal> expected = inputs;
      if (each.inputs.equals(each.expected)) {
        expected = numbered(inputs, "out");
        inputs = numbered(inputs, "in");
      } else {
        expected = Npz.read(each.expected);
      }
      return OnnxCheck.of(each.model, inputs, expected, each.naming, tolerance, repeat, engine);
    } catch (NndException e) {
      return OnnxCheck.failed(e.getMessage());
    }
  }

  private static Map<String, Literal> numbered(Map<String, Literal> arrays, String prefix) {
    Map<String, Literal> some = new TreeMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.matches(prefix + "[0-9]+")) {
            some.put(name, array);
          }
        });
    return some;
  }

  private static String text(String name, OnnxCheck outcome, int width) {
    String verdict =
        switch (outcome.status()) {
          case OK -> "ok  ";
          case FAIL -> "FAIL";
          case UNSUPPORTED -> "UNSUPPORTED " + outcome.operator();
        };
    StringBuilder text = new StringBuilder(name);
    text.append(" ".repeat(width - name.length())).append("  ").append(verdict);
    if (!Double.isNaN(outcome.error())) {
      text.append(
          String.format(
              Locale.ROOT, "  error %-8.2e  %9.3f ms", outcome.error(), outcome.milliseconds()));
    }
    if (outcome.status() != OnnxCheck.Status.UNSUPPORTED && !outcome.remark().isEmpty()) {
      text.append("  ").append(outcome.remark());
    }
    return text.toString();
  }

  private static long count(Map<String, OnnxCheck> outcomes, OnnxCheck.Status status) {
    return outcomes.values().stream().filter(outcome -> outcome.status() == status).count();
  }

  private Map<String, Object> fields(Map<String, OnnxCheck> outcomes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", path.toString());
    fields.put("tolerance", tolerance);
    fields.put("passed", count(outcomes, OnnxCheck.Status.OK));
    fields.put("failed", count(outcomes, OnnxCheck.Status.FAIL));
    fields.put("unsupported", count(outcomes, OnnxCheck.Status.UNSUPPORTED));
    fields.put(
        "models", outcomes.entrySet().stream().map(e -> fields(e.getKey(), e.getValue())).toList());
    return fields;
  }

  /** Figures that are no numbers are null. */
  private static Map<String, Object> fields(String name, OnnxCheck outcome) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("status", outcome.status().name().toLowerCase(Locale.ROOT));
    fields.put("error", finite(outcome.error()));
    fields.put("milliseconds", finite(outcome.milliseconds()));
    if (!outcome.operator().isEmpty()) {
      fields.put("operator", outcome.operator());
    }
    if (!outcome.remark().isEmpty()) {
      fields.put("remark", outcome.remark());
    }
    return fields;
  }

  private static Object finite(double value) {
    return Double.isFinite(value) ? value : Optional.empty();
  }
}
