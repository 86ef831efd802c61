package org.nnd.tests.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nnd explain}: a script runs without training, and its networks are shown. */
class ExplainTest {
  @TempDir private Path folder;
  private Nnd nnd;
  private String file;

  @BeforeEach
  void script() throws IOException {
    nnd = new Nnd(folder);
    file =
        nnd.script(
            "net.nnd",
            """
            var data = Glyphs.digits().train(20).test(10);
            var m = model(sequential(flatten(), dense(16), relu(), dense(10)), data.input());
            var history = train(m, data.train()).optimizer(sgd(0.1)).epochs(1000000).run();
            println("trained");
            println(evaluate(m, data.test()).accuracy() >= 0 ? "measured" : "not measured");
            var other = model(dense(3), InputSpec.of(4));
            """);
  }

  @Test
  void allLevelsOfAllNetworksWithoutTraining() {
    Nnd.Result result = nnd.run("explain", file);
    assertEquals(0, result.code(), result::err);
    assertEquals("trained\nnot measured\n", result.err());
    for (String heading :
        new String[] {
          "network 1: level 1, description",
          "network 1: level 2, tensor graph of inference",
          "network 1: level 2, tensor graph of training",
          "network 1: level 2, tensor graph of training step",
          "network 1: level 3, kernels of inference",
          "network 1: level 3, kernels of training step",
          "network 1: level 4, plan of training step",
          "network 2: level 1, description",
          "network 2: level 4, plan of inference"
        }) {
      assertTrue(result.out().contains("=== " + heading + " ===\n"), heading);
    }
    assertTrue(result.out().contains("  1: dense(16)\n"), result::out);
    assertTrue(result.out().contains("parameter \"1.weight\" : f32[16, 784]"), result::out);
    assertTrue(result.out().contains("(net.nnd:2)"), "where layers come from");
    assertFalse(result.out().contains("__kernel"), "OpenCL C comes when asked for");
    assertFalse(result.out().contains("network 2: level 3, kernels of training"), "not trained");
  }

  @Test
  void oneLevelWithKernels() {
    Nnd.Result result = nnd.run("explain", file, "--level", "4", "--kernels", "--batch", "8");
    assertEquals(0, result.code(), result::err);
    assertFalse(result.out().contains("level 1,"), result::out);
    assertTrue(result.out().contains("\n__kernel "), result::out);
    assertTrue(result.out().contains(" for N = 8, "), result::out);
  }

  @Test
  void filesInsteadOfText() throws IOException {
    Path out = folder.resolve("explained");
    Nnd.Result result = nnd.run("explain", "--out", out.toString(), "--kernels", file);
    assertEquals(
        new Nnd.Result(0, "explained: 2 networks explained\n", "trained\nnot measured\n"), result);
    assertTrue(Files.readString(out.resolve("network-1/1-description.txt")).contains("dense(16)"));
    assertTrue(Files.isRegularFile(out.resolve("network-2/4-inference.txt")));
    try (var sources = Files.list(out.resolve("network-1/4-training-step"))) {
      assertTrue(sources.count() > 0);
    }
  }

  @Test
  void whatAFailingScriptMadeBeforeIsShown() throws IOException {
    String failing =
        nnd.script("half.nnd", "model(dense(3), InputSpec.of(4));\nmodel(dense(3));\nint x = y;\n");
    Nnd.Result result = nnd.run("explain", failing, "--level", "1");
    assertEquals(1, result.code());
    assertEquals("=== network 1: level 1, description ===\ndense(3)\n", result.out());
    assertTrue(result.err().startsWith("half.nnd:2: "), result::err);
  }

  @Test
  void aScriptWithoutModelsAndAWrongLevelAreErrors() throws IOException {
    String empty = nnd.script("empty.nnd", "println(dense(3));\n");
    Nnd.Result result = nnd.run("explain", empty);
    assertEquals(1, result.code());
    assertTrue(result.err().contains("makes no model, so there is nothing to explain"));
    Nnd.Result level = nnd.run("explain", file, "--level", "7");
    assertEquals(1, level.code());
    assertTrue(level.err().contains("there is no level 7; 1 is the description"), level::err);
  }
}
