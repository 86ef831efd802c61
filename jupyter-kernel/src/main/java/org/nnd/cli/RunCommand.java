package org.nnd.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nnd.session.CurrentScreen;
import org.nnd.session.Outcome;
import org.nnd.session.Prelude;
import org.nnd.session.Session;
import org.nnd.session.Source;
import org.nnd.session.TerminalScreen;
import org.nnd.session.TraceStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nnd run FILE [ARGS...]} */
@Command(name = "run", description = "Run a script, or the cells of a notebook.")
final class RunCommand implements Callable<Integer> {
  private final Output output;
  private final NndCommand options;
  private final Supplier<Session> sessions;

  @Mixin private DeviceOption device;

  @Option(
      names = "--save",
      paramLabel = "FOLDER",
      description = "Save the pictures that the script displays as files in this folder.")
  private Optional<Path> save = Optional.empty();

  @Parameters(index = "0", paramLabel = "FILE", description = "The script or notebook.")
  private Path file;

  @Parameters(
      index = "1..*",
      paramLabel = "ARGS",
      description = "What the script finds in its variable 'args'; options too.")
  private String[] args = {};

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  RunCommand(Output output, NndCommand options, Supplier<Session> sessions) {
    this.output = output;
    this.options = options;
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    List<Source> sources = Scripts.readAll(file, spec);
    device.choose();
    Prelude.args = args.clone();
    CurrentScreen.use(new TerminalScreen(save));
    PrintStream before = System.err;
    System.setErr(options.debug() ? output.err() : new TraceStream(output.err()));
    try (Session session = sessions.get()) {
      for (Source source : sources) {
        if (eval(session, source) instanceof Outcome.Failure failure) {
          output.complain(failure.toString());
          if (options.debug()) {
            failure.cause().ifPresent(thrown -> thrown.printStackTrace(output.err()));
          }
          return CommandLine.ExitCode.SOFTWARE;
        }
      }
    } finally {
      System.setErr(before);
    }
    return CommandLine.ExitCode.OK;
  }

  /** An expression without a semicolon is shown, as in a notebook. */
  private Outcome eval(Session session, Source source) {
    Outcome outcome = session.eval(source);
    output.out().flush();
    outcome.notices().forEach(output::complain);
    return outcome instanceof Outcome.Value value && value.shown()
        ? session.show(source, value)
        : outcome;
  }
}
