package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private static final int WIDE = 120;

  private static String told(boolean interactive, boolean finished) {
    return told(interactive, finished, WIDE, 1234.4);
  }

  private static String told(boolean interactive, boolean finished, int columns, double speed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress =
        new ConsoleProgress(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), interactive, columns);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", 0.12345);
    values.put("accuracy", 0.9812);
    Progress.Report report =
        new Progress.Report(
            2, 10, 30, 120, values, Set.of("accuracy"), speed, Duration.ofSeconds(125));
    progress.step(report);
    if (finished) {
      progress.epoch(report);
    }
    progress.end();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLineIsWrittenOverWhereSomebodyWatches() {
    String line =
        "\repoch  2/10 [#####...............]  loss 0.1235  accuracy 98.1 %  1,234 examples/s,"
            + " 2:05 min left\u001b[K";
    assertEquals(line + "\n", told(true, false));
    assertEquals(
        line + "\repoch  2/10  loss 0.1235  accuracy 98.1 %  1,234 examples/s\u001b[K\n",
        told(true, true));
  }

  @Test
  void aNarrowTerminalGetsOneLineAllTheSame() {
    assertEquals(
        "\repoch  2/10 [#.....]  loss 0.1235  accuracy 98.1 %  1,234 examples/s, 2:05 min left"
            + "\u001b[K\n",
        told(true, false, 84, 1234.4));
    assertEquals(
        "\repoch  2/10  loss 0.1235  accuracy 98.1 %  1,234 examples/s, 2:05 min left\u001b[K\n",
        told(true, false, 80, 1234.4));
    assertEquals("\repoch  2/10  loss 0.\u001b[K\n", told(true, false, 21, 1234.4));
  }

  @Test
  void anUnknownSpeedIsNotTold() {
    assertEquals("epoch  2/10  loss 0.1235  accuracy 98.1 %\n", told(false, true, WIDE, 0));
  }

  @Test
  void elsewhereThereIsALineAnEpoch() {
    assertEquals("", told(false, false));
    assertEquals(
        "epoch  2/10  loss 0.1235  accuracy 98.1 %  1,234 examples/s\n", told(false, true));
  }

  @Test
  void timesAreShort() {
    assertEquals("0 s", ConsoleProgress.shown(Duration.ZERO));
    assertEquals("99 s", ConsoleProgress.shown(Duration.ofSeconds(99)));
    assertEquals("1:40 min", ConsoleProgress.shown(Duration.ofSeconds(100)));
    assertEquals("2:10 h", ConsoleProgress.shown(Duration.ofMinutes(130)));
  }
}
