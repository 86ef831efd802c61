package org.nnd.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.relu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.GraphPrinter;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.model.Model;
import org.nnd.opencl.lower.Target;
import org.nnd.opencl.runtime.Executable;

/** What is told of a network; none of it opens a device. */
class ExplanationTest {
  private static final Layer NETWORK =
      sequential(conv(8).kernel(3), batchNorm(), relu(), globalAvgPool(), dense(3));

  @TempDir private Path folder;

  private static Explanation explanation(Target target) {
    Model model = Model.of(NETWORK, List.of(InputSpec.of(1, 9, 7)), List.of());
    return Explain.explain("net", model, List.of(), target);
  }

  private static Graph inference() {
    Model model = Model.of(NETWORK, List.of(InputSpec.of(1, 9, 7)), List.of());
    return model.lowered(org.nnd.dsl.Mode.INFERENCE).graph();
  }

  @Test
  void levelsOneAndTwoAreTheirCanonicalText() {
    Explanation all = explanation(Target.cpu(8));
    assertEquals(
        "=== net: level 1, description ===\n" + NETWORK.describe(), all.level(1).toString());
    String second = all.level(2).toString();
    String expected =
        "=== net: level 2, tensor graph of inference ===\n" + GraphPrinter.brief(inference());
    assertTrue(second.startsWith(expected), second);
    assertTrue(second.contains("\n=== net: level 2, tensor graph of training ===\ngraph("), second);
  }

  @Test
  void levelThreeIsALineForEveryKernel() {
    for (Target target : List.of(Target.cpu(8), Target.gpu())) {
      int kernels = Executable.plan(inference(), target).calls().size();
      List<String> lines = explanation(target).level(3).toString().lines().toList();
      assertEquals(kernels + 3, lines.size(), lines.toString());
      assertTrue(lines.get(1).startsWith(kernels + " kernels, "), lines.get(1));
      assertTrue(
          lines.get(1).endsWith(target.cpu() ? "for a CPU, vectors of 8" : "for a GPU"),
          lines.get(1));
      assertTrue(
          lines.get(2).matches(" *#  template +operations +space +work +memory +from"),
          lines.get(2));
      for (int i = 1; i <= kernels; i++) {
        assertTrue(
            lines.get(2 + i).matches(" *" + i + "  .*[0-9.]+ [kMG]?FLOP +[0-9.]+ [kMG]?B.*"),
            lines.get(2 + i));
      }
    }
  }

  @Test
  void workGrowsWithTheBatch() {
    Explanation all = explanation(Target.cpu(8)).level(3);
    assertTrue(all.batch(1).toString().contains(" for N = 1;"));
    assertTrue(all.toString().contains(" for N = 64;"));
    // The convolution: 2 * 9 taps for 8 channels at 9 * 7 positions.
    assertTrue(all.batch(1).toString().contains(" 9.07 kFLOP "), () -> all.batch(1).toString());
    assertTrue(all.toString().contains(" 581 kFLOP "), all::toString);
    assertRefused("a batch has at least 1 example, not 0", () -> all.batch(0));
  }

  @Test
  void levelFourTellsLaunchesAndMemory() {
    String text = explanation(Target.cpu(8)).level(4).toString();
    int kernels = Executable.plan(inference(), Target.cpu(8)).calls().size();
    assertTrue(text.contains(kernels + " launches, "), text);
    assertTrue(text.matches("(?s).*\narena +[0-9.]+ [kM]?B for N = 64, .*"), text);
    assertEquals(
        kernels, text.lines().filter(l -> l.matches("\\w+: [0-9x ]+ groups of .*")).count());
    assertFalse(text.contains("__kernel"), "without asking");
  }

  @Test
  void kernelsAreShownOnceInBothForms() {
    String text = explanation(Target.cpu(8)).withKernels().toString();
    long programs = text.lines().filter(line -> line.startsWith("kernel ")).count();
    long sources = text.lines().filter(line -> line.startsWith("__kernel ")).count();
    assertTrue(programs > 0);
    assertEquals(programs, sources);
  }

  @Test
  void sectionsBecomeFiles() throws IOException {
    Explanation all = explanation(Target.cpu(8)).withKernels();
    all.write(folder.resolve("new"));
    Path written = folder.resolve("new");
    assertEquals(NETWORK.describe(), Files.readString(written.resolve("1-description.txt")));
    for (String file :
        List.of("2-inference.txt", "2-training.txt", "3-inference.txt", "4-inference.txt")) {
      assertTrue(Files.exists(written.resolve(file)), file);
    }
    try (var programs = Files.list(written.resolve("3-inference"));
        var sources = Files.list(written.resolve("4-inference"))) {
      assertEquals(
          programs.count(), sources.peek(f -> assertTrue(f.toString().endsWith(".cl"))).count());
    }
  }

  @Test
  void whatTheBackendCannotComputeIsSaidWhereItsKernelsWouldStand() {
    var x = Operations.input("x", new TensorType(DType.F64, Shape.of(3)));
    Graph graph = Graph.of(List.of(x), Map.of("y", Operations.exp(x)));
    Form form = new Form("inference", graph);
    String text =
        Explanation.of("net", NETWORK, List.of(form), List.of(form), Target.cpu(8)).toString();
    assertTrue(text.contains("=== net: levels 3 and 4 of inference ===\nnot computed: "), text);
    assertTrue(text.contains("computes in f32"), text);
  }

  @Test
  void thereAreFourLevels() {
    assertRefused(
        "there is no level 5; 1 is the description", () -> explanation(Target.gpu()).level(5));
  }

  @Test
  void amountsHaveThreeDigits() {
    assertEquals("0 B", Amount.text(0, "B"));
    assertEquals("999 B", Amount.text(999, "B"));
    assertEquals("1.54 kB", Amount.text(1536, "B"));
    assertEquals("10.0 MFLOP", Amount.text(9_999_999, "FLOP"));
    assertEquals("123 GFLOP", Amount.text(123_456_789_000L, "FLOP"));
  }
}
