package org.nnd.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.cli.Main;
import org.nnd.format.Json;

/** A notebook gives the same in Jupyter, under {@code nnd run}, and as a script. */
class NotebookTest {
  static final List<String> CELLS =
      List.of(
          "int twice(int n) {\n  return 2 * n;\n}\nvar a = twice(3);",
          "a",
          "println(\"printed\");\na + 1",
          "%%time\nvar b = a;\n\nb * 10",
          "var xs = List.of(1, 2, 3);\n\nxs.stream()\n    .map(x -> x * b)\n\n    .toList()",
          "sequential(conv(4), dense(2));\n\"end\"");
  private static final List<String> SHOWN =
      List.of("6", "printed", "7", "60", "[6, 12, 18]", "end");

  @TempDir private Path folder;

  /** {@return a notebook with these code cells} */
  static Path notebook(Path file, List<String> cells) {
    var all = new ArrayList<Map<String, Object>>();
    for (String cell : cells) {
      all.add(
          Map.of(
              "cell_type",
              "code",
              "id",
              "c" + all.size(),
              "metadata",
              Map.of(),
              "outputs",
              List.of(),
              "execution_count",
              java.util.Optional.empty(),
              "source",
              cell));
    }
    Json.write(
        file,
        Map.of(
            "cells",
            all,
            "nbformat",
            4,
            "nbformat_minor",
            5,
            "metadata",
            Map.of(
                "kernelspec",
                Map.of("name", "nnd", "display_name", "NND (Java)", "language", "java"))));
    return file;
  }

  /** {@return what {@code nnd run} prints, less times} */
  private static List<String> run(Path file) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = Main.run(new String[] {"run", file.toString()}, stream, stream);
    String said = out.toString(StandardCharsets.UTF_8);
    assertEquals(0, code, said);
    return said.lines().filter(line -> !line.startsWith("time: ")).toList();
  }

  @Test
  void cellsRunWithoutJupyter() {
    assertEquals(SHOWN, run(notebook(folder.resolve("a.ipynb"), CELLS)));
  }

  @Test
  void questionsAreAnsweredInCellsAndInScripts() throws Exception {
    Path file = notebook(folder.resolve("q.ipynb"), List.of("Math.max?", "// a comment", "1 + 1"));
    Path script = folder.resolve("q.nnd"); // as nbconvert writes it
    Files.writeString(script, "\nMath.max?\n\n// a comment\n\n1 + 1\n");
    List<String> told = run(file);
    assertTrue(told.toString().contains("Returns the greater of two"), told::toString);
    assertEquals("2", told.getLast());
    assertEquals(told, run(script));
  }

  @Test
  void errorsNameTheCell() {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Path file = notebook(folder.resolve("b.ipynb"), List.of("int a = 0;", "println(1);\n1 / a"));
    assertEquals(1, Main.run(new String[] {"run", file.toString()}, stream, stream));
    assertEquals(
        "1\nb.ipynb cell 2:2: ArithmeticException: / by zero\n    1 / a\n",
        out.toString(StandardCharsets.UTF_8).replace(folder + "/", ""));
  }

  @Test
  void aNotebookThatIsNoneIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("c.ipynb"), "{\"cells\": 3}");
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertEquals(2, Main.run(new String[] {"run", file.toString()}, stream, stream));
    assertTrue(
        out.toString(StandardCharsets.UTF_8)
            .contains("c.ipynb: not a notebook of format 4: it has no list of cells"));
  }

  @Test
  void aNotebookSavedAsScriptRuns() throws Exception {
    Jupyter jupyter = Jupyter.in(folder, "nbconvert", "jupyter-nbconvert");
    Path file = notebook(folder.resolve("d.ipynb"), CELLS);
    // nbconvert takes the ending from what the kernel said of itself when the notebook was saved.
    Jupyter.Result result =
        jupyter.jupyter("nbconvert", "--execute", "--to", "notebook", "--inplace", file.toString());
    assertEquals(0, result.code(), () -> errors());
    assertEquals(0, jupyter.jupyter("nbconvert", "--to", "script", file.toString()).code());
    assertEquals(SHOWN, run(folder.resolve("d.nnd")));
    assertEquals(SHOWN, shown(file));
  }

  @Test
  void anExportedPageNeedsNothingFromElsewhere() throws Exception {
    Jupyter jupyter = Jupyter.in(folder, "nbconvert", "jupyter-nbconvert");
    Path file = notebook(folder.resolve("e.ipynb"), List.of("sequential(conv(4), dense(2))"));
    Jupyter.Result result =
        jupyter.jupyter("nbconvert", "--execute", "--to", "html", file.toString());
    assertEquals(0, result.code(), () -> errors());
    String page = Files.readString(folder.resolve("e.html"));
    String output = page.substring(page.indexOf("jp-OutputArea"));
    assertFalse(output.matches("(?s).*(src|href)=.https?:.*"), "the outputs load something");
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("errors"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** {@return the outputs in an executed notebook, less times} */
  private static List<String> shown(Path file) {
    var notebook = (Map<?, ?>) Json.read(file);
    return ((List<?>) notebook.get("cells"))
        .stream()
            .flatMap(cell -> ((List<?>) ((Map<?, ?>) cell).get("outputs")).stream())
            .flatMap(output -> text((Map<?, ?>) output).lines())
            .filter(line -> !line.startsWith("time: "))
            .toList();
  }

  private static String text(Map<?, ?> output) {
    Object text = output.get("text");
    if (output.get("data") instanceof Map<?, ?> data) {
      text = data.get("text/plain");
    }
    return (text instanceof List<?> lines ? lines.stream() : Stream.of(text))
        .map(String::valueOf)
        .collect(Collectors.joining());
  }
}
