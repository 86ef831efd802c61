package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every failure stands on the right line of the user's text, in words a user can read. */
class FailureTest {
  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Outcome.Failure failure(String... lines) {
    var source = new Source("net.nnd", String.join("\n", lines));
    return assertInstanceOf(Outcome.Failure.class, session.eval(source));
  }

  private static void assertCompileError(Outcome.Failure failure, String expected) {
    assertEquals(Outcome.Kind.COMPILE, failure.kind());
    assertEquals(expected, failure.toString());
  }

  @Test
  void compileErrorInTheFirstSnippet() {
    assertCompileError(
        failure("var a = zork + 1;", "var b = 2;"),
        """
        net.nnd:1: cannot find symbol: variable zork
            var a = zork + 1;
                    ^""");
  }

  @Test
  void aRecordsConstructorMustBePublicForJShell() {
    assertCompileError(
        failure("record Ratio(double value) {", "  Ratio {}", "}"),
        """
        net.nnd:2: invalid canonical constructor in record Ratio
              Ratio {}
              ^
          (attempting to assign stronger access privileges; was public)
          JShell makes what stands outside a class public: write 'public' before it""");
  }

  @Test
  void compileErrorInTheMiddleAfterCommentsAndBlankLines() {
    assertCompileError(
        failure(
            "var a = 1;",
            "",
            "/* two",
            "   lines */ // and more",
            "  int b = \"one\";",
            "var c = 2;"),
        """
        net.nnd:5: incompatible types: String cannot be converted to int
              int b = "one";
                      ^""");
  }

  @Test
  void compileErrorInTheLastLineOfABlockOfStatements() {
    assertCompileError(
        failure("println();", "println();", "List.of(1).foo();"),
        """
        net.nnd:3: cannot find symbol: method foo() in interface java.util.List<Integer>
            List.of(1).foo();
                      ^""");
  }

  @Test
  void allErrorsWithinAMethodOfSeveralLines() {
    assertCompileError(
        failure(
            "int one() { return 1; }",
            "int g(int x) {",
            "  int y = x + 1;",
            "\tString s = y;",
            "  int z = \"\";",
            "  return x;",
            "}"),
        """
        net.nnd:4: incompatible types: int cannot be converted to String
            \tString s = y;
            \t           ^
        net.nnd:5: incompatible types: String cannot be converted to int
              int z = "";
                      ^""");
  }

  @Test
  void aShebangLineIsALineLikeOthers() {
    assertEquals(2, failure("#!/usr/bin/env nnd", "int x = nope;").problem().line());
  }

  @Test
  void linesEndedByCarriageReturnsCountOnce() {
    Outcome.Failure failure = failure("var a = 1;\r\nvar b = 2;\r\nint c = a.b;\r");
    assertEquals(3, failure.problem().line());
    assertEquals("int c = a.b;", failure.problem().sourceLine());
  }

  @Test
  void syntaxErrorsAreToldBeforeAnythingRuns() {
    session.eval(new Source("cell", "var ran = new ArrayList<Integer>();"));
    Outcome.Failure failure = failure("ran.add(1);", "int h( {", "  return 1;", "}");
    assertCompileError(
        failure,
        """
        net.nnd:2: illegal start of type
            int h( {
                   ^""");
    failure = failure("ran.add(1);", "for (int i = 0; i < 3; i++) {", "  ran.add(i);");
    assertEquals(Outcome.Kind.INCOMPLETE, failure.kind());
    assertEquals(
        """
        net.nnd:2: the text ends within what begins here: a bracket, a brace, a quote or a semicolon is missing
            for (int i = 0; i < 3; i++) {
            ^""",
        failure.toString());
    var value = assertInstanceOf(Outcome.Value.class, session.eval(new Source("cell", "ran")));
    assertEquals(List.of(), value.value().orElseThrow());
  }

  @Test
  void aTypeThatUsesAMissingOneIsToldWhereItDoes() {
    assertCompileError(
        failure("class Lamp extends Furniture {}", "var l = new Lamp();"),
        """
        net.nnd:1: cannot find symbol: class Furniture
            class Lamp extends Furniture {}
                               ^""");
  }

  @Test
  void aMethodThatUsesAMissingOneIsToldWhenCalled() {
    assertCompileError(
        failure("int late(int x) {", "  return never(x);", "}", "println(late(1));"),
        """
        net.nnd:2: cannot find symbol: method never(int)
              return never(x);
                     ^
          called from net.nnd:4""");
  }

  @Test
  void exceptionsInMethodsOfRecordsInMethods() {
    Outcome.Failure failure =
        failure(
            "record Ratio(int a) {",
            "  int over(int z) {",
            "    return a / z;",
            "  }",
            "}",
            "int deep(int z) {",
            "  var r = new Ratio(4);",
            "  return r.over(z);",
            "}",
            "println();",
            "println(",
            "  deep(0));");
    assertEquals(Outcome.Kind.RUNTIME, failure.kind());
    assertEquals(
        """
        net.nnd:3: ArithmeticException: / by zero
                return a / z;
          called from net.nnd:8
          called from net.nnd:12""",
        failure.toString());
    assertInstanceOf(ArithmeticException.class, failure.cause().orElseThrow());
  }

  @Test
  void exceptionsInLambdas() {
    Outcome.Failure failure =
        failure(
            "Function<Integer, Integer> inv = x ->",
            "    10 / x;",
            "var ys = Stream.of(1, 0)",
            "    .map(inv)",
            "    .toList();");
    assertEquals(2, failure.problem().line());
    assertEquals(OptionalInt.empty(), failure.problem().column());
    assertEquals(List.of("net.nnd:5"), failure.callers());
  }

