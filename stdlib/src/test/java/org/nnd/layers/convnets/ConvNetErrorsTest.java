package org.nnd.layers.convnets;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.Layers.sparse;
import static org.nnd.layers.convnets.ConvNets.lsConv;
import static org.nnd.layers.convnets.ConvNets.lsNetBlock;
import static org.nnd.layers.convnets.ConvNets.lskBlock;
import static org.nnd.layers.convnets.ConvNets.lskNetBlock;
import static org.nnd.layers.convnets.ConvNets.recConv;
import static org.nnd.layers.convnets.ConvNets.selectiveKernel;
import static org.nnd.layers.convnets.ConvNets.shiftwiseConv;
import static org.nnd.layers.convnets.ConvNets.skUnit;
import static org.nnd.layers.convnets.ConvNets.slakBlock;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.ir.NndException;
import org.nnd.zoo.Zoo;

/** Bad options: which one, what was given, what is possible. */
class ConvNetErrorsTest {
  private static Arguments wrong(Supplier<Layer> layer, String message) {
    return Arguments.of(layer, message);
  }

  static Stream<Arguments> all() {
    return Stream.of(
        wrong(
            () -> selectiveKernel(8).kernels(3, 4),
            "selectiveKernel: expected two or more odd kernels of at least 3, got [3, 4]"),
        wrong(
            () -> selectiveKernel(8).kernels(3, 5, 7).split(true),
            "selectiveKernel: 3 paths do not divide 8 channels"),
        wrong(() -> selectiveKernel(0), "selectiveKernel: the number of output channels must be"),
        wrong(
            () -> skUnit(8).stride(2),
            "skUnit: with 8 channels in and out there is no projection, and stride 2 does not fit"),
        wrong(() -> skUnit(12).groups(5), "feas.2: skUnit: 5 groups do not divide 6 channels"),
        wrong(() -> lsConv().small(4), "lsConv: the small kernel must be odd, got 4"),
        wrong(
            () -> lsConv().share(3),
            "lsConv: 3 channels that share a kernel do not divide 8 channels"),
        wrong(() -> slakBlock(8), "slakBlock: the kernel must be odd, got 8"),
        wrong(
            () -> slakBlock(7).small(9),
            "slakBlock: the small kernel must not be larger than the kernel 7, got 9"),
        wrong(
            () -> shiftwiseConv(9).unchanged(0.99),
            "shiftwiseConv: a share 0.99 unchanged leaves no channel of 8"),
        wrong(() -> shiftwiseConv(9).small(11), "shiftwiseConv: the small kernel must not be"),
        wrong(() -> recConv().levels(-1), "recConv: the number of levels must not be negative"),
        wrong(() -> lskNetBlock().mlpRatio(0), "lskNetBlock: the MLP ratio must be a positive"),
        wrong(() -> lsNetBlock().attention(0, 2), "lsNetBlock: the number of features of a key"),
        wrong(() -> sparse(lskBlock(), 1), "sparse: the sparsity must be at least 0 and below 1"),
        wrong(() -> Zoo.slak("l", 10), "slak: unknown size 'l', expected one of t, s, b"),
        wrong(() -> Zoo.lsNet("m", 10), "lsNet: unknown size 'm', expected one of t, s, b"),
        wrong(() -> Zoo.inceptionNeXt("t", 10), "inceptionNeXt: unknown size 't', expected one"),
        wrong(() -> Zoo.convMixer(8, 2, 0), "convMixer: the number of classes must be at least 1"),
        wrong(() -> Zoo.convMixer(8, 2, 5).kernel(4), "convMixer: the kernel must be odd, got 4"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isRefused(Supplier<Layer> layer, String message) {
    NndException error =
        assertThrows(
            NndException.class,
            () -> Lower.lower(layer.get(), List.of(InputSpec.of(8, 9, 9)), Mode.TRAINING));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }
}
