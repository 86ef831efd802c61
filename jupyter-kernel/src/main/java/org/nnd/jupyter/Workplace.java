package org.nnd.jupyter;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.nnd.ir.NndException;
import org.nnd.session.Outcome;
import org.nnd.session.Session;
import org.nnd.session.Source;

/**
 * The session of the kernel, which is opened while the kernel begins to answer.
 *
 * @param settings what the environment says
 */
record Workplace(Settings settings, FutureTask<Session> opened) {

  /** {@return a workplace whose session begins to open now} */
  static Workplace open(Settings settings, PrintStream log) {
    var task =
        new FutureTask<>(() -> open(Session.open(settings.compilerOptions()), settings, log));
    Thread.ofPlatform().daemon().name("nnd-open").start(task);
    return new Workplace(settings, task);
  }

  private static Session open(Session session, Settings settings, PrintStream log) {
    try {
      session.addToClassPath(Session.files(settings.classPath()));
      for (Path script : Session.files(settings.scripts())) {
        tell(session.eval(Source.read(script)), log);
      }
    } catch (NndException e) {
      log.println("nnd: " + e.getMessage());
    }
    if (!settings.script().isBlank()) {
      tell(session.eval(new Source("IJAVA_STARTUP_SCRIPT", settings.script())), log);
    }
    return session;
  }

  private static void tell(Outcome outcome, PrintStream log) {
    if (outcome instanceof Outcome.Failure failure) {
      log.println(failure);
    }
  }

  /** {@return the session, once it is open} */
  Session session() {
    try {
      return opened.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NndException told ? told : new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
