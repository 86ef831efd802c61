package org.nnd.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.nnd.dsl.Site;
import org.nnd.ir.NndException;

/**
 * Evaluates sources one after the other; what one declares the next ones see.
 *
 * <p>One source is evaluated at a time. {@link #interrupt} and {@link #siteOf} may be called from
 * any thread at any time.
 */
public final class Session implements AutoCloseable {
  private static final Piece.Form EXPLAIN =
      new Piece.Form("org.nnd.explain.Explain.explain(", "\n)");

  private final UserThread thread;
  private final UserLoader loader;
  private final UserEngine engine;
  private final JShell shell;
  private final SourceMap map = new SourceMap();
  private final Variables variables;
  private final Splitter splitter;
  private final Reports reports;
  private final Magics magics = new Magics();
  private final TraceMagic trace = new TraceMagic();
  private Piece current = new Piece(new Source("prelude", ""), 0, 0, Piece.Form.WHOLE);

  private Session(List<String> compilerOptions) {
    loader = new UserLoader();
    thread = new UserThread(loader.classLoader());
    variables = new Variables(loader);
    engine = new UserEngine(loader, thread, new UserEngine.Hooks(map::loaded, this::beforeRun));
    shell = Shells.open(engine, compilerOptions);
    splitter = new Splitter(shell);
    reports = new Reports(shell, map, variables::lost);
    magics.register("%device", new DeviceMagic());
    magics.register("%trace", trace);
    MavenMagics.register(magics, this::addToClassPath);
    ClassPathMagics.register(magics, this::addToClassPath);
  }

  /**
   * {@return a session that has the prelude; takes about half a second of processor time}
   *
   * <p>From now on layers say where they were declared in this session's sources.
   */
  public static Session open() {
    return open(List.of());
  }

  /** {@return the same with options of the compiler} */
  public static Session open(List<String> compilerOptions) {
    var session = new Session(compilerOptions);
    Shells.importPrelude(session.shell);
    Site.resolver(frame -> session.siteOf(frame.getClassName(), frame.getLineNumber()));
    Site.texts(session.map::texts);
    TraceStream.use(session.map);
    return session;
  }

  private void beforeRun() {
    map.learn(shell, current);
    variables.carry(shell);
  }

  /** Evaluates {@code source} until its end or the first failure. */
  public Outcome eval(Source source) {
    if (UserThread.isCurrent()) { // it would wait for itself
      throw new NndException("code that is being evaluated cannot evaluate other code");
    }
    return evalAlone(source);
  }

  /** Evaluates {@code source} likewise, and interrupts it when it takes longer than that. */
  public Outcome eval(Source source, Duration atMost) {
    return thread.within(atMost.toMillis(), () -> eval(source));
  }

  private synchronized Outcome evalAlone(Source source) {
    thread.reset();
    var notices = new ArrayList<String>();
    Outcome outcome = eval(source, Loads.of(source), notices);
    trace.ended(outcome);
    return switch (outcome) {
      case Outcome.Value value -> new Outcome.Value(value.value(), value.shown(), notices);
      case Outcome.Failure failure -> failure.with(notices);
    };
  }

  private Outcome eval(Source source, Loads loads, List<String> notices) {
    return eval(splitter.split(source), loads, notices);
  }

  private Outcome eval(Splitter.Split split, Loads loads, List<String> notices) {
    if (!split.problems().isEmpty()) {
      boolean unfinished = split.incomplete() && split.problems().size() == 1;
      var kind = unfinished ? Outcome.Kind.INCOMPLETE : Outcome.Kind.COMPILE;
      return Outcome.Failure.of(kind, split.problems().subList(0, 1)); // the others are guesses
    }
    Outcome last = Outcome.Value.NONE;
    Iterator<Piece> pieces = split.pieces().iterator();
    while (pieces.hasNext()) {
      Piece piece = pieces.next();
      last = evalAny(piece, loads, notices);
      boolean shown = pieces.hasNext() && last instanceof Outcome.Value value && value.shown();
      if (shown) {
        last = show(piece.source(), (Outcome.Value) last);
      }
      if (last instanceof Outcome.Failure) {
        return last;
      }
    }
    return last;
  }

  private Outcome evalAny(Piece piece, Loads loads, List<String> notices) {
    if (piece.isMagic()) {
      return magic(piece, loads, notices);
    }
    if (piece.isQuestion()) {
      Object answer = new Text(assistant().answer(Question.name(piece.text())));
      return new Outcome.Value(Optional.of(answer), true, List.of());
    }
    Optional<String> target = Loads.target(piece);
    return target.isPresent() ? load(piece, target.get(), loads, notices) : eval(piece, notices);
  }

