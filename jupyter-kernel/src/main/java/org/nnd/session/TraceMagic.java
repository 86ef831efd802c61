package org.nnd.session;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/**
 * {@code %trace}: the whole stack trace of the last error, or of what was printed as one after it,
 * which is otherwise kept from users.
 */
final class TraceMagic implements Magic {
  private Optional<Throwable> last = Optional.empty();

  /** Notes how a source ended. */
  void ended(Outcome outcome) {
    if (outcome instanceof Outcome.Failure failure && failure.cause().isPresent()) {
      last = failure.cause();
      TraceStream.takeLast(); // was before
    }
  }

  @Override
  public Object run(Call call) {
    var text = new StringWriter();
    TraceStream.takeLast().ifPresent(thrown -> last = Optional.of(thrown));
    last.ifPresentOrElse(
        thrown -> thrown.printStackTrace(new PrintWriter(text, true)),
        () -> text.write("no code has failed yet"));
    return new Text(text.toString().stripTrailing());
  }
}
