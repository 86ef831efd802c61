package org.nnd.session;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import org.nnd.ir.NndException;

/** Turns what the compiler and the JVM say into problems that stand in the user's sources. */
final class Reports {
  /** {@code symbol: method foo(int)}, of javac's "cannot find symbol". */
  private static final Pattern SYMBOL =
      Pattern.compile("\\n\\s*symbol:\\s+((?:\\w+ )*)([\\p{L}_$][\\p{L}\\p{N}_$]*)([^\\n]*)");

  private static final Pattern LOCATION = Pattern.compile("\\n\\s*location:\\s+([^\\n]*)");
  private static final Pattern JAVA_LANG = Pattern.compile("\\bjava\\.lang\\.(?=[A-Z])");
  private static final int MAX_CALLERS = 8;

  private final JShell shell;
  private final SourceMap map;
  private final Function<String, Optional<String>> lost;

  /**
   * @param lost tells of a variable that has lost its value
   */
  Reports(JShell shell, SourceMap map, Function<String, Optional<String>> lost) {
    this.shell = shell;
    this.map = map;
    this.lost = lost;
  }

  /** {@return the errors of the rejected snippet {@code snippet} of {@code piece}} */
  List<Problem> rejected(Snippet snippet, Piece piece) {
    return rejected(snippet, piece, Diag::isError);
  }

  /** {@return the same, of those errors alone that {@code told} takes} */
  List<Problem> rejected(Snippet snippet, Piece piece, Predicate<Diag> told) {
    List<Problem> problems =
        shell
            .diagnostics(snippet)
            .filter(told)
            .flatMap(d -> problems(d, piece).stream())
            .distinct()
            .toList();
    if (problems.isEmpty() && snippet instanceof DeclarationSnippet declaration) {
      problems = unresolved(declaration, piece, Set.of());
    }
    return problems.isEmpty()
        ? List.of(Problem.at(piece.source(), piece.first(), "is not accepted by the compiler"))
        : problems;
  }

  private List<Problem> problems(Diag diagnostic, Piece piece) {
    List<Problem> reasons =
        missingName(diagnostic).flatMap(this::waiting).stream()
            .flatMap(type -> unresolved(type, map.piece(type).orElse(piece), Set.of()).stream())
            .toList();
    return reasons.isEmpty()
        ? List.of(
            Problem.at(
                piece.source(),
                piece.offset(diagnostic.getPosition()),
                missingVariable(diagnostic).flatMap(lost).orElseGet(() -> message(diagnostic))))
        : reasons;
  }

  /** {@return the type that is declared, but cannot be used because of what its text uses} */
  private Optional<DeclarationSnippet> waiting(String name) {
    return shell
        .snippets()
        .filter(s -> shell.status(s) == Snippet.Status.RECOVERABLE_NOT_DEFINED)
        .filter(s -> s instanceof TypeDeclSnippet type && type.name().equals(name))
        .map(DeclarationSnippet.class::cast)
        .findFirst();
  }

  /**
   * {@return one problem for each name that {@code declaration} uses and nobody has declared}
   *
   * @param known names to say nothing about
   */
  List<Problem> unresolved(DeclarationSnippet declaration, Piece piece, Set<String> known) {
    String code = piece.text();
    var problems = new ArrayList<Problem>();
    for (String use : shell.unresolvedDependencies(declaration).toList()) {
      String name = use.replaceFirst("^\\w+ ", "").replaceFirst("\\(.*", ""); // method g(int)
      if (!known.contains(name)) {
        Matcher at = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(code);
        int offset = at.find() ? piece.begin() + at.start() : piece.first();
        Optional<String> told = use.startsWith("variable ") ? lost.apply(name) : Optional.empty();
        problems.add(Problem.at(piece.source(), offset, told.orElse("cannot find symbol: " + use)));
      }
    }
    return problems;
  }

