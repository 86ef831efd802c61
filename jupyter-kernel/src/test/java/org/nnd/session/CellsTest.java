package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void wordsMayBeQuoted() {
    assertEquals(List.of("a b", "c\"d", "e"), Magics.words("\"a b\"  \"c\\\"d\" e"));
  }
}
