package org.nnd.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;
import org.nnd.layers.Layers;
import org.nnd.onnx.exports.Program;

class ProgramWriterTest {
  @TempDir private Path folder;

  private final Lowered lowered =
      Lower.lower(Layers.dense(300), List.of(InputSpec.of(7)), Mode.INFERENCE);

  private ModelProto written(long mostInside) throws Exception {
    Path file = folder.resolve("net.onnx");
    Program program = Program.of(lowered.graph(), lowered.initial(1));
    new ProgramWriter(Map.of("key", "value"), mostInside).write(program, file);
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  private static TensorProto initializer(ModelProto model, String name) {
    return model.getGraph().getInitializerList().stream()
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneFileHasEverything() throws Exception {
    ModelProto model = written(ProgramWriter.MOST_INSIDE);
    assertEquals(8, model.getIrVersion());
    assertEquals(17, model.getOpsetImport(0).getVersion());
    assertEquals(
        "N",
        model.getGraph().getInput(0).getType().getTensorType().getShape().getDim(0).getDimParam());
    assertEquals("value", model.getMetadataProps(0).getValue());
    TensorProto weight = initializer(model, "weight");
    assertEquals(List.of(300L, 7L), weight.getDimsList());
    assertEquals(
        lowered.initial(1).get("weight"),
        floats(weight.getRawData().asReadOnlyByteBuffer(), 300, 7));
    assertEquals(List.of(folder.resolve("net.onnx")), files());
  }

  @Test
  void largeWeightsLieBesideOnPagesOfTheirOwn() throws Exception {
    ModelProto model = written(1000);
    Path data = folder.resolve("net.onnx.data");
    assertEquals(List.of(folder.resolve("net.onnx"), data), files());
    byte[] bytes = Files.readAllBytes(data);
    for (String name : List.of("weight", "bias")) {
      TensorProto tensor = initializer(model, name);
      assertEquals(TensorProto.DataLocation.EXTERNAL, tensor.getDataLocation());
      Map<String, String> place =
          tensor.getExternalDataList().stream()
              .collect(
                  Collectors.toMap(
                      StringStringEntryProto::getKey, StringStringEntryProto::getValue));
      assertEquals("net.onnx.data", place.get("location"));
      int offset = Integer.parseInt(place.get("offset"));
      int length = Integer.parseInt(place.get("length"));
      assertEquals(0, offset % 4096);
      Literal expected = lowered.initial(1).get(name);
      assertEquals(expected, floats(ByteBuffer.wrap(bytes, offset, length), expected.shape()));
    }
    assertTrue(model.getSerializedSize() < 1000, "the file itself is small");
  }

  private List<Path> files() throws Exception {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Literal floats(ByteBuffer bytes, int... shape) {
    float[] values = new float[bytes.remaining() / 4];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return Literal.of(values, shape);
  }
}