  /** {@return javac's message in one line where it is a missing symbol} */
  private static String message(Diag diagnostic) {
    String full = SourceMap.withoutWrappers(diagnostic.getMessage(Locale.ENGLISH));
    String text = JAVA_LANG.matcher(full).replaceAll("");
    if (text.contains("attempting to assign stronger access privileges; was public")) {
      return text + "\n  JShell makes what stands outside a class public: write 'public' before it";
    }
    Matcher symbol = SYMBOL.matcher(text);
    if (!symbol.find()) {
      return text;
    }
    Matcher location = LOCATION.matcher(text);
    String where = location.find() ? location.group(1).strip() : "";
    boolean toldWhere = where.contains(" ");
    return text.substring(0, symbol.start())
        + (": " + symbol.group(1) + symbol.group(2) + symbol.group(3)).stripTrailing()
        + (toldWhere ? " in " + where : "");
  }

  /** {@return the name that {@code diagnostic} says nobody has declared} */
  static Optional<String> missingName(Diag diagnostic) {
    Matcher symbol = SYMBOL.matcher(diagnostic.getMessage(Locale.ENGLISH));
    return symbol.find() ? Optional.of(symbol.group(2)) : Optional.empty();
  }

  private static Optional<String> missingVariable(Diag diagnostic) {
    Matcher symbol = SYMBOL.matcher(diagnostic.getMessage(Locale.ENGLISH));
    return symbol.find() && symbol.group(1).equals("variable ")
        ? Optional.of(symbol.group(2))
        : Optional.empty();
  }

  /** {@return the failure of {@code piece} that {@code thrown} ended} */
  Outcome.Failure threw(Throwable thrown, Piece piece, Outcome.Kind kind) {
    Throwable told = unwrapped(thrown);
    List<SourceMap.Site> sites = sites(told);
    Throwable cause = told.getCause();
    while (sites.isEmpty() && cause != null) {
      sites = sites(cause);
      cause = cause.getCause();
    }
    if (sites.isEmpty()) {
      Source source = piece.source();
      sites = List.of(new SourceMap.Site(source, source.lineAt(piece.first())));
    }
    SourceMap.Site at = sites.getFirst();
    return new Outcome.Failure(
        kind, List.of(problem(told, at)), callers(sites), Optional.of(told), List.of());
  }

  /** The user's lines in the trace of {@code thrown}, innermost first. */
  private List<SourceMap.Site> sites(Throwable thrown) {
    var sites = new ArrayList<SourceMap.Site>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      map.site(frame.getClassName(), frame.getLineNumber())
          .filter(site -> sites.isEmpty() || !sites.getLast().equals(site))
          .ifPresent(sites::add);
    }
    return sites;
  }

  private static List<String> callers(List<SourceMap.Site> sites) {
    List<String> names = sites.stream().skip(1).map(SourceMap.Site::toString).toList();
    if (names.size() <= MAX_CALLERS) {
      return names;
    }
    var some = new ArrayList<>(names.subList(0, MAX_CALLERS));
    some.add((names.size() - MAX_CALLERS) + " more");
    return some;
  }

  private Problem problem(Throwable thrown, SourceMap.Site at) {
    OptionalInt column = CallPlace.column(thrown, at, map);
    if (thrown instanceof NndException told) {
      String text = told.getMessage() + (told.details().isEmpty() ? "" : "\n" + told.details());
      return Problem.inLine(at.source(), at.line(), column, text);
    }
    var causes = new ArrayList<String>();
    for (Throwable cause = thrown.getCause();
        cause != null && causes.size() < MAX_CALLERS;
        cause = cause.getCause()) {
      causes.add("  caused by " + named(cause));
    }
    return new Problem(
        at.source().name(),
        at.line(),
        column,
        named(thrown),
        String.join("\n", causes),
        at.source().line(at.line()));
  }

  private static String named(Throwable thrown) {
    String type = SourceMap.withoutWrappers(thrown.getClass().getName());
    String simple = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    String message = thrown.getMessage();
    return message == null ? simple : simple + ": " + SourceMap.withoutWrappers(message);
  }

  private static Throwable unwrapped(Throwable thrown) {
    boolean wraps =
        thrown instanceof InvocationTargetException
            || thrown instanceof ExecutionException
            || thrown instanceof CompletionException
            || thrown instanceof ExceptionInInitializerError;
    return wraps && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
  }
}
