package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.WorkSize;

/**
 * An integer in terms of named sizes, as in {@code "2 * N * C"}: sums, products, quotients (rounded
 * down) and remainders, {@code min}, {@code max}, {@code ceilDiv(a, b)}, {@code roundUp(a, b)}, and
 * {@code count(x)}, the elements of the tensor {@code x}. What depends on the batch size is divided
 * without remainder, or rounded up in the outermost place.
 */
record SizeExpression(String text, Term term) {

  private sealed interface Term {}

  private record Literal(long value) implements Term {}

  private record Name(String name) implements Term {}

  private record Apply(String function, List<Term> operands) implements Term {}

  private static final Pattern TOKEN =
      Pattern.compile("\\s*([0-9]{1,18}|[A-Za-z_][A-Za-z0-9_]*|[-+*/%(),])");

  private static final Map<String, Integer> FUNCTIONS =
      Map.of("min", 2, "max", 2, "ceilDiv", 2, "roundUp", 2, "count", 1);

  /**
   * {@return the expression that a text is}
   *
   * @throws NndException with what is wrong in it
   */
  static SizeExpression parse(String text) {
    Parser parser = new Parser(text);
    return new SizeExpression(text.strip(), parser.whole());
  }

  /** {@return the name that this is, if it is nothing else, or nothing} */
  String plainName() {
    return term instanceof Name(String name) ? name : "";
  }