  @Test
  void exceptionsInAnonymousClassesAndInitialisers() {
    assertEquals(
        3,
        failure(
                "var task = new Supplier<Integer>() {",
                "  public Integer get() {",
                "    return Integer.parseInt(\"x\");",
                "  }",
                "};",
                "task.get();")
            .problem()
            .line());
    assertEquals(
        2,
        failure(
                "class Init {",
                "  static int size = Integer.parseInt(\"x\");",
                "}",
                "println(Init.size);")
            .problem()
            .line());
  }

  @Test
  void exceptionsOfUsersOwnClassesHaveTheirNames() {
    assertEquals(
        """
        net.nnd:2: TooBig: 7 > 5
            throw new TooBig("7 > 5");""",
        failure(
                "class TooBig extends RuntimeException { TooBig(String s) { super(s); } }",
                "throw new TooBig(\"7 > 5\");")
            .toString());
  }

  @Test
  void anNndExceptionShowsItsSentenceAlone() {
    assertEquals(
        """
        net.nnd:1: stages.2: expects 96 channels, got 64
            throw new org.nnd.ir.NndException("stages.2: expects 96 channels, got 64");""",
        failure("throw new org.nnd.ir.NndException(\"stages.2: expects 96 channels, got 64\");")
            .toString());
  }

  @Test
  void aMessageOfSeveralLinesStaysWhole() {
    Outcome.Failure failure =
        failure("throw new IllegalStateException(\"multi\\nline\", new Exception(\"why\"));");
    assertEquals("IllegalStateException: multi\nline", failure.problem().message());
    assertEquals(
        """
        net.nnd:1: IllegalStateException: multi
        line
            throw new IllegalStateException("multi\\nline", new Exception("why"));
          caused by Exception: why""",
        failure.toString());
  }

  @Test
  void causesAreTold() {
    assertEquals(
        """
        net.nnd:2: UncheckedIOException: outer
              throw new java.io.UncheckedIOException("outer", new java.io.IOException("disk"));
          caused by IOException: disk
          called from net.nnd:4""",
        failure(
                "void read() {",
                "  throw new java.io.UncheckedIOException(\"outer\", new java.io.IOException(\"disk\"));",
                "}",
                "read();")
            .toString());
  }

  @Test
  void namesOfWrappersAreNotShown() {
    String text = failure("String nothing = null;", "println(nothing.length());").toString();
    assertEquals(
        """
        net.nnd:2: NullPointerException: Cannot invoke "String.length()" because "nothing" is null
            println(nothing.length());""",
        text);
  }

  @Test
  void endlessRecursionIsToldInAFewLines() {
    Outcome.Failure failure =
        failure("int down(int n) {", "  return down(n + 1);", "}", "down(0);");
    assertEquals(2, failure.problem().line());
    assertEquals("StackOverflowError", failure.problem().message());
    assertEquals(List.of(), failure.callers());
  }

  @Test
  void aVariableThatLostItsValueIsNotUsedSilently() {
    failure(
        "class Held { int v = 1; }",
        "Held held = new Held();",
        "record Pair(int x) {}",
        "var pair = new Pair(1);",
        "Pair[] pairs = {pair};",
        "int useHeld() { return held.v; }",
        "class Held { int v = 2; }",
        "record Pair(int x, int y) {}",
        "throw new Exception();");
    String because =
        " has lost its value, because %s was declared again at net.nnd:%d; declare it again";
    assertCompileError(
        failure("held"), "net.nnd:1: held" + because.formatted("Held", 7) + "\n    held\n    ^");
    assertCompileError(
        failure("println(pairs.length);"),
        "net.nnd:1: pairs"
            + because.formatted("Pair", 8)
            + "\n    println(pairs.length);\n            ^");
    assertEquals("pair" + because.formatted("Pair", 8), failure("pair").problem().message());
    assertEquals("held" + because.formatted("Held", 7), failure("useHeld()").problem().message());
    session.eval(new Source("net.nnd", "record Pair(int x) {}")); // as it was
    assertTrue(failure("pair").problem().message().startsWith("pair has lost its value"));
    session.eval(new Source("net.nnd", "var pair = new Pair(3); Held held = new Held();"));
    var value = session.eval(new Source("net.nnd", "pair.x() + useHeld()"));
    assertEquals(5, assertInstanceOf(Outcome.Value.class, value).value().orElseThrow());
  }

  @Test
  void evaluationStopsAtTheFirstFailure() {
    failure("var first = 1;", "var second = 1 / 0;", "var third = 3;");
    assertEquals("third", failure("third").problem().message().replaceFirst(".* ", ""));
  }

  @Test
  void aKernelIsDeclaredWhereTheUserDoes() {
    for (String wrong :
        List.of("kernel(\"bad name\", \"x\")", "kernel(\"k\", \"x\").in(\"a b\", \"f32[N]\")")) {
      String message = failure("int before = 1;", wrong).problem().message();
      assertTrue(message.endsWith("; declared at net.nnd:2"), message);
    }
  }

  @Test
  void aKernelsMistakesStandOnTheUsersLines() {
    String told =
        failure(
                "// A kernel, and what it is called on below.",
                "var broken = kernel(\"broken\", \"\"\"",
                "    __kernel void broken(__global const float* x, __global float* y) {",
                "      const int i = get_global_id(0);",
                "      y[i] = x[i] + bias;",
                "    }",
                "    \"\"\").in(\"x\", \"f32[N]\").out(\"y\", \"f32[N]\");",
                "println(broken.apply(tensor(1, 2)));")
            .toString();
    assertEquals(
        """
        net.nnd:8: kernel 'broken' does not compile: use of undeclared identifier 'bias'
            println(broken.apply(tensor(1, 2)));
            ^
        net.nnd:5:
              y[i] = x[i] + bias;
                            ^""",
        told);
  }
}
