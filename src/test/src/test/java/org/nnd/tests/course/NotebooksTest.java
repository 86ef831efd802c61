package org.nnd.tests.course;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A lesson's notebook has what its script has. */
class NotebooksTest {
  private static final boolean WRITE = "write".equals(System.getProperty("nnd.golden"));

  static List<Path> scripts() {
    return Lesson.scripts();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theNotebookIsMadeFromTheScript(Path script) throws IOException {
    Lesson lesson = Lesson.read(script);
    String text = Notebook.of(lesson);
    if (WRITE) {
      Files.writeString(lesson.notebook(), text);
    }
    String there = Files.exists(lesson.notebook()) ? Files.readString(lesson.notebook()) : "";
    assertEquals(
        there,
        text,
        () -> lesson.notebook() + ": change the script and write this with -Dnnd.golden=write");
  }
}
