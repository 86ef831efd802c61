package org.nnd.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nnd.ir.NndException;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.session.Session;
import org.nnd.session.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Entry point of the command {@code nnd}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    // A script's text is UTF-8 whatever the locale of the machine says.
    PrintStream out = utf8(System.out, FileDescriptor.out);
    PrintStream err = utf8(System.err, FileDescriptor.err);
    System.setErr(err);
    var output = new Output(out, err, Terminal.ofStdout(), Terminal.ofStderr());
    int code = run(args, output, runsScript(args) ? ahead(Session::open) : Session::open);
    if (out.checkError() && code == 0) {
      err.println("nnd: not all of the output could be written");
      code = CommandLine.ExitCode.SOFTWARE;
    }
    err.flush();
    System.exit(code);
  }

  private static PrintStream utf8(PrintStream stream, FileDescriptor descriptor) {
    return stream.charset().equals(StandardCharsets.UTF_8)
        ? stream
        : new PrintStream(
            new BufferedOutputStream(new FileOutputStream(descriptor)),
            true,
            StandardCharsets.UTF_8);
  }

  /**
   * {@return the exit code of {@code nnd args...} whose streams are files rather than a terminal}
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, new Output(out, err, Terminal.NONE, Terminal.NONE), Session::open);
  }

  private static int run(String[] args, Output output, Supplier<Session> sessions) {
    PrintStream before = System.out;
    System.setOut(output.out()); // what scripts print
    try {
      return commandLine(output, sessions).execute(withRun(args));
    } finally {
      output.out().flush();
      System.setOut(before);
    }
  }

  /** {@code nnd x.nnd} runs x.nnd, so that a script may begin with {@code #!/usr/bin/env nnd}. */
  private static String[] withRun(String[] args) {
    boolean script = args.length > 0 && (args[0].endsWith(".nnd") || args[0].endsWith(".ipynb"));
    return script ? Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new) : args;
  }

  private static boolean runsScript(String[] args) {
    String[] full = withRun(args);
    return full.length > 1 && full[0].equals("run");
  }

  /** Opens the session while the command line is still being read, which takes a while, too. */
  private static Supplier<Session> ahead(Callable<Session> open) {
    var task = new FutureTask<>(open);
    Thread.ofPlatform().daemon().name("nnd-open").start(task);
    return () -> {
      try {
        return task.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof NndException told ? told : new IllegalStateException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static PeakRates measure(DeviceInfo info) {
    try (Device device = Devices.open(Integer.toString(info.index()))) {
      return PeakRates.measure(device);
    }
  }

  private static CommandLine commandLine(Output output, Supplier<Session> sessions) {
    var nnd = new NndCommand();
    var line = new CommandLine(nnd);
    List<Object> commands =
        List.of(
            new RunCommand(output, nnd, sessions),
            new CheckCommand(output),
            new TestCommand(output),
            new ExplainCommand(output, sessions),
            new DevicesCommand(output, Devices::list, Main::measure),
            new BenchCommand(output),
            new ConformanceCommand(output),
            OnnxCommand.of(output),
            KernelCommand.of(output),
            new NotebookCommand(),
            new CacheCommand(output),
            new VersionCommand(output),
            new HelpCommand());
    commands.forEach(line::addSubcommand);
    line.getSubcommands().get("run").setStopAtPositional(true); // the rest is the script's
    var ansi = output.outTo().colour() ? Help.Ansi.ON : Help.Ansi.OFF;
    return line.setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpAutoWidth(false)
        .setOut(new PrintWriter(output.out(), true))
        .setErr(new PrintWriter(output.err(), true))
        .setParameterExceptionHandler(new Errors(output, nnd)::usage)
        .setExecutionExceptionHandler(new Errors(output, nnd)::failed);
  }
}
