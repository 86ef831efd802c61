package org.nnd.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of evaluating a source. */
public sealed interface Outcome {

  /** {@return what the user should know beside the outcome: variables that lost their values} */
  List<String> notices();

  /**
   * Everything was evaluated.
   *
   * @param value of the last snippet, where that is an expression and not {@code null}
   * @param shown whether a notebook shows it: not when a semicolon ends the expression
   */
  record Value(Optional<Object> value, boolean shown, List<String> notices) implements Outcome {
    static final Value NONE = new Value(Optional.empty(), false, List.of());

    public Value {
      notices = List.copyOf(notices);
    }
  }

  /**
   * Evaluation stopped; what stood before has been evaluated.
   *
   * @param problems at least one; several where the compiler found several in one snippet
   * @param callers {@code file:line} of the calls that led to a runtime failure, innermost first
   * @param cause what was thrown, for a runtime failure
   */
  record Failure(
      Kind kind,
      List<Problem> problems,
      List<String> callers,
      Optional<Throwable> cause,
      List<String> notices)
      implements Outcome {
    public Failure {
      problems = List.copyOf(problems);
      callers = List.copyOf(callers);
      notices = List.copyOf(notices);
    }

    static Failure of(Kind kind, List<Problem> problems) {
      return new Failure(kind, problems, List.of(), Optional.empty(), List.of());
    }

    /** {@return this failure of a loaded file, with the line that loaded it} */
    Failure from(String caller) {
      var all = Stream.concat(callers.stream(), Stream.of(caller)).toList();
      return new Failure(kind, problems, all, cause, notices);
    }

    Failure with(List<String> notices) {
      return new Failure(kind, problems, callers, cause, notices);
    }

    /** {@return the first problem} */
    public Problem problem() {
      return problems.getFirst();
    }

    /** {@return the failure as shown to the user} */
    @Override
    public String toString() {
      return Stream.concat(
              problems.stream().map(Problem::toString),
              callers.stream().map(site -> "  called from " + site))
          .collect(Collectors.joining("\n"));
    }
  }

  /** Why evaluation stopped. */
  enum Kind {
    /** The compiler rejected a snippet. */
    COMPILE,
    /** The code threw. */
    RUNTIME,
    /** The text ends within a snippet. */
    INCOMPLETE,
    /** The session was interrupted. */
    INTERRUPTED
  }
}