  private Outcome magic(Piece piece, Loads loads, List<String> notices) {
    int rest = piece.begin() + Magics.argumentsAt(piece.text());
    return switch (Magics.name(piece.text())) {
      case "%time", "%%time" -> timed(piece, rest, loads, notices);
      case "%load" ->
          load(piece, piece.source().code().substring(rest, piece.end()).strip(), loads, notices);
      case "%explain" -> explain(piece, rest, notices);
      default -> call(piece, () -> magics.run(piece.text()));
    };
  }

  private Outcome explain(Piece piece, int begin, List<String> notices) {
    var argument = new Piece(piece.source(), begin, piece.end(), EXPLAIN);
    if (argument.text().isBlank()) {
      var none = Problem.at(piece.source(), piece.first(), "%explain takes a model or a training");
      return Outcome.Failure.of(Outcome.Kind.COMPILE, List.of(none));
    }
    Outcome outcome = eval(argument, notices);
    return outcome instanceof Outcome.Failure failure
            && failure.problem().message().startsWith("no suitable method found for explain(")
        ? notExplained(argument, failure)
        : outcome;
  }

  /** The compiler lists what could have been meant by the method; the user called none. */
  private static Outcome notExplained(Piece argument, Outcome.Failure failure) {
    String told = failure.problem().message();
    String type = told.substring(told.indexOf('(') + 1, told.length() - 1);
    var problem =
        Problem.at(
            argument.source(),
            argument.first(),
            "%explain takes a model or a training, got " + type);
    return Outcome.Failure.of(Outcome.Kind.COMPILE, List.of(problem));
  }

  private Outcome timed(Piece piece, int begin, Loads loads, List<String> notices) {
    long start = System.nanoTime();
    Outcome outcome = eval(splitter.split(piece.source(), begin, piece.end()), loads, notices);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println("time: " + Durations.text(seconds));
    return outcome;
  }

  /** Shows a value, as a notebook does with the last one of a cell. */
  public synchronized Outcome show(Source source, Outcome.Value value) {
    Outcome shown =
        call(
            Piece.of(source),
            () -> {
              Display.display(value.value().orElse(null));
              return null;
            });
    return shown instanceof Outcome.Failure ? shown : Outcome.Value.NONE;
  }

  private Outcome load(Piece piece, String target, Loads loads, List<String> notices) {
    Source other;
    try {
      other = loads.read(piece, target);
    } catch (NndException e) {
      return reports.threw(e, piece, Outcome.Kind.RUNTIME);
    }
    return switch (eval(other, loads.enter(other), notices)) {
      case Outcome.Failure failure -> failure.from(piece.site());
      case Outcome.Value value -> Outcome.Value.NONE;
    };
  }

