package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values, declarations and what is kept between sources. */
class SessionTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open();
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Object value(String text) {
    Outcome outcome = session.eval(new Source("cell", text));
    return assertInstanceOf(Outcome.Value.class, outcome, outcome::toString).value().orElse(null);
  }

  private List<String> notices(String text) {
    Outcome outcome = session.eval(new Source("cell", text));
    return assertInstanceOf(Outcome.Value.class, outcome, outcome::toString).notices();
  }

  @Test
  void theValueIsTheLastExpressionAsTheObjectItIs() {
    assertEquals(List.of(1, 2), value("var a = 1; var b = a + 1; List.of(a, b)"));
    assertSame(value("var o = new Object(); o"), value("o"));
    assertSame(value("o"), value("o;"));
  }

  @Test
  void theLastSemicolonMayBeLeftOut() {
    value("var a = 4 // four");
    assertEquals(5, value("a + 1 // five"));
    value("println()");
    assertEquals(List.of(), ((Outcome.Value) session.eval(new Source("c", "int b = 1"))).notices());
    assertEquals(5, value("a + b"));
  }

  @Test
  void whatIsNoExpressionHasNoValue() {
    for (String text : List.of("var a = 1;", "int f() { return 1; }", "", "// nothing", "null")) {
      assertEquals(
          Optional.empty(),
          assertInstanceOf(Outcome.Value.class, session.eval(new Source("cell", text))).value(),
          text);
    }
  }

  @Test
  void declarationsAreSeenByLaterSources() {
    value(
        "record Point(int x, int y) {}\nint twice(int x) { return 2 * x; }\nvar p = new Point(1, 2);");
    assertEquals(4, value("twice(p.y())"));
  }

  @Test
  void methodsMayUseWhatIsDeclaredBelowThem() {
    assertEquals(
        true,
        value(
            "boolean even(int n) { return n == 0 || odd(n - 1); }\n"
                + "boolean odd(int n) { return n != 0 && even(n - 1); }\n"
                + "even(10)"));
  }

  @Test
  void statementsInARowSeeEachOthersEffects() {
    assertEquals(
        "123",
        value(
            "var s = new StringBuilder();\ns.append(1); // one\ns.append(2);\n"
                + "for (int i = 3; i < 4; i++) { s.append(i); }\ns.toString()"));
  }

  @Test
  void statementsThatDoNotMakeABlockAreEvaluatedOneByOne() {
    // The compiler would call the second statement of the block unreachable.
    assertEquals(7, value("int n = 0;\nfor (;;) { if (++n > 6) break; }\nif (n == 7) ;\nn"));
    var failure =
        assertInstanceOf(
            Outcome.Failure.class,
            session.eval(new Source("cell", "while (n > 0) n--;\nmissing();\nn = 5;\nn")));
    assertEquals(2, failure.problem().line());
    assertEquals(0, value("n"), "what stood before the error has run");
  }

  @Test
  void thePreludeIsThere() {
    assertEquals(6, value("Stream.of(1, 2, 3).mapToInt(x -> x).sum()"));
    assertEquals(true, value("Table.create(\"t\").isEmpty() && Path.of(\"a\") != null"));
    assertEquals(0, value("args.length"));
  }

  @Test
  void anImportThatThePreludeHasChangesNothing() {
    value("import java.util.*;\nimport  static org.nnd.session.Prelude.*;");
    assertEquals(6, value("Stream.of(1, 2, 3).mapToInt(x -> x).sum() + args.length"));
    value("import java.util.concurrent.*;");
    assertEquals(
        "DAYS", value("TimeUnit.DAYS.toString() + List.of().size()").toString().replace("0", ""));
  }

  @Test
  void aUsersMethodHidesThePreludes() {
    assertEquals("mine", value("String println(Object o) { return \"mine\"; }\nprintln(1)"));
  }

  @Test
  void changingAMethodKeepsVariablesComputedFromIt() {
    value(
        "int f() { return 1; }\nvar v = f();\nvar list = new ArrayList<>(List.of(v));\nvar w = list;");
    assertEquals(List.of(), notices("int f() { return 2; }"));
    assertEquals(1, value("v"));
    assertEquals(List.of(1), value("list"));
    assertSame(value("list"), value("w"));
    assertEquals(2, value("f()"));
  }

  @Test
  void aLaterImportKeepsVariables() {
    value("var v = List.of(1);");
    assertEquals(List.of(), notices("import java.util.zip.*;"));
    assertEquals(List.of(1), value("v"));
  }

  @Test
  void changingATypeTellsWhichVariablesLostTheirValues() {
    value("class A { int f() { return 1; } }\nA a = new A();\nint kept = a.f();");
    List<String> notices = notices("// another A\nclass A { int g; int f() { return 2; } }");
    assertEquals(
        List.of("cell:2: a has lost its value, because A was declared again; declare it again"),
        notices);
    assertEquals(1, value("kept"));
    assertEquals(2, value("new A().f()"));
  }

  @Test
  void aVariableThatIsGoneIsToldWithTheErrorItLeadsTo() {
    value("class A { int f() { return 1; } }\nvar a = new A();");
    Outcome outcome = session.eval(new Source("cell", "class A { int g; }\na.g"));
    assertInstanceOf(Outcome.Failure.class, outcome);
    assertEquals(
        List.of("cell:1: a has lost its value, because A was declared again; declare it again"),
        outcome.notices());
  }

  @Test
  void closuresSeeAVariableThatIsDeclaredAgain() {
    value("var x = \"old\";\nSupplier<String> s = () -> x;\nint n = 1;\nIntSupplier ns = () -> n;");
    value("var x = \"new\";\nint n = 2;");
    assertEquals("new2", value("s.get() + ns.getAsInt()"));
  }

  @Test
  void theOldValueOfAVariableDeclaredAgainIsGarbage() throws InterruptedException {
    value("var big = new byte[1 << 20];\nvar ref = new java.lang.ref.WeakReference<>(big);");
    for (int i = 0; i < 3; i++) {
      value("var big = new byte[1];");
    }
    for (int i = 0; i < 50 && value("ref.get() == null").equals(false); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertEquals(true, value("ref.get() == null"));
  }

  @Test
  void expressionsLeaveNoVariablesBehind() {
    value("new Object()");
    value("Math.max(1, 2); Math.max(3, 4);");
    assertEquals(java.util.Set.of(), session.variables());
  }

  @Test
  void codeRunsOnOneThreadWithTheSessionsClassLoader() {
    Object first = value("Thread.currentThread()");
    assertSame(first, value("Thread.currentThread()"));
    assertSame(session.classLoader(), value("Thread.currentThread().getContextClassLoader()"));
  }

  @Test
  void deepRecursionFitsTheStack() {
    assertEquals(
        100_000,
        value("int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }\ndepth(100_000)"));
  }

  @Test
  void sitesOfFramesAreFoundWhileTheCodeRuns() {
    value("interface Probe { List<StackTraceElement> frames(); }");
    Object frames =
        value(
            "var probe = List.of(\n  1,\n  Thread.currentThread().getStackTrace());\nprobe.get(1)");
    List<String> sites =
        List.of((StackTraceElement[]) frames).stream()
            .flatMap(frame -> session.siteOf(frame).stream())
            .toList();
    assertEquals(List.of("cell:3"), sites);
    assertEquals(Optional.empty(), session.siteOf("java.lang.String", 3));
    assertTrue(session.siteOf("REPL.$JShell$999", 3).isEmpty());
  }

  @Test
  void layersKnowTheLineThatDeclaresThem() {
    value("import org.nnd.dsl.Site;\nSite within() {\n  return Site.here();\n}");
    assertEquals("cell:2", value("// here\nSite.here().text()"));
    assertEquals("cell:3", value("var site = within();\nsite.text()"));
    assertEquals("cell:2", value("Supplier<Site> s = () ->\n    Site.here();\ns.get().text()"));
  }
}
