package org.nnd.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.ir.NndException;

/** The networks have exactly as many parameters as the official implementations count. */
class ParameterCountTest {
  static Stream<Arguments> published() {
    return Stream.of(
        Arguments.of(Zoo.repLKNet31B(1000), 79_864_168L),
        Arguments.of(Zoo.repLKNet31L(1000), 172_671_016L),
        Arguments.of(Zoo.repLKNetXL(1000), 335_435_752L),
        Arguments.of(Zoo.uniRepLKNet("a", 1000), 4_649_060L),
        Arguments.of(Zoo.uniRepLKNet("f", 1000), 6_489_328L),
        Arguments.of(Zoo.uniRepLKNet("p", 1000), 11_080_520L),
        Arguments.of(Zoo.uniRepLKNet("n", 1000), 18_818_880L),
        Arguments.of(Zoo.uniRepLKNet("t", 1000), 31_693_420L),
        Arguments.of(Zoo.uniRepLKNet("s", 1000), 56_456_704L),
        Arguments.of(Zoo.uniRepLKNet("b", 1000), 99_089_416L),
        Arguments.of(Zoo.uniRepLKNet("l", 1000), 220_076_056L),
        Arguments.of(Zoo.uniRepLKNet("xl", 1000), 388_690_984L),
        Arguments.of(Zoo.convNeXt("t", 1000), 28_589_128L),
        Arguments.of(Zoo.convNeXt("s", 1000), 50_223_688L),
        Arguments.of(Zoo.convNeXt("b", 1000), 88_591_464L),
        Arguments.of(Zoo.convNeXt("l", 1000), 197_767_336L),
        Arguments.of(Zoo.convNeXt("xl", 1000), 350_196_968L),
        Arguments.of(Zoo.convNeXtV2("atto", 1000), 3_708_400L),
        Arguments.of(Zoo.convNeXtV2("femto", 1000), 5_233_240L),
        Arguments.of(Zoo.convNeXtV2("pico", 1000), 9_066_280L),
        Arguments.of(Zoo.convNeXtV2("nano", 1000), 15_623_800L),
        Arguments.of(Zoo.convNeXtV2("tiny", 1000), 28_635_496L),
        Arguments.of(Zoo.convNeXtV2("base", 1000), 88_717_800L),
        Arguments.of(Zoo.convNeXtV2("large", 1000), 197_956_840L),
        Arguments.of(Zoo.convNeXtV2("huge", 1000), 660_289_640L),
        Arguments.of(Zoo.inceptionNeXt("atto", 1000), 4_156_520L),
        Arguments.of(Zoo.inceptionNeXt("tiny", 1000), 28_055_680L),
        Arguments.of(Zoo.inceptionNeXt("small", 1000), 49_374_016L),
        Arguments.of(Zoo.inceptionNeXt("base", 1000), 86_672_136L),
        Arguments.of(Zoo.lsNet("t", 1000), 11_409_832L),
        Arguments.of(Zoo.lsNet("s", 1000), 16_146_304L),
        Arguments.of(Zoo.lsNet("b", 1000), 23_313_608L),
        Arguments.of(Zoo.lskNet("t"), 3_990_190L),
        Arguments.of(Zoo.lskNet("s"), 13_840_892L),
        Arguments.of(Zoo.skNet("next50", 1000), 27_479_784L),
        // Trockman and Kolter 2022, table 1, rounded there to 51.6, 21.1 and 24.4 million.
        Arguments.of(Zoo.convMixer(1536, 20, 1000), 51_625_960L),
        Arguments.of(Zoo.convMixer(768, 32, 1000).kernel(7).activation("relu"), 21_110_248L),
        Arguments.of(Zoo.convMixer(1024, 20, 1000).patch(14), 24_383_464L),
        // Kernel sharing's ConvMixer-256/16 for CIFAR-10.
        Arguments.of(Zoo.convMixer(256, 16, 10).patch(1), 1_409_034L),
        Arguments.of(Zoo.convMixer(256, 16, 10).patch(1).shared(true), 107_274L));
  }

  /** Counts published in millions: SLaK's dense networks, and timm's SKNets. */
  static Stream<Arguments> rounded() {
    return Stream.of(
        Arguments.of(Zoo.slak("t", 1000), 30.8, 0.05),
        Arguments.of(Zoo.slak("t", 1000).widthFactor(1.3), 50.7, 0.05),
        Arguments.of(Zoo.slak("s", 1000), 55.6, 0.05),
        Arguments.of(Zoo.slak("b", 1000), 95.7, 0.05),
        Arguments.of(Zoo.skNet("18", 1000), 11.96, 0.005),
        Arguments.of(Zoo.skNet("34", 1000), 22.28, 0.005),
        Arguments.of(Zoo.skNet("50", 1000), 25.80, 0.005));
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void countRoundsToThePublishedOne(Layer network, double millions, double within) {
    List<InputSpec> picture = List.of(InputSpec.of(3, 224, 224));
    long count = Lower.lower(network, picture, Mode.INFERENCE).parameterCount();
    assertEquals(millions, count / 1e6, within);
  }

  @ParameterizedTest
  @MethodSource("published")
  void countIsThePublishedOne(Layer network, long parameters) {
    List<InputSpec> picture = List.of(InputSpec.of(3, 224, 224));
    assertEquals(parameters, Lower.lower(network, picture, Mode.INFERENCE).parameterCount());
  }

  @Test
  void unknownSizesAndUnequalStagesAreRefused() {
    assertTrue(
        assertThrows(NndException.class, () -> Zoo.uniRepLKNet("m", 10))
            .getMessage()
            .startsWith(
                "uniRepLKNet: unknown size 'm', expected one of a, f, p, n, t, s, b, l, xl"));
    assertTrue(
        assertThrows(NndException.class, () -> Zoo.repLKNet31B(10).depths(1, 2))
            .getMessage()
            .startsWith(
                "repLKNet: expected positive numbers, as many for each option as there are stages,"
                    + " got [[31, 29, 27, 13], [1, 2], [128, 256, 512, 1024]]; declared at"
                    + " ParameterCountTest.java:"));
  }
}
