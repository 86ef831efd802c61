package org.nnd.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;

/** Variables have the names and shapes of the official state dicts, from the stem to the head. */
class PublishedNamesTest {
  static Stream<Arguments> networks() {
    return Stream.of(
        names(
            Zoo.inceptionNeXt("atto", 1000),
            "stem.0.weight [40, 3, 4, 4]",
            "stem.1.running_mean [40]",
            "stages.0.blocks.1.token_mixer.dwconv_w.weight [10, 1, 1, 9]",
            "stages.1.downsample.0.weight [40]",
            "stages.1.downsample.1.weight [80, 40, 2, 2]",
            "stages.3.blocks.1.mlp.fc2.weight [320, 960, 1, 1]",
            "stages.3.blocks.1.gamma [320]",
            "head.fc1.weight [960, 320]",
            "head.norm.bias [960]",
            "head.fc2.bias [1000]"),
        names(
            Zoo.slak("t", 1000),
            "downsample_layers.0.0.weight [96, 3, 4, 4]",
            "downsample_layers.1.1.weight [192, 96, 2, 2]",
            "stages.0.2.large_kernel.LoRA1.conv.weight [96, 1, 51, 5]",
            "stages.2.8.large_kernel.LoRA2.bn.running_var [384]",
            "stages.3.0.large_kernel.small_conv.conv.weight [768, 1, 5, 5]",
            "stages.3.2.pwconv1.weight [3072, 768]",
            "stages.3.2.gamma [768]",
            "norm.weight [768]",
            "head.weight [1000, 768]"),
        names(
            Zoo.lsNet("t", 1000),
            "patch_embed.0.c.weight [16, 3, 3, 3]",
            "patch_embed.4.bn.weight [64]",
            "blocks2.0.c.weight [64, 1, 3, 3]",
            "blocks2.1.c.weight [128, 64, 1, 1]",
            "blocks2.2.mixer.conv.c.weight [128, 1, 3, 3]",
            "blocks2.2.mixer.conv1.bn.running_var [128]",
            "blocks2.2.se.fc1.weight [32, 128, 1, 1]",
            "blocks2.3.mixer.lkp.cv4.weight [144, 64, 1, 1]",
            "blocks2.3.ffn.m.pw2.c.weight [128, 256, 1, 1]",
            "blocks4.3.mixer.m.qkv.c.weight [512, 384, 1, 1]",
            "blocks4.3.mixer.m.attention_biases [4, 16]",
            "blocks4.3.mixer.m.proj.1.bn.weight [384]",
            "blocks4.3.mixer.m.dw.c.weight [64, 1, 3, 3]",
            "head.bn.running_mean [384]",
            "head.l.weight [1000, 384]"),
        names(
            Zoo.lskNet("t"),
            "patch_embed1.proj.weight [32, 3, 7, 7]",
            "patch_embed4.norm.running_mean [256]",
            "block1.2.layer_scale_1 [32]",
            "block3.4.attn.spatial_gating_unit.conv_spatial.weight [160, 1, 7, 7]",
            "block4.1.mlp.dwconv.dwconv.weight [1024, 1, 3, 3]",
            "norm4.weight [256]"),
        names(
            Zoo.skNet("next50", 1000),
            "conv1.weight [64, 3, 7, 7]",
            "bn1.weight [64]",
            "layer1.0.conv1.conv.weight [128, 64, 1, 1]",
            "layer1.0.conv2.paths.1.conv.weight [128, 4, 3, 3]",
            "layer1.0.conv2.attn.fc_reduce.weight [32, 128, 1, 1]",
            "layer1.0.downsample.0.weight [256, 64, 1, 1]",
            "layer1.0.downsample.1.running_var [256]",
            "layer4.2.conv3.bn.weight [2048]",
            "fc.bias [1000]"),
        names(
            Zoo.convMixer(256, 2, 10).patch(2),
            "0.weight [256, 3, 2, 2]",
            "2.running_mean [256]",
            "3.0.fn.0.weight [256, 1, 9, 9]",
            "4.0.fn.2.weight [256]",
            "4.1.weight [256, 256, 1, 1]",
            "4.3.weight [256]",
            "7.weight [10, 256]"));
  }

  private static Arguments names(Layer network, String... variables) {
    return Arguments.of(network, List.of(variables));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void namesAreTheOfficialOnes(Layer network, List<String> variables) {
    Map<String, String> declared =
        Lower.lower(network, List.of(InputSpec.of(3, 224, 224)), Mode.INFERENCE)
            .variables()
            .stream()
            .collect(Collectors.toMap(v -> v.path(), v -> v.type().shape().toString()));
    for (String variable : variables) {
      String path = variable.substring(0, variable.indexOf(' '));
      assertEquals(
          variable, path + " " + declared.getOrDefault(path, "is not among " + declared.keySet()));
    }
  }
}
