package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.onnx.imports.Value;

/** Whatever a file holds, it is read and run, or there is an error that names it. */
class DamagedFilesTest {
  private static final int ROUNDS = 400;

  @TempDir private Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes);
  }

  private String error(GraphProto.Builder graph) throws IOException {
    Path file = write(TestModels.model(graph).toByteArray());
    NndException e = assertThrows(NndException.class, () -> run(file));
    assertTrue(e.getMessage().contains("model.onnx"), e.getMessage());
    return e.getMessage();
  }

  private static void run(Path file) {
    try (OnnxRunner runner = new OnnxRunner(OnnxFile.read(file), new Engine.Reference())) {
      runner.run(Map.of("x", Value.Known.of(Literal.of(new float[] {1, 2, 3}, 1, 3))));
    }
  }

  /** Reads and runs; nothing but an NndException that names the file may come of it. */
  private void survives(byte[] bytes, String what) throws IOException {
    Path file = write(bytes);
    try {
      run(file);
    } catch (NndException e) {
      assertTrue(e.getMessage().contains("model.onnx"), what + ": " + e.getMessage());
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + ": " + e, e);
    }
  }

  @Test
  void cutFilesAreToldOrRead() throws IOException {
    byte[] whole = TestModels.model(TestModels.dense()).toByteArray();
    for (int length = 0; length < whole.length; length++) {
      survives(Arrays.copyOf(whole, length), "cut to " + length);
    }
  }

  @Test
  void flippedBitsAreToldOrRead() throws IOException {
    byte[] whole = TestModels.model(TestModels.dense()).toByteArray();
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      survives(bytes, "round " + round);
    }
  }

  @Test
  void lengthsBeyondTheFileAreTold() throws IOException {
    byte[] whole = TestModels.model(TestModels.dense()).toByteArray();
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = whole.clone();
      int at = random.nextInt(bytes.length - 5);
      Arrays.fill(bytes, at, at + 4, (byte) 0xff);
      bytes[at + 4] = 0x07;
      survives(bytes, "round " + round);
    }
  }

  @Test
  void cyclesAreTold() throws IOException {
    String message =
        error(
            TestModels.dense()
                .addNode(TestModels.node("Add", "u", "x", "v"))
                .addNode(TestModels.node("Neg", "v", "u")));
    assertTrue(message.contains("depends on its own result"), message);
  }

  @Test
  void namesAreDefinedOnce() throws IOException {
    String twice = error(TestModels.dense().addNode(TestModels.node("Neg", "p", "x")));
    assertTrue(twice.contains("the value 'p' is defined twice"), twice);
    String missing = error(TestModels.dense().addNode(TestModels.node("Neg", "q", "nowhere")));
    assertTrue(missing.contains("uses the value 'nowhere', which is not defined"), missing);
    String tensors =
        error(TestModels.dense().addInitializer(TestModels.floats("W", List.of(1L), 1)));
    assertTrue(tensors.contains("two tensors of the name 'W'"), tensors);
  }

  @Test
  void tensorsHaveTheElementsOfTheirShape() throws IOException {
    String few = error(TestModels.dense().addInitializer(TestModels.floats("t", List.of(3L), 1)));
    assertTrue(few.contains("tensor 't' has 1 elements; its shape [3] needs 3"), few);
    String huge =
        error(
            TestModels.dense()
                .addInitializer(TestModels.floats("t", List.of(1L << 40, 1L << 40), 1)));
    assertTrue(huge.contains("tensor 't'") && huge.contains("extents"), huge);
    String negative =
        error(TestModels.dense().addInitializer(TestModels.floats("t", List.of(-4L), 1)));
    assertTrue(negative.contains("tensor 't'"), negative);
  }

  /** Each step repeats the one before: the last would have 10^20 elements. */
  @Test
  void shapesThatGrowAndGrowAreTold() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(TestModels.port("x", 1, 3))
            .addOutput(TestModels.port("t10"))
            .addInitializer(TestModels.longs("hundred", 100, 1))
            .addNode(TestModels.node("Identity", "t0", "x"));
    for (int i = 0; i < 10; i++) {
      graph.addNode(TestModels.node("Tile", "t" + (i + 1), "t" + i, "hundred"));
    }
    String message = error(graph);
    assertTrue(message.contains("elements are possible"), message);
    String constant =
        error(
            GraphProto.newBuilder()
                .addInput(TestModels.port("x", 1, 3))
                .addOutput(TestModels.port("y"))
                .addInitializer(TestModels.longs("s", 1L << 30, 1L << 30, 1L << 30))
                .addNode(TestModels.node("ConstantOfShape", "y", "s")));
    assertTrue(constant.contains("ConstantOfShape"), constant);
  }

  @Test
  void dataOutsideTheFolderAreNotOpened() throws IOException {
    Path outside = Files.createTempFile("nnd-outside", ".bin");
    try {
      Files.write(outside, new byte[12]);
      Files.createSymbolicLink(folder.resolve("link.bin"), outside);
      List<String> locations =
          List.of(
              outside.toString(),
              "../" + outside.getFileName(),
              folder.relativize(outside).toString(),
              "link.bin",
              "",
              ".",
              "nothing.bin",
              "a\0b");
      for (String location : locations) {
        String message = error(TestModels.dense().addInitializer(external(location, 0)));
        assertTrue(message.contains("tensor 't'"), message);
        assertTrue(message.contains("has its data in"), message);
      }
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void dataBesideTheModelAreRead() throws IOException {
    Files.write(folder.resolve("data.bin"), new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0});
    Function<Integer, ModelProto> model =
        offset -> TestModels.model(TestModels.dense().addInitializer(external("data.bin", offset)));
    Path file = write(model.apply(0).toByteArray());
    OnnxTensor tensor = OnnxFile.read(file).graph().initializers().get("t");
    assertTrue(
        tensor instanceof OnnxTensor.Numbers numbers && numbers.literal().get(0) == 1.0,
        String.valueOf(tensor));
    String message = error(TestModels.dense().addInitializer(external("data.bin", 6)));
    assertTrue(message.contains("lies at bytes 6 to 10 of data.bin, which has 8"), message);
  }

  private static TensorProto external(String location, int offset) {
    return TensorProto.newBuilder()
        .setName("t")
        .setDataType(1)
        .addDims(1)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue(location))
        .addExternalData(
            StringStringEntryProto.newBuilder().setKey("offset").setValue(Integer.toString(offset)))
        .build();
  }

  @Test
  void graphsInGraphsWithoutEndAreTold() throws IOException {
    GraphProto.Builder inner = TestModels.dense();
    for (int depth = 0; depth < 200; depth++) {
      inner =
          GraphProto.newBuilder()
              .addOutput(TestModels.port("y"))
              .addNode(
                  TestModels.node("If", "y", "x")
                      .addAttribute(
                          AttributeProto.newBuilder()
                              .setName("then_branch")
                              .setType(AttributeProto.AttributeType.GRAPH)
                              .setG(inner.setName("g"))));
    }
    assertFalse(error(inner).isEmpty());
  }
}
