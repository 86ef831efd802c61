package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stack traces that code prints itself show the user's lines. */
class TraceStreamTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream usual = System.err;
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open();
    System.setErr(new TraceStream(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
  }

  @AfterEach
  void close() {
    System.setErr(usual);
    session.close();
  }

  private String printed(String... lines) {
    bytes.reset();
    Outcome outcome = session.eval(new Source("cell 3", String.join("\n", lines)));
    assertInstanceOf(Outcome.Value.class, outcome, outcome::toString);
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void printedTracesShowTheUsersFrames() {
    assertEquals(
        "java.lang.ArithmeticException: / by zero\n\tat cell 3:2\n\tat cell 3:5\n",
        printed(
            "int half(int n) {",
            "  return 1 / n;",
            "}",
            "try {",
            "  half(0);",
            "} catch (Exception e) {",
            "  e.printStackTrace();",
            "}"));
    String whole = session.eval(new Source("cell", "%trace")).toString();
    assertTrue(whole.contains("\tat REPL") && whole.contains("org.nnd.session."), whole);
  }

  @Test
  void threadsThatFailShowTheUsersFrames() {
    String told =
        printed(
            "var t = new Thread(() -> {",
            "  throw new IllegalStateException(\"in thread\");",
            "}, \"mine\");",
            "t.start();",
            "t.join();");
    assertTrue(
        told.startsWith(
            "Exception in thread \"mine\" java.lang.IllegalStateException: in thread\n"
                + "\tat cell 3:2\n"),
        told);
    assertTrue(told.lines().skip(2).allMatch(line -> line.startsWith("\tat java.base/")), told);
  }

  @Test
  void causesAndClassesOfUsersAreTold() {
    assertEquals(
        """
        Lost: all
        \tat cell 3:3
        Caused by: java.lang.RuntimeException: why
        \t... as above
        next
        """,
        printed(
                "class Lost extends Exception { Lost(String s, Throwable t) { super(s, t); } }",
                "try {",
                "  throw new Lost(\"all\", new RuntimeException(\"why\"));",
                "} catch (Lost e) { e.printStackTrace(); }",
                "System.err.println(\"next\");")
            .replaceAll("why\n\tat cell 3:3\n", "why\n"));
  }

  @Test
  void otherTextStaysAsItIs() {
    assertEquals(
        "at home\nnull\n1\n",
        printed(
            "var e = System.err;",
            "e.println(\"at home\");",
            "e.println((Object) null);",
            "e.print(1);",
            "e.println();"));
  }
}
