package org.nnd.tests.course;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.cli.Main;

/**
 * Every notebook of the course is executed through the kernel, by Jupyter's nbconvert, and has the
 * results that it states: a cell that fails ends the execution.
 */
class NotebookRunsTest {
  private static final String CONVERT = "jupyter-nbconvert";

  @TempDir private static Path prefix;
  @TempDir private Path folder;

  static List<Path> scripts() {
    return Lesson.scripts();
  }

  @BeforeAll
  static void aKernelIsInstalled() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, CONVERT))),
        "skipped: there is no " + CONVERT + "; install the package jupyter-nbconvert");
    var said = new ByteArrayOutputStream();
    var to = new PrintStream(said, true, UTF_8);
    int code = Main.run(new String[] {"kernel", "install", "--prefix", "" + prefix}, to, to);
    assertEquals(0, code, () -> said.toString(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theResultsAreThoseStated(Path script) throws Exception {
    Lesson lesson = Lesson.read(script);
    Path notebook = folder.resolve("lesson.ipynb");
    Files.writeString(notebook, Notebook.of(lesson.checked()));
    Path log = folder.resolve("log");
    ProcessBuilder convert =
        new ProcessBuilder(
                CONVERT,
                "--to",
                "notebook",
                "--execute",
                "--ExecutePreprocessor.timeout=900",
                "--output",
                "executed.ipynb",
                notebook.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    convert.environment().put("JUPYTER_PATH", prefix.resolve("share/jupyter").toString());
    Process process = convert.start();
    try {
      assertTrue(process.waitFor(20, TimeUnit.MINUTES), "it did not end");
    } finally {
      process.destroy();
    }
    String said = read(log);
    assertEquals(0, process.exitValue(), said);
    String executed = read(folder.resolve("executed.ipynb"));
    assertFalse(executed.contains("\"output_type\": \"error\""), said);
    if (lesson.all(false).contains("display(")) {
      assertTrue(executed.contains("\"output_type\": \"display_data\""), "nothing was shown");
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, UTF_8);
  }
}
