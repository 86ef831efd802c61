package org.nnd.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.nnd.session.Check;
import org.nnd.session.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nnd check FILE...} */
@Command(
    name = "check",
    description =
        "Compile every statement of scripts, of the scripts they load, and of notebooks; run none.")
final class CheckCommand implements Callable<Integer> {
  private final Output output;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The scripts and notebooks.")
  private List<Path> files;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  CheckCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    int errors = 0;
    for (Path file : files) {
      List<Problem> problems = Check.of(Scripts.readAll(file, spec));
      problems.forEach(problem -> output.complain(problem.toString()));
      errors += problems.size();
    }
    output.out().println(errors == 1 ? "1 error" : errors + " errors");
    return errors == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
