package org.nnd.tests.course;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A script in percent format, as cells.
 *
 * @param script where it is
 */
record Lesson(Path script, List<Cell> cells) {
  /** The folder that holds the course. */
  static final Path COURSE = Path.of(System.getProperty("nnd.home"), "tutorials");

  private static final String CODE = "// %%";
  private static final String TEXT = "// %% [markdown]";
  private static final Pattern EXPECTATION = Pattern.compile("^// expect: (.*)$");

  /**
   * A cell.
   *
   * @param text whether it is to be read, not run
   * @param source its lines, of text without the {@code //} in front
   */
  record Cell(boolean text, String source) {}

  Lesson {
    cells = List.copyOf(cells);
  }

  /** {@return the lessons and their solutions, in the order of the course} */
  static List<Path> scripts() {
    try (Stream<Path> files =
        Files.find(COURSE, 2, (file, a) -> file.toString().endsWith(".nnd"))) {
      return files.sorted().filter(file -> text(file).contains("\n" + CODE)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Lesson read(Path script) {
    List<Cell> cells = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    boolean text = false;
    boolean begun = false;
    for (String line : text(script).lines().toList()) {
      if (line.equals(CODE) || line.equals(TEXT)) {
        if (begun) {
          cells.add(cell(text, lines));
        }
        text = line.equals(TEXT);
        lines.clear();
        begun = true;
      } else if (begun) {
        lines.add(line);
      } else if (!line.startsWith("#!")) {
        throw new AssertionError(script + ": before the first cell there is: " + line);
      }
    }
    cells.add(cell(text, lines));
    return new Lesson(script, cells);
  }

  private static Cell cell(boolean text, List<String> lines) {
    String source =
        lines.stream()
            .map(line -> text ? line.replaceFirst("^// ?", "") : line)
            .collect(Collectors.joining("\n"));
    return new Cell(text, source.strip());
  }

  static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** {@return the code or the text of all cells} */
  String all(boolean text) {
    return cells.stream()
        .filter(cell -> cell.text() == text)
        .map(Cell::source)
        .collect(Collectors.joining("\n\n"));
  }

  Path notebook() {
    return script.resolveSibling(script.getFileName().toString().replace(".nnd", ".ipynb"));
  }

  /** {@return the results that a script or a cell states} */
  static List<String> expectations(String source) {
    return source
        .lines()
        .map(EXPECTATION::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.group(1))
        .toList();
  }

  /** {@return this with every expectation as a statement that fails} */
  Lesson checked() {
    return new Lesson(
        script,
        cells.stream()
            .map(cell -> cell.text() ? cell : new Cell(false, checked(cell.source())))
            .toList());
  }

  /** {@return the script or cell with every expectation as a statement that fails} */
  static String checked(String source) {
    return source.lines().map(Lesson::checkedLine).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String checkedLine(String line) {
    var matcher = EXPECTATION.matcher(line);
    if (!matcher.matches()) {
      return line;
    }
    String condition = matcher.group(1);
    String shown = condition.replace("\\", "\\\\").replace("\"", "\\\"");
    return "if (!(%s)) throw new NndException(\"expected %s\");".formatted(condition, shown);
  }
}
