package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nnd.draw.Picture;

/** Several cells in one text, magics, and what is shown of them. */
class CellsTest {
  private final List<String> shown = new ArrayList<>();
  private Session session;
  private Screen before;

  @BeforeEach
  void open() {
    session = Session.open();
    before = CurrentScreen.get();
    CurrentScreen.use(
        new Screen() {
          @Override
          public void show(String id, Picture picture) {
            shown.add(picture.plain());
          }

          @Override
          public void update(String id, Picture picture) {
            shown.add("update " + picture.plain());
          }

          @Override
          public void clear(boolean wait) {
            shown.add("clear");
          }
        });
  }

  @AfterEach
  void close() {
    session.close();
    CurrentScreen.use(before);
  }

  private Outcome.Value value(String text) {
    Outcome outcome = session.eval(new Source("cell", text));
    return assertInstanceOf(Outcome.Value.class, outcome, outcome::toString);
  }

  private String failure(String text) {
    return assertInstanceOf(Outcome.Failure.class, session.eval(new Source("cell", text)))
        .toString();
  }

  @Test
  void expressionsWithoutSemicolonEndWithTheirCell() {
    Outcome.Value last =
        value(
            """
            int a = 1
            // %% [markdown]
            // Words.
            // %%
            a

            a + 1 // with a comment

            List.of(3)
                .stream()

                .mapToInt(x -> x)
                .sum()

            a + 3;
            String s = \"""
                one

                two\""";

            s.length()""");
    assertEquals(List.of("1", "2", "3"), shown);
    assertEquals(8, last.value().orElseThrow());
  }

  @Test
  void aSemicolonKeepsAValueToItself() {
    assertTrue(value("1 + 1").shown());
    assertEquals(false, value("1 + 1;").shown());
    assertEquals(false, value("display(1)").shown());
    assertEquals(false, value("null").shown());
    assertEquals(List.of("1"), shown);
    Outcome.Value name = value("var id = display(5);\nid");
    assertTrue(name.shown() && name.value().orElseThrow().toString().startsWith("integer-"));
  }

  @Test
  void magicsStandAmongStatements() {
    session.magics().register("%twice", call -> call.arguments().getFirst().repeat(2));
    session.magics().register("%%lines", call -> call.body().lines().count());
    assertEquals("abab", value("int a = 5;\n%twice ab").value().orElseThrow());
    value("%twice \"x y\"\nint b = 7 % 4;");
    assertEquals(List.of("x yx y"), shown);
    assertEquals(2L, value("%%lines\none\ntwo").value().orElseThrow());
    assertEquals(3, value("b").value().orElseThrow());
  }

  @Test
  void errorsOfMagicsStandInTheirLines() {
    assertTrue(failure("int c = 1;\n%nothing").startsWith("cell:2: there is no magic %nothing"));
    assertTrue(failure("int d = 1;\n%time d / 0").startsWith("cell:2: ArithmeticException"));
    assertTrue(failure("%%time\nint e = 1;\ne / 0").startsWith("cell:3: ArithmeticException"));
  }

  @Test
  void magicsTellWhatTheyTake() {
    assertEquals(
        "cell:1: %explain takes a model or a training\n    %explain\n    ^", failure("%explain"));
    assertEquals(
        "cell:2: %explain takes a model or a training, got int\n    %explain 5\n             ^",
        failure("int f = 1;\n%explain 5"));
    assertTrue(failure("%explain nope").contains("cannot find symbol: variable nope"));
    assertTrue(failure("%jars").contains("it takes the paths of jars"));
    assertTrue(failure("%jars nowhere/*.jar").contains("nowhere/*.jar: no such folder"));
    assertTrue(failure("%classpath src/*.nothing").contains("src/*.nothing: no file has such"));
    assertTrue(failure("%classpath nowhere").contains("nowhere: no such file"));
  }

  @Test
  void theTraceOfAnErrorIsThereForTheAsking() {
    assertEquals("no code has failed yet", value("%trace").value().orElseThrow().toString());
    failure("int half(int n) { return 1 / n; }\nhalf(0)");
    assertTrue(value("%trace").value().orElseThrow().toString().contains("\tat REPL"));
  }

  @Test
  void timedCodeDeclaresAndGivesItsValue() {
    assertEquals(6, value("%%time\nint f = 3;\nf * 2").value().orElseThrow());
    assertEquals(3, value("f").value().orElseThrow());
  }

  @Test
  void checksKnowMagics() {
    assertEquals(List.of(), Check.of(new Source("cell", "%device\n%time int g = 1;\n")));
    assertEquals(1, Check.of(new Source("cell", "%time int g = \"\";\n")).size());
  }

  @Test
  void questionsAreAnsweredAmongStatements() {
    value("int g = 3;\nMath.max?\n\n// just a comment\n\ng\n?Math.min\n%%time?\nnothingLikeIt?\n");
    assertTrue(shown.get(0).contains("Returns the greater of two"), shown::toString);
    assertEquals("3", shown.get(1));
    assertTrue(shown.get(2).contains("Returns the smaller of two"), shown::toString);
    assertTrue(shown.get(3).contains("at the first blank line"), shown::toString);
    assertEquals(
        "Nothing is known about 'nothingLikeIt'.",
        value("nothingLikeIt?").value().orElseThrow().toString());
    assertEquals(List.of(), Check.of(new Source("cell", "int g = 3;\nMath.max?\n\n1")));
  }

  @Test
  void aConditionMayGoOnInTheNextLine() {
    value("boolean flag = true;");
    assertEquals(1, value("flag?\n  1 :\n  2").value().orElseThrow());
    assertEquals(1, value("flag\n  ? 1\n  : 2").value().orElseThrow());
    assertEquals(3, value("int one = 3; int two = 4;\nflag\n? one\n: two").value().orElseThrow());
    assertEquals(3, value("int h =\n  flag ?\n  one\n  : two;\nh").value().orElseThrow());
    assertEquals(
        3, value("int i =\n  flag ||\n  flag ?\n  one\n  : two;\ni").value().orElseThrow());
  }

  private String printed(Source source) {
    var out = new ByteArrayOutputStream();
    PrintStream usual = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      Outcome outcome = session.eval(source);
      assertInstanceOf(Outcome.Value.class, outcome, outcome::toString);
    } finally {
      System.setOut(usual);
    }
    return out.toString(StandardCharsets.UTF_8).replaceAll("time: .*", "time");
  }

  @Test
  void aTimedCellOfAScriptEndsWhereTheCellDid() {
    String saved = // as nbconvert joins cells
        """

        %%time
        int t(int n) {

          return n;
        }
        String text = \"""
            a

            b\""";
        println("cell")

        println("next");
        """;
    assertEquals("cell\ntime\nnext\n", printed(new Source("a.nnd", saved, true)));
    assertEquals("cell\nnext\ntime\n", printed(new Source("cell 1", saved)));
    String marked = "// %%\n%%time\nprintln(1);\n\nprintln(2);\n// %%\nprintln(3);\n";
    assertEquals("1\n2\ntime\n3\n", printed(new Source("b.nnd", marked, true)));
    assertEquals("1\ntime\n", printed(new Source("c.nnd", "%%time\n\nprintln(1);", true)));
  }

  @Test
  void wordsMayBeQuoted() {
    assertEquals(List.of("a b", "c\"d", "e"), Magics.words("\"a b\"  \"c\\\"d\" e"));
  }
}
