package org.nnd.session;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/** {@code %trace}: the whole stack trace of the last error, which is otherwise kept from users. */
final class TraceMagic implements Magic {
  private Optional<Throwable> last = Optional.empty();

  /** Notes how a source ended. */
  void ended(Outcome outcome) {
    if (outcome instanceof Outcome.Failure failure && failure.cause().isPresent()) {
      last = failure.cause();
    }
  }

  @Override
  public Object run(Call call) {
    var text = new StringWriter();
    last.ifPresentOrElse(
        thrown -> thrown.printStackTrace(new PrintWriter(text, true)),
        () -> text.write("no code has failed yet"));
    return new Text(text.toString().stripTrailing());
  }
}
