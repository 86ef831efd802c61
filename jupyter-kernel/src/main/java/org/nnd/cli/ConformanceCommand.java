package org.nnd.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nnd.conformance.Comparison;
import org.nnd.conformance.Conformance;
import org.nnd.conformance.Outcome;
import org.nnd.conformance.Vector;
import org.nnd.conformance.VectorFolder;
import org.nnd.format.Json;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.session.LiveLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code nnd conformance DIR} */
@Command(
    name = "conformance",
    description = {
      "Compare NND's layers with values that their official implementations gave: a line for each"
          + " case with the largest error against what is tolerated. The exit code is 1 if one"
          + " failed."
    })
final class ConformanceCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private DeviceOption device;

  @Option(
      names = "--reference",
      description =
          "Compute in float64 by the reference evaluator instead of on a device; 1e-9 of the"
              + " largest value is tolerated.")
  private boolean reference;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the result to a file, too.")
  private Optional<Path> json = Optional.empty();

  @Parameters(
      paramLabel = "DIR",
      description = "A folder with a manifest.json and the files that it names.")
  private Path folder;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  ConformanceCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    if (!Files.isRegularFile(folder.resolve("manifest.json"))) {
      String problem = Files.isDirectory(folder) ? "has no manifest.json" : "is not a folder";
      throw new ParameterException(spec.commandLine(), "'" + folder + "' " + problem);
    }
    if (reference && !device.selector().isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--reference uses no device: leave --device out");
    }
    List<Vector> vectors = VectorFolder.read(folder);
    if (reference) {
      return report("reference", vectors, Conformance.onReference());
    }
    try (Device opened = Devices.open(device.selector())) {
      return report(opened.info().name(), vectors, Conformance.on(opened));
    }
  }

  private int report(String evaluator, List<Vector> vectors, Conformance conformance) {
    int width = vectors.stream().mapToInt(vector -> vector.name().length()).max().orElse(0);
    List<Outcome> outcomes = new ArrayList<>();
    try (LiveLine line = new LiveLine(output.err(), output.errTo())) {
      for (Vector vector : vectors) {
        line.update("%d of %d: %s".formatted(outcomes.size() + 1, vectors.size(), vector.name()));
        Outcome outcome = conformance.check(vector);
        outcomes.add(outcome);
        line.clear();
        output.out().println(text(outcome, width));
      }
    }
    long passed = outcomes.stream().filter(Outcome::passed).count();
    long failed = outcomes.size() - passed;
    output.out().println("%d passed, %d failed".formatted(passed, failed));
    json.ifPresent(file -> Json.write(file, fields(evaluator, outcomes, passed, failed)));
    return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static String text(Outcome outcome, int width) {
    String verdict = outcome.passed() ? "ok  " : "FAIL";
    String reason = outcome.failure().orElseGet(() -> worst(outcome));
    return "%s%s  %s  %s"
        .formatted(
            outcome.name(), " ".repeat(width - outcome.name().length()), verdict, reason.strip());
  }

  private static String worst(Outcome outcome) {
    Comparison worst = outcome.worst().orElseThrow();
    return worst.problem().isEmpty()
        ? String.format(
            Locale.ROOT,
            "%s: error %.2e, tolerance %.2e",
            worst.tensor(),
            worst.error(),
            worst.tolerance())
        : worst.tensor() + ": " + worst.problem();
  }

  private Map<String, Object> fields(
      String evaluator, List<Outcome> outcomes, long passed, long failed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("folder", folder.toString());
    fields.put("evaluator", evaluator);
    fields.put("passed", passed);
    fields.put("failed", failed);
    fields.put("cases", outcomes.stream().map(ConformanceCommand::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Outcome outcome) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", outcome.name());
    fields.put("module", outcome.module());
    fields.put("passed", outcome.passed());
    outcome.failure().ifPresent(failure -> fields.put("failure", failure));
    outcome.worst().ifPresent(worst -> fields.put("worst", worst.tensor()));
    fields.put("tensors", outcome.comparisons().stream().map(ConformanceCommand::fields).toList());
    fields.put("unchecked", outcome.unchecked());
    return fields;
  }

  /** An error that is not finite is null. */
  private static Map<String, Object> fields(Comparison comparison) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tensor", comparison.tensor());
    fields.put(
        "error", Double.isFinite(comparison.error()) ? comparison.error() : Optional.empty());
    fields.put("tolerance", comparison.tolerance());
    if (!comparison.problem().isEmpty()) {
      fields.put("problem", comparison.problem());
    }
    return fields;
  }
}
