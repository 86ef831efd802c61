package org.nnd.tests.commandline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.format.Npz;
import org.nnd.ir.Literal;

/** {@code nnd onnx info}, {@code run} and {@code check}, and models of files in scripts. */
class OnnxCommandTest {
  private static final Literal X = Literal.of(new float[] {1, -2, 3, 4}, 2, 2);

  /** X W with W = [[1, 2], [3, -4]] */
  private static final Literal Y = Literal.of(new float[] {-5, 10, 15, -10}, 2, 2);

  @TempDir private Path folder;

  private static ValueInfoProto port(String name) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(2))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape)))
        .build();
  }

  /** A model of one operator on x and W. */
  private void model(String name, String operator) throws IOException {
    TensorProto weight =
        TensorProto.newBuilder()
            .setName("W")
            .setDataType(1)
            .addAllDims(List.of(2L, 2L))
            .addAllFloatData(List.of(1f, 2f, 3f, -4f))
            .build();
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(
                GraphProto.newBuilder()
                    .addInput(port("x"))
                    .addOutput(port("y"))
                    .addInitializer(weight)
                    .addNode(
                        NodeProto.newBuilder()
                            .setOpType(operator)
                            .addInput("x")
                            .addInput("W")
                            .addOutput("y")))
            .build();
    Files.write(folder.resolve(name), model.toByteArray());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void infoTellsWhatIsInAModel() throws IOException {
    model("m.onnx", "Telepathy");
    Nnd.Result result = new Nnd(folder).run("onnx", "info", file("m.onnx"));
    assertEquals(0, result.code(), result::err);
    for (String line :
        List.of(
            "operators of   ai.onnx 17",
            "input          x: float[N, 2]",
            "output         y: float[N, 2]",
            "operators      Telepathy",
            "parameters     4",
            "not supported  Telepathy")) {
      assertTrue(result.out().contains(line + "\n"), result::out);
    }
  }

  @Test
  void runWritesTheOutputs() throws IOException {
    model("m.onnx", "MatMul");
    Npz.write(folder.resolve("x.npz"), Map.of("x", X));
    Nnd.Result result =
        new Nnd(folder)
            .run(
                "onnx",
                "run",
                file("m.onnx"),
                "--input",
                file("x.npz"),
                "--output",
                file("y.npz"),
                "--repeat",
                "2");
    assertEquals(0, result.code(), result::err);
    assertTrue(
        result
            .out()
            .matches("median [0-9.]+ ms of 2 runs on .*; [0-9.]+ % of it outside kernels\n"),
        result::out);
    assertArrayEquals(Y.toDoubles(), Npz.read(folder.resolve("y.npz")).get("y").toDoubles(), 1e-5);
  }

  @Test
  void checkComparesOneModel() throws IOException {
    model("m.onnx", "MatMul");
    Npz.write(folder.resolve("x.npz"), Map.of("x", X));
    Npz.write(folder.resolve("y.npz"), Map.of("y", Y));
    Npz.write(folder.resolve("z.npz"), Map.of("y", X));
    Nnd nnd = new Nnd(folder);
    String input = file("x.npz");
    Nnd.Result same =
        nnd.run("onnx", "check", file("m.onnx"), "--input", input, "--expect", file("y.npz"));
    assertEquals(0, same.code(), same::err);
    assertEquals("1 passed, 0 failed, 0 unsupported", same.last());
    Nnd.Result other =
        nnd.run("onnx", "check", file("m.onnx"), "--input", input, "--expect", file("z.npz"));
    assertEquals(1, other.code());
    assertTrue(other.out().startsWith("m.onnx  FAIL  error "), other::out);
  }

  @Test
  void checkGoesThroughAFolder() throws IOException {
    for (String name : List.of("a", "b", "c", "d")) {
      model(name + ".onnx", name.equals("c") ? "Telepathy" : "MatMul");
    }
    Files.writeString(folder.resolve("d.onnx"), "no model");
    model("alone.onnx", "MatMul");
    for (String name : List.of("a", "c", "d")) {
      Npz.write(folder.resolve(name + ".npz"), Map.of("in0", X, "out0", Y));
    }
    Npz.write(folder.resolve("b.npz"), Map.of("in0", X, "out0", X));
    Nnd.Result result =
        new Nnd(folder).run("onnx", "check", folder.toString(), "--json", file("r.json"));
    assertEquals(1, result.code());
    List<String> lines = result.out().lines().toList();
    assertEquals(5, lines.size(), result::out);
    assertTrue(lines.get(0).matches("a  ok    error [0-9.e+-]+ +[0-9.]+ ms"), lines::toString);
    assertTrue(lines.get(1).startsWith("b  FAIL  error 3.50e+00"), lines::toString);
    assertEquals("c  UNSUPPORTED Telepathy", lines.get(2));
    assertTrue(lines.get(3).startsWith("d  FAIL  d.onnx: "), lines::toString);
    assertEquals("1 passed, 2 failed, 1 unsupported", lines.get(4));
    String json = Files.readString(folder.resolve("r.json"));
    assertTrue(json.contains("\"unsupported\": 1"), json);
    assertTrue(json.contains("\"status\": \"ok\""), json);
  }

  /** In a folder the number counts, whatever the names are, and every array must belong to one. */
  @Test
  void arraysOfAFolderGoByTheirNumbers() throws IOException {
    ModelProto.Builder swapped =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
    swapped
        .getGraphBuilder()
        .addInput(port("in1"))
        .addInput(port("in0"))
        .addOutput(port("y"))
        .addOutput(port("z"))
        .addNode(
            NodeProto.newBuilder().setOpType("Sub").addInput("in1").addInput("in0").addOutput("y"))
        .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("in1").addOutput("z"));
    Files.write(folder.resolve("some.onnx"), swapped.build().toByteArray());
    Literal difference = Literal.of(new float[] {6, -12, -12, 14}, 2, 2);
    Npz.write(folder.resolve("some.npz"), Map.of("in0", X, "in1", Y, "out0", difference));
    model("more-out.onnx", "MatMul");
    Npz.write(folder.resolve("more-out.npz"), Map.of("in0", X, "out0", Y, "out1", Y));
    model("more-in.onnx", "MatMul");
    Npz.write(folder.resolve("more-in.npz"), Map.of("in0", X, "in1", X, "out0", Y));
    Nnd.Result result = new Nnd(folder).run("onnx", "check", folder.toString());
    assertEquals(1, result.code());
    List<String> lines = result.out().lines().toList();
    assertTrue(lines.get(0).startsWith("more-in   FAIL  more-in.onnx: there is no input 'in1'"));
    assertTrue(lines.get(1).startsWith("more-out  FAIL  there is no output 'out1'; the outputs"));
    assertTrue(lines.get(2).matches("some      ok    error 0.00e.00 .* ms  not compared: .z."));
  }

  @Test
  void errorsAreRelativeToTheOutputAndSensibleNearZero() throws IOException {
    model("m.onnx", "MatMul");
    Npz.write(folder.resolve("x.npz"), Map.of("x", Literal.of(new float[] {1e-8f, 0}, 1, 2)));
    Npz.write(folder.resolve("zeros.npz"), Map.of("y", Literal.of(new float[2], 1, 2)));
    Npz.write(folder.resolve("one.npz"), Map.of("y", Literal.of(new float[] {0, 1}, 1, 2)));
    Nnd nnd = new Nnd(folder);
    Nnd.Result zeros =
        nnd.run(
            "onnx",
            "check",
            file("m.onnx"),
            "--input",
            file("x.npz"),
            "--expect",
            file("zeros.npz"));
    assertEquals(0, zeros.code(), zeros::out);
    assertTrue(zeros.out().contains("error 2.00e-05"), zeros::out);
    Nnd.Result one =
        nnd.run(
            "onnx", "check", file("m.onnx"), "--input", file("x.npz"), "--expect", file("one.npz"));
    assertEquals(1, one.code());
    assertTrue(one.out().contains("the output 'y' is "), one::out);
    assertTrue(one.out().contains(" at [0, 1], expected 1.0"), one::out);
  }

  @Test
  void filesAreNetworksInScripts() throws IOException {
    model("m.onnx", "MatMul");
    Nnd nnd = new Nnd(folder);
    String script =
        nnd.script(
            "train.nnd",
            """
            var m = importOnnx(Path.of("%s"));
            println(m.parameterCount());
            println(Arrays.toString(m.predict(new float[][] {{1, -2}}).toFloats()));
            var wider = model(sequential(OnnxNetwork.read(Path.of("%s")), relu(), dense(3)), InputSpec.of(2));
            println(wider.declared().stream().map(v -> v.path()).toList());
            """
                .formatted(file("m.onnx"), file("m.onnx")));
    Nnd.Result result = nnd.run("run", script);
    assertEquals(
        new Nnd.Result(0, "4\n[-5.0, 10.0]\n[0.W.weight, 2.weight, 2.bias]\n", ""), result);
  }

  @Test
  void wrongCommandsSaySo() throws IOException {
    model("m.onnx", "MatMul");
    Nnd nnd = new Nnd(folder);
    assertEquals(2, nnd.run("onnx").code());
    assertEquals(2, nnd.run("onnx", "check", file("m.onnx")).code());
    for (String option : List.of("--repeat=0", "--tolerance=-1", "--tolerance=NaN")) {
      Nnd.Result wrong = nnd.run("onnx", "check", file("m.onnx"), option);
      assertEquals(2, wrong.code());
      assertTrue(wrong.err().contains(option.substring(0, option.indexOf('='))), wrong::err);
    }
    Nnd.Result nowhere = nnd.run("onnx", "check", file("nowhere"));
    assertEquals(1, nowhere.code());
    assertTrue(nowhere.err().contains("nowhere: there is no such file or folder"), nowhere::err);
    Nnd.Result missing = nnd.run("onnx", "info", file("none.onnx"));
    assertEquals(1, missing.code());
    assertTrue(missing.err().contains("none.onnx: cannot be read"), missing::err);
  }
}
