package org.nnd.opencl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.Graph;
import org.nnd.ir.pass.Passes;
import org.nnd.opencl.kernel.ClWriter;

/**
 * The text of typical kernels, for both kinds of schedules, as files that a reader can look at and
 * a change of which must be meant: {@code -Dnnd.golden=write} writes them anew, to be read as a
 * difference before they are committed.
 */
class GoldenTest {
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");
  private static final boolean WRITE = "write".equals(System.getProperty("nnd.golden"));

  @TestFactory
  Stream<DynamicTest> kernels() {
    return Canonical.graphs().entrySet().stream()
        .flatMap(
            entry ->
                Stream.of(
                    test(entry.getKey() + "_cpu", entry.getValue(), Target.cpu(16)),
                    test(entry.getKey() + "_gpu", entry.getValue(), Target.gpu())));
  }

  private static DynamicTest test(String name, Graph graph, Target target) {
    return DynamicTest.dynamicTest(name, () -> check(name, graph, target));
  }

  private static void check(String name, Graph graph, Target target) throws IOException {
    String text = text(graph, target);
    Path file = DIRECTORY.resolve(name + ".cl");
    if (WRITE) {
      Files.createDirectories(DIRECTORY);
      Path beside = DIRECTORY.resolve(name + ".new");
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
    assertEquals(
        Files.readString(file),
        text,
        () -> name + ": if the change is meant, write the text anew with -Dnnd.golden=write");
  }

  private static String text(Graph graph, Target target) {
    return Lowering.lower(Passes.optimize(graph), target).calls().stream()
        .map(call -> ClWriter.print(call.kernel()))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everyFileIsTested() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    Canonical.graphs()
        .keySet()
        .forEach(
            name -> {
              expected.add(name + "_cpu.cl");
              expected.add(name + "_gpu.cl");
            });
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      assertEquals(
          expected,
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void textsDoNotDependOnTheRun() {
    Canonical.graphs()
        .forEach(
            (name, graph) ->
                assertEquals(
                    text(graph, Target.cpu(16)),
                    text(Canonical.graphs().get(name), Target.cpu(16)),
                    name));
  }
}
