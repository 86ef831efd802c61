package org.nnd.jupyter;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.nnd.draw.Picture;
import org.nnd.session.CurrentScreen;
import org.nnd.session.LiveTraining;
import org.nnd.session.Outcome;
import org.nnd.session.Question;
import org.nnd.session.Session;
import org.nnd.session.Source;
import org.nnd.session.TraceStream;
import org.nnd.train.Progress;

/** Runs cells and makes the replies to their requests. */
final class CellRunner {
  /** What happens to the cells that wait when one fails. */
  interface Abort {
    void waiting() throws InterruptedException;
  }

  private final Workplace workplace;
  private final Outlet outlet;
  private final NotebookScreen screen;
  private final Keyboard keyboard;
  private final Abort abort;
  private final PrintStream errors;
  private final CellHistory history = new CellHistory();
  private final AtomicInteger count = new AtomicInteger();

  CellRunner(
      Workplace workplace, Outlet outlet, NotebookScreen screen, Keyboard keyboard, Abort abort) {
    this.workplace = workplace;
    this.outlet = outlet;
    this.screen = screen;
    this.keyboard = keyboard;
    this.abort = abort;
    this.errors = outlet.stream("stderr");
  }

  CellHistory history() {
    return history;
  }

  /** From now on what the process prints belongs to cells, and what it reads is asked for there. */
  void takeStreams() {
    System.setOut(outlet.stream("stdout"));
    System.setErr(new TraceStream(errors));
    System.setIn(keyboard);
    CurrentScreen.use(screen);
    Progress.usual(LiveTraining::new);
  }

  /** {@return the content of the reply to {@code message}, whose output has been sent then} */
  Map<String, Object> run(Message<ExecuteRequest> message) {
    Map<String, Object> reply;
    try {
      reply = reply(message);
    } catch (RuntimeException | Error e) { // a fault of the kernel's own; the client gets its reply
      Map<String, Object> told = CellErrors.internal(e);
      outlet.publish(MessageType.PUBLISH_ERROR, told);
      reply = new LinkedHashMap<>(told);
      reply.put("status", "error");
      reply.put("execution_count", count.get());
    }
    outlet.drain();
    return reply;
  }

  private Map<String, Object> reply(Message<ExecuteRequest> message) {
    ExecuteRequest request = message.getContent();
    boolean stored = request.shouldStoreHistory() && !request.isSilent();
    int number = stored ? count.incrementAndGet() : count.get();
    outlet.begin(message);
    keyboard.begin(request.isStdinEnabled() ? Optional.of(message) : Optional.empty());
    if (!request.isSilent()) {
      outlet.publish(
          MessageType.PUBLISH_EXECUTE_INPUT,
          Map.of("code", request.getCode(), "execution_count", number));
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("execution_count", number);
    var source = new Source("cell " + number, request.getCode());
    if (Question.is(source.text())) {
      reply.put("status", "ok");
      reply.put("user_expressions", Map.of());
      reply.put("payload", new CodeAnswers(workplace).pages(Question.name(source.text())));
      return reply;
    }
    Session session = workplace.session();
    Outcome outcome = withTimeout(session, source);
    Optional<Picture> result = Optional.empty();
    if (outcome instanceof Outcome.Value value && value.shown() && !request.isSilent()) {
      outcome = session.call(source, () -> screen.picture(value.value().orElse(null)));
      if (outcome instanceof Outcome.Value drawn) {
        result = drawn.value().map(Picture.class::cast);
      }
    }
    outcome.notices().forEach(errors::println);
    if (stored) {
      history.add(number, request.getCode(), result.map(Picture::plain).orElse(""));
    }
    switch (outcome) {
      case Outcome.Value value -> {
        result.ifPresent(picture -> publish(picture, number));
        reply.put("status", "ok");
        reply.put("user_expressions", expressions(session, request));
        reply.put("payload", List.of());
      }
      case Outcome.Failure failure -> {
        Map<String, Object> told = CellErrors.content(failure);
        outlet.publish(MessageType.PUBLISH_ERROR, told);
        reply.put("status", "error");
        reply.putAll(told);
        if (request.shouldStopOnError()) {
          abortWaiting();
        }
      }
    }
    return reply;
  }

  private Outcome withTimeout(Session session, Source source) {
    return workplace
        .settings()
        .timeout()
        .map(atMost -> session.eval(source, atMost))
        .orElseGet(() -> session.eval(source));
  }

  private void publish(Picture picture, int number) {
    outlet.publish(
        MessageType.PUBLISH_EXECUTION_RESULT,
        Map.of(
            "execution_count", number, "data", NotebookScreen.data(picture), "metadata", Map.of()));
  }

  private void abortWaiting() {
    try {
      abort.waiting();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> expressions(Session session, ExecuteRequest request) {
    Map<String, Object> values = new LinkedHashMap<>();
    Optional.ofNullable(request.getUserExpr())
        .orElse(Map.of())
        .forEach((name, code) -> values.put(name, expression(session, new Source(name, code))));
    return values;
  }

  private Map<String, Object> expression(Session session, Source source) {
    Outcome outcome = session.eval(source);
    if (outcome instanceof Outcome.Value value) {
      outcome = session.call(source, () -> screen.picture(value.value().orElse(null)));
    }
    Map<String, Object> content = new LinkedHashMap<>();
    switch (outcome) {
      case Outcome.Value drawn -> {
        content.put("status", "ok");
        content.put("data", NotebookScreen.data((Picture) drawn.value().orElseThrow()));
        content.put("metadata", Map.of());
      }
      case Outcome.Failure failure -> {
        content.put("status", "error");
        content.putAll(CellErrors.content(failure));
      }
    }
    return content;
  }
}
