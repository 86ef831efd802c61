package org.nnd.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ErroneousSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.nnd.ir.NndException;

/**
 * Compiles every snippet of a script, and of the scripts it loads, without running any. Unlike an
 * evaluation it goes on after an error; what merely follows from an earlier error, a use of a
 * variable whose declaration was wrong, is not told.
 */
public final class Check implements AutoCloseable {
  private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
  private static final Pattern VARIABLE =
      Pattern.compile("(" + NAME + ")\\s*(?:\\[\\s*])*\\s*[=;,]");
  private static final Pattern METHOD = Pattern.compile("(" + NAME + ")\\s*\\(");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+(" + NAME + ")");

  private final JShell shell = Shells.open(new DryEngine(), List.of());
  private final SourceMap map = new SourceMap();
  private final Splitter splitter = new Splitter(shell);
  private final Reports reports = new Reports(shell, map, name -> Optional.empty());

  /** Names whose declarations are wrong. */
  private final Set<String> undeclared = new HashSet<>();

  private final List<String> files = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private Check() {
    Shells.importPrelude(shell);
  }

  /**
   * {@return everything the compiler finds wrong in {@code source}, in the order of the files and
   * lines}
   */
  public static List<Problem> of(Source source) {
    return of(List.of(source));
  }

  /** {@return the same of sources that are evaluated one after the other, as a notebook's cells} */
  public static List<Problem> of(List<Source> sources) {
    try (var check = new Check()) {
      sources.forEach(source -> check.source(source, Loads.of(source)));
      check.unresolved();
      return check.inOrder();
    }
  }

  private List<Problem> inOrder() {
    return problems.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt((Problem p) -> files.indexOf(p.file()))
                .thenComparing(Problem::line)
                .thenComparing(p -> p.column().orElse(0)))
        .toList();
  }

  private void source(Source source, Loads loads) {
    files.add(source.name());
    Splitter.Split split = splitter.split(source);
    problems.addAll(split.problems());
    for (Piece piece : split.pieces()) {
      Optional<String> target = Loads.target(piece);
      if (piece.isMagic()) {
        magic(piece);
      } else if (piece.isQuestion()) {
        continue; // any name may be asked about
      } else if (target.isPresent()) {
        load(piece, target.get(), loads);
      } else {
        piece(piece);
      }
    }
  }

  /** What a magic brings to the class path is not there: none is run. */
  private void magic(Piece piece) {
    if (Magics.name(piece.text()).endsWith("%time")) {
      int begin = piece.begin() + Magics.argumentsAt(piece.text());
      Splitter.Split split = splitter.split(piece.source(), begin, piece.end());
      problems.addAll(split.problems());
      split.pieces().forEach(this::piece);
    }
  }

  private void load(Piece piece, String target, Loads loads) {
    try {
      Source other = loads.read(piece, target);
      source(other, loads.enter(other));
    } catch (NndException e) {
      problems.add(Problem.at(piece.source(), piece.first(), e.getMessage()));
    }
  }

  private void piece(Piece piece) {
    if (Prelude.imports(piece.bare())) {
      return;
    }
    List<SnippetEvent> events = shell.eval(piece.code());
    if (piece.isBlock() && events.stream().anyMatch(e -> e.status() == Snippet.Status.REJECTED)) {
      splitter.singles(piece).forEach(this::piece);
      return;
    }
    for (SnippetEvent event : events) {
      map.remember(event.snippet(), piece);
      if (event.status() == Snippet.Status.REJECTED && event.causeSnippet() == null) {
        boolean own = shell.diagnostics(event.snippet()).anyMatch(this::isOwn);
        undeclared.addAll(declared(event.snippet()));
        if (own) {
          problems.addAll(reports.rejected(event.snippet(), piece, this::isOwn));
        }
      }
    }
  }

  private boolean isOwn(Diag diagnostic) {
    return diagnostic.isError()
        && Reports.missingName(diagnostic).filter(undeclared::contains).isEmpty();
  }

  /** Methods and classes may use what is declared below them: they are looked at in the end. */
  private void unresolved() {
    for (Snippet snippet : shell.snippets().toList()) {
      Snippet.Status status = shell.status(snippet);
      boolean waits =
          status == Snippet.Status.RECOVERABLE_DEFINED
              || status == Snippet.Status.RECOVERABLE_NOT_DEFINED;
      if (waits && snippet instanceof DeclarationSnippet declaration) {
        map.piece(snippet)
            .ifPresent(
                piece -> problems.addAll(reports.unresolved(declaration, piece, undeclared)));
      }
    }
  }

  /** {@return the names that {@code snippet}, which is rejected, would have declared} */
  private static List<String> declared(Snippet snippet) {
    if (snippet instanceof PersistentSnippet named) {
      return List.of(named.name());
    }
    if (!(snippet instanceof ErroneousSnippet wrong)) {
      return List.of();
    }
    return switch (wrong.probableKind()) {
      case VAR -> first(VARIABLE, snippet.source());
      case METHOD -> first(METHOD, snippet.source());
      case TYPE_DECL -> first(TYPE, snippet.source());
      case IMPORT, EXPRESSION, STATEMENT, ERRONEOUS -> List.of();
    };
  }

  private static List<String> first(Pattern name, String code) {
    return name.matcher(code).results().limit(1).map(match -> match.group(1)).toList();
  }

  @Override
  public void close() {
    shell.close();
  }
}
