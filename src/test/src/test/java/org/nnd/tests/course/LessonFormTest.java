package org.nnd.tests.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every lesson has, so that a student knows what to expect of it. */
class LessonFormTest {
  private static final int LONGEST_PARAGRAPH = 6;

  static List<Path> scripts() {
    return Lesson.scripts();
  }

  static List<Path> lessons() {
    return Lesson.scripts().stream().filter(file -> !isSolutions(file)).toList();
  }

  private static boolean isSolutions(Path script) {
    return script.endsWith("solutions.nnd");
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  @Test
  void lessonsAreNumberedWithoutGaps() {
    List<Integer> numbers =
        lessons().stream()
            .map(file -> Integer.parseInt(file.getFileName().toString().substring(0, 2)))
            .toList();
    assertEquals(IntStream.rangeClosed(1, numbers.size()).boxed().toList(), numbers);
    lessons()
        .forEach(
            file ->
                assertEquals(
                    file.getParent().getFileName() + ".nnd", file.getFileName().toString()));
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void aLessonAsksPredictsShowsMeasuresAndInvites(Path script) {
    Lesson lesson = Lesson.read(script);
    String first = lesson.cells().get(0).source();
    String number = "" + Integer.parseInt(script.getFileName().toString().substring(0, 2));
    assertTrue(first.startsWith("# " + number + ". "), first);
    assertTrue(Pattern.compile("\\*\\*[^*]+\\?\\*\\*").matcher(first).find(), "no question");
    assertTrue(lesson.all(true).contains("**Guess first:**"), "no prediction is asked for");
    assertTrue(lesson.all(true).contains("\n## What you should have seen"), "no summary");
    assertTrue(lesson.all(false).contains("display("), "nothing is shown");
    assertFalse(Lesson.expectations(lesson.all(false)).isEmpty(), "no result is stated");
    Lesson.Cell last = lesson.cells().get(lesson.cells().size() - 1);
    assertTrue(last.text() && last.source().startsWith("## Try\n"), "nothing to try at the end");
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void everyExerciseHasACheckedSolution(Path script) {
    Lesson lesson = Lesson.read(script);
    Lesson solutions = Lesson.read(script.resolveSibling("solutions.nnd"));
    List<String> exercises =
        found("^(\\d+\\. \\*\\*.*?)\\.?\\*\\*", lesson.all(true)).stream()
            .map(text -> text.replace("*", ""))
            .toList();
    List<String> solved =
        found("^## (\\d+\\. .*)$", solutions.all(true)).stream()
            .map(text -> text.replaceFirst("\\.$", ""))
            .toList();
    assertFalse(exercises.isEmpty());
    assertEquals(exercises, solved);
    List<Integer> checks = new ArrayList<>();
    for (Lesson.Cell cell : solutions.cells()) {
      if (cell.text() && cell.source().contains("## ")) {
        checks.add(0);
      } else if (!cell.text() && !checks.isEmpty()) {
        int last = checks.size() - 1;
        checks.set(last, checks.get(last) + Lesson.expectations(cell.source()).size());
      }
    }
    assertTrue(checks.stream().allMatch(n -> n > 0), () -> "solutions with checks: " + checks);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void paragraphsAreShort(Path script) {
    for (Lesson.Cell cell : Lesson.read(script).cells()) {
      if (cell.text()) {
        for (String paragraph : cell.source().split("\n(\\s*\n|(?=([-|]|\\d+\\.) ))")) {
          assertTrue(paragraph.lines().count() <= LONGEST_PARAGRAPH, paragraph);
        }
      }
    }
  }

  /** What a condition says is not lost when it is made a statement, nor does a line move. */
  @Test
  void expectationsBecomeStatements() {
    String source = "int a = 1;\n// expect: a < 2 && \"x\".equals(\"x\")\nint b;\n";
    assertEquals(
        """
        int a = 1;
        if (!(a < 2 && "x".equals("x"))) throw new NndException("expected a < 2 && \\"x\\".equals(\\"x\\")");
        int b;
        """,
        Lesson.checked(source));
  }
}