  /** {@return the names in it, those of counted tensors apart} */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    collect(term, names);
    return names;
  }

  private static void collect(Term term, Set<String> names) {
    switch (term) {
      case Literal literal -> {}
      case Name(String name) -> names.add(name);
      case Apply(String function, List<Term> operands) -> {
        if (!function.equals("count")) {
          operands.forEach(operand -> collect(operand, names));
        }
      }
    }
  }

  /**
   * {@return the size}
   *
   * @param sizes by name, and those of whole tensors as {@code count(x)}
   * @throws NndException if a name is unknown, or a quotient depends on the batch size
   */
  Dim dim(Map<String, Dim> sizes) {
    WorkSize value = workSize(sizes);
    if (!value.isExact()) {
      throw error("%s is no sum of products of the batch size", value);
    }
    return value.items();
  }

  /** {@return the size as {@link #dim}, which may be rounded up} */
  WorkSize workSize(Map<String, Dim> sizes) {
    return value(term, sizes);
  }

  private WorkSize value(Term of, Map<String, Dim> sizes) {
    return switch (of) {
      case Literal(long value) -> WorkSize.exactly(Dim.of(value));
      case Name(String name) -> WorkSize.exactly(known(name, sizes));
      case Apply(String function, List<Term> operands) when function.equals("count") ->
          WorkSize.exactly(known("count(" + ((Name) operands.get(0)).name() + ")", sizes));
      case Apply(String function, List<Term> operands) -> {
        List<WorkSize> values = operands.stream().map(term -> value(term, sizes)).toList();
        WorkSize a = values.get(0);
        WorkSize b = values.get(1);
        boolean rounds = List.of("*", "ceilDiv", "roundUp").contains(function);
        if (!b.isExact() || !a.isExact() && !rounds) {
          throw error("'%s' of the rounded size %s", function, a.isExact() ? b : a);
        }
        yield apply(function, a, b.items());
      }
    };
  }

  private WorkSize apply(String function, WorkSize x, Dim b) {
    Dim a = x.items();
    return switch (function) {
      case "+" -> WorkSize.exactly(a.plus(b));
      case "-" -> WorkSize.exactly(a.minus(b));
      case "*" -> {
        if (x.isExact()) {
          yield WorkSize.exactly(a.times(b));
        }
        yield new WorkSize(a, x.per(), Math.multiplyExact(x.times(), number(function, b)));
      }
      case "/" ->
          WorkSize.exactly(
              a.isFixed()
                  ? Dim.of(Math.floorDiv(number(function, a), divisor(function, b)))
                  : quotient(a, b));
      case "%" -> WorkSize.exactly(Dim.of(Math.floorMod(number("%", a), divisor("%", b))));
      case "min" -> WorkSize.exactly(Dim.of(Math.min(number("min", a), number("min", b))));
      case "max" -> WorkSize.exactly(Dim.of(Math.max(number("max", a), number("max", b))));
      case "ceilDiv" -> ceilDiv(x, divisor(function, b));
      case "roundUp" -> {
        long unit = divisor(function, b);
        WorkSize units = ceilDiv(x, unit);
        yield new WorkSize(units.items(), units.per(), Math.multiplyExact(units.times(), unit));
      }
      default -> throw new IllegalStateException(function);
    };
  }

  private WorkSize ceilDiv(WorkSize x, long divisor) {
    if (x.times() == 1) {
      return new WorkSize(x.items(), Math.multiplyExact(x.per(), divisor), 1);
    }
    if (x.times() % divisor == 0) {
      return new WorkSize(x.items(), x.per(), x.times() / divisor);
    }
    throw error("a size is rounded twice, to %s and to %s", x.times(), divisor);
  }

  private Dim quotient(Dim a, Dim b) {
    if (!a.isDivisibleBy(b)) {
      throw error("%s does not divide %s for every batch size N", b, a);
    }
    return a.dividedBy(b);
  }

  private long number(String function, Dim dim) {
    if (!dim.isFixed()) {
      throw error("'%s' of %s, which depends on the batch size", function, dim);
    }
    return dim.fixed();
  }

  private long divisor(String function, Dim dim) {
    long divisor = number(function, dim);
    if (divisor < 1) {
      throw error("'%s' by %d", function, divisor);
    }
    return divisor;
  }

  private Dim known(String name, Map<String, Dim> sizes) {
    Dim dim = sizes.get(name);
    if (dim == null) {
      throw error("'%s' is not known; known are %s", name, String.join(", ", sizes.keySet()));
    }
    return dim;
  }

  private NndException error(String message, Object... arguments) {
    return new NndException("in \"%s\": ".formatted(text) + message.formatted(arguments));
  }

  @Override
  public String toString() {
    return text;
  }

  /** Reads sums of products of atoms. */
  private static final class Parser {
    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    Parser(String text) {
      this.text = text;
      Matcher token = TOKEN.matcher(text);
      int end = 0;
      while (token.region(end, text.length()).lookingAt()) {
        tokens.add(token.group(1));
        end = token.end();
      }
      if (!text.substring(end).isBlank()) {
        throw error("unexpected '" + text.substring(end).strip() + "'");
      }
    }

    Term whole() {
      Term term = sum();
      if (next < tokens.size()) {
        throw error("unexpected '" + tokens.get(next) + "'");
      }
      return term;
    }

    private Term sum() {
      Term left = product();
      while (sees("+") || sees("-")) {
        left = new Apply(tokens.get(next++), List.of(left, product()));
      }
      return left;
    }

    private Term product() {
      Term left = atom();
      while (sees("*") || sees("/") || sees("%")) {
        left = new Apply(tokens.get(next++), List.of(left, atom()));
      }
      return left;
    }

    private Term atom() {
      if (next == tokens.size()) {
        throw error(tokens.isEmpty() ? "nothing there" : "it ends too early");
      }
      String token = tokens.get(next++);
      if (Character.isDigit(token.charAt(0))) {
        return new Literal(Long.parseLong(token));
      }
      if (token.equals("-")) {
        return new Apply("-", List.of(new Literal(0), atom()));
      }
      if (token.equals("(")) {
        Term inner = sum();
        expect(")");
        return inner;
      }
      if (!Character.isJavaIdentifierStart(token.charAt(0))) {
        throw error("unexpected '" + token + "'");
      }
      return sees("(") ? call(token) : new Name(token);
    }

    private Term call(String function) {
      Integer wanted = FUNCTIONS.get(function);
      if (wanted == null) {
        throw error(
            "unknown function '%s'; there are %s"
                .formatted(function, String.join(", ", new TreeSet<>(FUNCTIONS.keySet()))));
      }
      expect("(");
      List<Term> operands = new ArrayList<>(List.of(sum()));
      while (sees(",")) {
        next++;
        operands.add(sum());
      }
      expect(")");
      boolean tensor = function.equals("count") && !(operands.get(0) instanceof Name);
      if (operands.size() != wanted || tensor) {
        throw error(
            function + " takes " + (wanted == 1 ? "the name of a tensor" : wanted + " sizes"));
      }
      return new Apply(function, operands);
    }

    private boolean sees(String token) {
      return next < tokens.size() && tokens.get(next).equals(token);
    }

    private void expect(String token) {
      if (!sees(token)) {
        throw error("expected '" + token + "'");
      }
      next++;
    }

    private NndException error(String message) {
      return new NndException("in \"%s\": %s".formatted(text, message));
    }
  }
}
