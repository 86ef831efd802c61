package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.onnx.imports.Value;

/** Small files that would take time or memory without end are refused. */
class BoundedWorkTest {
  @TempDir private Path folder;

  private Map<String, Value> run(GraphProto.Builder graph) throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), TestModels.model(graph).toByteArray());
    try (OnnxRunner runner = new OnnxRunner(OnnxFile.read(file), new Engine.Reference())) {
      return runner.run(Map.of("x", Value.Known.of(Literal.of(new float[] {1, 2, 3}, 1, 3))));
    }
  }

  private void refused(String problem, GraphProto.Builder graph) throws IOException {
    String message = assertThrows(NndException.class, () -> run(graph)).getMessage();
    assertTrue(message.startsWith(folder.resolve("m.onnx").toString()), message);
    assertTrue(message.contains(problem), message);
    assertTrue(message.length() < 2500, message.length() + " characters");
  }

  private static GraphProto.Builder graph(NodeProto.Builder... nodes) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x", 1, 3))
            .addOutput(TestModels.port("y"));
    List.of(nodes).forEach(graph::addNode);
    return graph;
  }

  /** A loop over {@code state}; its body computes {@code again} and {@code next} from {@code s}. */
  private static NodeProto.Builder loop(
      String result, String turns, String state, NodeProto.Builder... nodes) {
    GraphProto.Builder body =
        GraphProto.newBuilder()
            .setName("turn of " + result)
            .addInput(TestModels.port("i " + result))
            .addInput(TestModels.port("c"))
            .addInput(TestModels.port("s"))
            .addOutput(TestModels.port("again"))
            .addOutput(TestModels.port("next"));
    List.of(nodes).forEach(body::addNode);
    return TestModels.node("Loop", result, turns, "", state)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body));
  }

  private static final NodeProto.Builder GOES_ON = TestModels.node("Identity", "again", "c");

  @Test
  void loopsWhoseConditionAlwaysHolds() throws IOException {
    refused(
        "Loop 'y': its condition always holds",
        graph(loop("y", "", "x", GOES_ON, TestModels.node("Neg", "next", "s"))));
    refused(
        "Loop 'y': it would take 1,099,511,627,776 turns",
        graph(loop("y", "most", "x", GOES_ON, TestModels.node("Neg", "next", "s")))
            .addInitializer(TestModels.longs("most", 1L << 40)));
  }

  @Test
  void loopsWhoseConditionNeverFailsWhenTheyRun() throws IOException {
    AttributeProto.Builder scalar =
        AttributeProto.newBuilder()
            .setName("keepdims")
            .setType(AttributeProto.AttributeType.INT)
            .setI(0);
    refused(
        "the loop of layer Loop 'y' has not ended after 1,000,000 turns",
        graph(
            TestModels.node("ReduceSum", "sum", "x").addAttribute(scalar),
            loop(
                "y",
                "",
                "sum",
                TestModels.node("Equal", "again", "s", "s"),
                TestModels.node("Neg", "next", "s"))));
  }

  @Test
  void loopsInLoops() throws IOException {
    refused(
        "turns; at most 1,000,000 are run",
        graph(
                loop(
                    "y",
                    "most",
                    "x",
                    GOES_ON,
                    loop("next", "most", "s", GOES_ON, TestModels.node("Neg", "next", "s"))))
            .addInitializer(TestModels.longs("most", 100_000)));
  }

  @Test
  void loopsThatGrow() throws IOException {
    NodeProto.Builder grow =
        TestModels.node("Concat", "next", "s", "x")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(0));
    refused("more than 100,000 operators", graph(loop("y", "", "x", GOES_ON, grow)));
  }

  /** Each list would hold the one before twice: 2^60 tensors. */
  @Test
  void listsOfLists() throws IOException {
    refused(
        "SequenceConstruct 'l1': input 0 is a sequence",
        graph(
            TestModels.node("SequenceConstruct", "l0", "x", "x"),
            TestModels.node("SequenceConstruct", "l1", "l0", "l0"),
            TestModels.node("Identity", "y", "l1")));
  }

  @Test
  void operatorsWithVeryManyInputs() throws IOException {
    String[] inputs = new String[5000];
    Arrays.fill(inputs, "x");
    refused("Sum 'y': has 5,000 inputs", graph(TestModels.node("Sum", "y", inputs)));
  }

  @Test
  void tensorsOfVeryManyAxes() throws IOException {
    long[] axes = new long[1000];
    Arrays.setAll(axes, i -> i);
    refused(
        "Unsqueeze 'y': a tensor of 1,002 axes",
        graph(TestModels.node("Unsqueeze", "y", "x", "axes"))
            .addInitializer(TestModels.longs("axes", axes)));
  }

  @Test
  void tensorsThatDoNotFitIntoMemory() throws IOException {
    long elements = Runtime.getRuntime().maxMemory() / 8; // of float64: refused without a try
    assumeTrue(elements < Integer.MAX_VALUE - 8);
    refused(
        "more memory than",
        graph(TestModels.node("ConstantOfShape", "y", "shape"))
            .addInitializer(TestModels.longs("shape", elements)));
  }

  @Test
  void namesWithoutEnd() throws IOException {
    String name = "n".repeat(1_000_000);
    refused("n… (1,000,000 characters)", graph(TestModels.node(name, "y", "x")));
    refused("n… (1,000,000 characters)", graph(TestModels.node("Neg", "y", name)));
    refused(
        "(1,000,", graph(TestModels.node("Neg", "y", "x", "x")).addOutput(TestModels.port(name)));
  }

  /** Each branch sees the names of the 20,000 nodes before it. */
  @Test
  void manyGraphsInAGraph() throws IOException {
    AttributeProto.Builder branch =
        AttributeProto.newBuilder()
            .setType(AttributeProto.AttributeType.GRAPH)
            .setG(
                GraphProto.newBuilder()
                    .addOutput(TestModels.port("q"))
                    .addNode(TestModels.node("Identity", "q", "x")));
    GraphProto.Builder graph = graph(TestModels.node("Identity", "y", "t9"));
    for (int i = 0; i < 20_000; i++) {
      graph.addNode(
          TestModels.node("If", "t" + i, "yes")
              .addAttribute(branch.clone().setName("then_branch"))
              .addAttribute(branch.clone().setName("else_branch")));
    }
    graph.addInitializer(TestModels.longs("yes", 1));
    assertEquals(List.of("y"), List.copyOf(run(graph).keySet()));
  }

  @Test
  void aFolderIsNoModel() {
    String message = assertThrows(NndException.class, () -> OnnxFile.read(folder)).getMessage();
    assertEquals(folder + ": cannot be read: it is a folder, a pipe or a device", message);
  }

  /** Its result would have a column for the largest of the numbers. */
  @Test
  void columnsThatCannotBe() throws IOException {
    for (long column : new long[] {-2, 1L << 40}) {
      NodeProto.Builder counts =
          TestModels.node("TfIdfVectorizer", "y", "x")
              .addAttribute(longs("ngram_indexes", column))
              .addAttribute(longs("ngram_counts", 0))
              .addAttribute(longs("pool_int64s", 1))
              .addAttribute(
                  longs("min_gram_length", 1).setType(AttributeProto.AttributeType.INT).setI(1))
              .addAttribute(
                  longs("max_gram_length", 1).setType(AttributeProto.AttributeType.INT).setI(1))
              .addAttribute(
                  longs("max_skip_count", 0).setType(AttributeProto.AttributeType.INT).setI(0));
      refused("TfIdfVectorizer 'y': ", graph(counts));
    }
  }

  @Test
  void wordsSkippedWithoutEnd() throws IOException {
    NodeProto.Builder counts =
        TestModels.node("TfIdfVectorizer", "y", "words")
            .addAttribute(longs("ngram_indexes", 0))
            .addAttribute(longs("ngram_counts", 0))
            .addAttribute(longs("pool_int64s", 1));
    for (String name : List.of("min_gram_length", "max_gram_length", "max_skip_count")) {
      counts.addAttribute(
          longs(name, 0)
              .setType(AttributeProto.AttributeType.INT)
              .setI(name.startsWith("min") ? 1 : Long.MAX_VALUE));
    }
    GraphProto.Builder graph = graph(counts).addInitializer(TestModels.longs("words", 1, 2, 1));
    assertEquals(
        2.0, ((Value.Known) run(graph).get("y")).literal().get(0), "the word 1 occurs twice");
  }

  private static AttributeProto.Builder longs(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(value);
  }
}
