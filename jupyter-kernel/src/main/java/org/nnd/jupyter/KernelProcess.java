package org.nnd.jupyter;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.nnd.ir.NndException;

/** A kernel from its start to its end. */
public final class KernelProcess {
  /** Long enough for the last messages to leave. */
  private static final long FAREWELL_MILLIS = 100;

  private KernelProcess() {}

  /**
   * Serves the client that wrote the connection file, until it asks for the end or its process has
   * ended.
   *
   * @param version NND's
   * @param log takes what concerns no cell
   */
  public static void run(Path connectionFile, String version, PrintStream log) {
    var workplace = Workplace.open(Settings.of(System.getenv()), log);
    try {
      var connection = new Connection(read(connectionFile), log);
      var kernel = new NndKernel(version, connection, workplace);
      kernel.onStartup();
      kernel.becomeHandlerForConnection(connection);
      kernel.takeStreams();
      connection.connect();
      endWith(connection, Optional.ofNullable(System.getenv("JPY_PARENT_PID")));
      connection.waitUntilClose();
      Thread.sleep(FAREWELL_MILLIS);
    } catch (GeneralSecurityException e) {
      throw new NndException(connectionFile + ": its signature scheme is not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static KernelConnectionProperties read(Path file) {
    try {
      return KernelConnectionProperties.parse(Files.readString(file));
    } catch (IOException e) {
      throw new NndException(file + ": the connection file cannot be read", e);
    }
  }

  /** Jupyter names its own process, so that kernels do not outlive it. */
  private static void endWith(Connection connection, Optional<String> parent) {
    parent
        .filter(id -> id.matches("[1-9]\\d{0,17}"))
        .flatMap(id -> ProcessHandle.of(Long.parseLong(id)))
        .ifPresent(process -> process.onExit().thenRun(connection::close));
  }
}
