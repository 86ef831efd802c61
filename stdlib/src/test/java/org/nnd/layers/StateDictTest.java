package org.nnd.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.activation;
import static org.nnd.layers.Layers.adaptiveAvgPool;
import static org.nnd.layers.Layers.attention;
import static org.nnd.layers.Layers.avgPool;
import static org.nnd.layers.Layers.avgPool1d;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.conv1d;
import static org.nnd.layers.Layers.conv3d;
import static org.nnd.layers.Layers.convTranspose;
import static org.nnd.layers.Layers.convTranspose1d;
import static org.nnd.layers.Layers.convTranspose3d;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.embedding;
import static org.nnd.layers.Layers.flatten;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.groupNorm;
import static org.nnd.layers.Layers.instanceNorm;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.maxPool;
import static org.nnd.layers.Layers.maxPool1d;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.softmax;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.format.Safetensors;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.model.LiteralFile;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.model.WeightReport;

/**
 * Modules of PyTorch's torch.nn: their state dicts load by name, nothing is missing or left over,
 * and the layers compute what the modules compute. The file, made by {@code layers.py} beside it,
 * has for each module its state dict, its inputs {@code NAME:x0, …} and its output {@code NAME:y}.
 */
class StateDictTest {
  private static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of("linear", dense(3)),
        Arguments.of("linearNoBias", dense(3).bias(false)),
        Arguments.of("conv1d", conv1d(6).kernel(3).stride(2).padding(1).dilation(2).groups(2)),
        Arguments.of("conv2d", conv(4).kernel(3, 5).stride(1, 2)),
        Arguments.of("conv3d", conv3d(4).kernel(3)),
        Arguments.of("depthwise", conv(8).kernel(3).groups(4)),
        Arguments.of("depthwiseSame", depthwise(3)),
        Arguments.of(
            "convTranspose1d",
            convTranspose1d(6).kernel(3).stride(2).padding(1).outputPadding(1).groups(2)),
        Arguments.of(
            "convTranspose2d",
            convTranspose(6).kernel(3, 2).stride(2, 3).padding(1, 0).dilation(2, 1)),
        Arguments.of("convTranspose3d", convTranspose3d(3).kernel(2).stride(2)),
        Arguments.of("batchNorm1d", batchNorm()),
        Arguments.of("batchNorm2d", batchNorm().eps(1e-3)),
        Arguments.of("batchNorm3d", batchNorm().affine(false)),
        Arguments.of("layerNorm", layerNorm()),
        Arguments.of("groupNorm", groupNorm(2)),
        Arguments.of("instanceNorm", instanceNorm().affine(true)),
        Arguments.of("embedding", embedding(7, 3)),
        Arguments.of("attention", attention(2)),
        Arguments.of("attentionNoBias", attention(2).bias(false)),
        Arguments.of("attentionContext", attention(2)),
        Arguments.of("attentionKdim", attention(2)),
        Arguments.of("attentionCausal", attention(2).causal()),
        Arguments.of("relu", relu()),
        Arguments.of("gelu", gelu()),
        Arguments.of("geluTanh", activation("gelu_tanh")),
        Arguments.of("silu", activation("silu")),
        Arguments.of("mish", activation("mish")),
        Arguments.of("elu", activation("elu")),
        Arguments.of("leakyRelu", activation("leaky_relu")),
        Arguments.of("sigmoid", activation("sigmoid")),
        Arguments.of("tanh", activation("tanh")),
        Arguments.of("softplus", activation("softplus")),
        Arguments.of("hardSwish", activation("hard_swish")),
        Arguments.of("softmax", softmax()),
        Arguments.of("maxPool", maxPool(3).stride(2).padding(1)),
        Arguments.of("avgPool", avgPool(3).stride(2).padding(1)),
        Arguments.of("adaptiveAvgPool", adaptiveAvgPool(3, 2)),
        Arguments.of("maxPoolDefault", maxPool(3)),
        Arguments.of("avgPoolDefault", avgPool(2)),
        Arguments.of("maxPool1d", maxPool1d(2)),
        Arguments.of("avgPool1d", avgPool1d(2)),
        Arguments.of(
            "block",
            sequential(
                conv(8).kernel(3).bias(false),
                batchNorm(),
                relu(),
                maxPool(2),
                conv(4).kernel(1),
                gelu(),
                adaptiveAvgPool(1, 1),
                flatten(),
                dense(3))));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theStateDictOfTheModule(String name, Layer layer) throws Exception {
    Path path = Path.of(StateDictTest.class.getResource("/torch/layers.safetensors").toURI());
    Safetensors file = Safetensors.open(path);
    Map<String, Literal> inputs = new LinkedHashMap<>();
    List<InputSpec> specs = new ArrayList<>();
    for (int i = 0; file.contains(name + ":x" + i); i++) {
      String stored = name + ":x" + i;
      boolean whole = file.entry(stored).type().name().startsWith("I");
      DType dtype = whole ? DType.I32 : DType.F32;
      Literal value = LiteralFile.read(file, stored, dtype);
      long[] shape = Arrays.stream(value.shape()).skip(1).asLongStream().toArray();
      specs.add(new InputSpec("x" + i, dtype, shape));
      inputs.put("x" + i, value);
    }
    Model model = Models.model(layer, specs.toArray(new InputSpec[0]));
    if (file.names().stream().anyMatch(stored -> stored.startsWith(name + "."))) {
      WeightReport report = model.load(path, Map.of(name, "")).complete();
      assertEquals(
          List.of(),
          report.unexpected().stream().filter(left -> left.startsWith(name + ".")).toList());
    }
    Literal actual = model.predict(inputs).values().iterator().next();
    Literal expected = LiteralFile.read(file, name + ":y", DType.F32);
    assertArrayEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toFloats(), actual.toFloats(), 1e-5f);
  }
}
