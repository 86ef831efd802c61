package org.nnd.tests.course;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.cli.Main;

/**
 * Every lesson and every solution runs under {@code nnd run} and has the results that it states.
 */
class LessonsTest {
  @TempDir private Path folder;

  static List<Path> scripts() {
    return Lesson.scripts();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theResultsAreThoseStated(Path script) throws IOException {
    Path checked = folder.resolve(script.getFileName());
    Files.writeString(checked, Lesson.checked(Lesson.text(script)));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new String[] {"run", checked.toString()},
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    assertEquals("", err.toString(UTF_8), () -> out.toString(UTF_8));
    assertEquals(0, code);
  }
}
