package org.nnd.tests.course;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.tests.kernel.Jupyter;

/**
 * Every notebook of the course is executed through the kernel, by Jupyter's nbconvert, and has the
 * results that it states: a cell that fails ends the execution.
 */
class NotebookRunsTest {
  @TempDir private Path folder;

  static List<Path> scripts() {
    return Lesson.scripts();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theResultsAreThoseStated(Path script) throws Exception {
    Jupyter jupyter = Jupyter.in(folder, "nbconvert", "jupyter-nbconvert");
    Lesson lesson = Lesson.read(script);
    Path notebook = folder.resolve("lesson.ipynb");
    Files.writeString(notebook, Notebook.of(lesson.checked()));
    Jupyter.Result result =
        jupyter.jupyter(
            "nbconvert",
            "--execute",
            "--ExecutePreprocessor.timeout=900",
            "--to",
            "notebook",
            "--inplace",
            notebook.toString());
    String said = Files.readString(folder.resolve("errors"), UTF_8);
    assertEquals(0, result.code(), said);
    String executed = Files.readString(notebook, UTF_8);
    assertFalse(executed.contains("\"output_type\": \"error\""), said);
    if (lesson.all(false).contains("display(")) {
      assertTrue(executed.contains("\"output_type\": \"display_data\""), "nothing was shown");
    }
  }
}
