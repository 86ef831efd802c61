package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One line on a terminal, few lines in a file. The clock is the test's. */
class LiveLineTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now = Long.MAX_VALUE - SECOND; // runs over, as System.nanoTime may

  private LiveLine line(Terminal terminal) {
    return new LiveLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> now);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void aTerminalShowsOneLineCutToItsWidth() {
    LiveLine line = line(new Terminal(true, false, 10));
    line.update("step 1");
    line.update("too soon to be seen");
    now += SECOND;
    line.update("step 2 of many");
    line.done("done, in as many words as it takes");
    line.close();
    assertEquals(
        "\rstep 1\u001b[K\rstep 2 of\u001b[K\rdone, in as many words as it takes\u001b[K\n",
        written());
  }

  @Test
  void anUnfinishedLineIsEnded() {
    try (LiveLine line = line(new Terminal(true, false, 80))) {
      line.update("step 1");
    }
    assertEquals("\rstep 1\u001b[K\n", written());
  }

  @Test
  void aFileGetsALineEveryTenSeconds() {
    try (LiveLine line = line(Terminal.NONE)) {
      for (int i = 0; i <= 25; i++) {
        line.update("second " + i);
        now += SECOND;
      }
      line.done("done");
    }
    assertEquals("second 10\nsecond 20\ndone\n", written());
  }

  @Test
  void coloursAreForTerminalsWhoseUserDoesNotRefuseThem() {
    var xterm = Map.of("TERM", "xterm", "COLUMNS", "120");
    assertEquals(new Terminal(true, true, 120), Terminal.of(true, xterm));
    assertEquals(new Terminal(false, false, 120), Terminal.of(false, xterm));
    assertEquals(
        new Terminal(true, false, 80), Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", "1")));
    assertEquals(
        new Terminal(false, false, 80), Terminal.of(true, Map.of("TERM", "dumb", "COLUMNS", "x")));
  }
}