  private Outcome eval(Piece piece, List<String> notices) {
    if (Prelude.imports(piece.bare())) {
      return Outcome.Value.NONE;
    }
    current = piece;
    Display.begin();
    List<SnippetEvent> events = shell.eval(piece.code());
    if (piece.isBlock() && events.stream().anyMatch(e -> e.status() == Snippet.Status.REJECTED)) {
      return evalSingly(piece, notices);
    }
    map.learn(shell, piece);
    events.forEach(event -> map.remember(event.snippet(), piece));
    UserEngine.End end = engine.takeEnd();
    variables
        .settle(shell, change(events), piece.site())
        .forEach(told -> notices.add(piece.site() + ": " + told));
    Outcome outcome = Outcome.Value.NONE;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null && outcome instanceof Outcome.Value) {
        outcome = outcome(event, end, piece);
      }
      if (event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
          && event.status().isDefined()) {
        variables.drop(shell, (VarSnippet) event.snippet());
      }
    }
    return outcome;
  }

  /** {@return what a snippet, of which {@code events} came, has changed for variables} */
  private static String change(List<SnippetEvent> events) {
    String types =
        events.stream()
            .filter(event -> event.causeSnippet() == null)
            .map(SnippetEvent::snippet)
            .filter(TypeDeclSnippet.class::isInstance)
            .map(snippet -> ((TypeDeclSnippet) snippet).name())
            .distinct()
            .collect(Collectors.joining(", "));
    return types.isEmpty() ? "its type has changed" : types + " was declared again";
  }

  /** What is no block, such as two endless loops, may still be statements. */
  private Outcome evalSingly(Piece block, List<String> notices) {
    Outcome last = Outcome.Value.NONE;
    for (Piece single : splitter.singles(block)) {
      last = eval(single, notices);
      if (last instanceof Outcome.Failure) {
        return last;
      }
    }
    return last;
  }

  private Outcome outcome(SnippetEvent event, UserEngine.End end, Piece piece) {
    Snippet snippet = event.snippet();
    boolean skipped =
        snippet.kind() == Snippet.Kind.VAR
            && event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED;
    if (event.status() == Snippet.Status.REJECTED || skipped) {
      return Outcome.Failure.of(Outcome.Kind.COMPILE, reports.rejected(snippet, piece));
    }
    if (event.exception() instanceof UnresolvedReferenceException unresolved) {
      var declaration = unresolved.getSnippet();
      Piece of = map.piece(declaration).orElse(piece);
      List<Problem> problems = reports.unresolved(declaration, of, Set.of());
      return Outcome.Failure.of(Outcome.Kind.COMPILE, problems).from(piece.site());
    }
    return switch (end) {
      case UserEngine.End.Threw(Throwable thrown) ->
          reports.threw(
              thrown, piece, thread.stopped() ? Outcome.Kind.INTERRUPTED : Outcome.Kind.RUNTIME);
      case UserEngine.End.Abandoned abandoned -> interrupted(piece);
      case UserEngine.End.Returned returned when thread.stopped() -> interrupted(piece);
      case UserEngine.End.Returned(Optional<Object> value) ->
          isExpression(snippet)
              ? new Outcome.Value(value, isShown(piece, value), List.of())
              : Outcome.Value.NONE;
      case UserEngine.End.Idle idle -> Outcome.Value.NONE;
    };
  }

  private static boolean isShown(Piece piece, Optional<Object> value) {
    return !piece.isSilent() && value.isPresent() && !Display.isName(value.get());
  }

  private static boolean isExpression(Snippet snippet) {
    return switch (snippet.subKind()) {
      case TEMP_VAR_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
      default -> false; // a declaration or an assignment
    };
  }

  private static Outcome interrupted(Piece piece) {
    Problem problem = Problem.at(piece.source(), piece.first(), "interrupted");
    return Outcome.Failure.of(Outcome.Kind.INTERRUPTED, List.of(problem));
  }

  /**
   * {@return what comes of {@code code}, which runs where the user's code runs and can be
   * interrupted like it} It belongs to {@code source}, such as the rendering of its value.
   */
  public synchronized Outcome call(Source source, Callable<?> code) {
    thread.reset();
    return call(Piece.of(source), code);
  }

  private Outcome call(Piece piece, Callable<?> code) {
    UserEngine.End end =
        thread.run(
            () -> {
              try {
                return new UserEngine.End.Returned(Optional.ofNullable(code.call()));
              } catch (Throwable e) {
                return new UserEngine.End.Threw(e);
              }
            });
    return switch (end) {
      case UserEngine.End.Returned(Optional<Object> value) ->
          new Outcome.Value(value, value.isPresent(), List.of());
      case UserEngine.End.Threw(Throwable thrown) ->
          reports.threw(
              thrown, piece, thread.stopped() ? Outcome.Kind.INTERRUPTED : Outcome.Kind.RUNTIME);
      case UserEngine.End.Abandoned abandoned -> interrupted(piece);
      case UserEngine.End.Idle idle -> interrupted(piece);
    };
  }

  /** Ends the evaluation that is going on: its code is interrupted, and no more of it is run. */
  public void interrupt() {
    thread.interrupt();
  }

  /**
   * {@return {@code file:line} of the user's code for a frame of the call stack, where the frame is
   * the user's}
   */
  public Optional<String> siteOf(StackTraceElement frame) {
    return siteOf(frame.getClassName(), frame.getLineNumber());
  }

  /** {@return {@code file:line} for line {@code line} of class {@code className}, if the user's} */
  public Optional<String> siteOf(String className, int line) {
    return map.site(className, line).map(SourceMap.Site::toString);
  }

  /** {@return what completes and explains code that has not been evaluated yet} */
  public Assistant assistant() {
    return new Assistant(
        shell.sourceCodeAnalysis(), new Names(magics::names, () -> variables.values(shell)));
  }

  /** {@return the class loader of what was declared, above NND's own} */
  public ClassLoader classLoader() {
    return loader.classLoader();
  }

  /** {@return the files that globs name; only their last elements may have wildcards} */
  public static List<Path> files(List<String> globs) {
    return globs.stream().flatMap(glob -> ClassPathMagics.resolve(glob).stream()).toList();
  }

  /** Adds jars and folders of classes to what the user's code can use. */
  public void addToClassPath(List<Path> entries) {
    entries.forEach(entry -> shell.addToClasspath(entry.toString()));
  }

  /** {@return the commands that begin with a percent sign} */
  public Magics magics() {
    return magics;
  }

  /**
   * Throws when the calling thread is one that an interrupt has left behind: what prints, for
   * example, asks this, so that an endless loop that prints comes to its end.
   */
  public static void endIfLeftBehind() {
    UserThread.endIfLeftBehind();
  }

  /** {@return the names of the variables there are} */
  public synchronized Set<String> variables() {
    return Variables.defined(shell).stream().map(VarSnippet::name).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    shell.close();
  }
}
