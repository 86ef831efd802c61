package org.nnd.layers.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.kernels.Kernels.ckConv;
import static org.nnd.layers.kernels.Kernels.dcls;
import static org.nnd.layers.kernels.Kernels.dclsTo;
import static org.nnd.layers.kernels.Kernels.flexConv;
import static org.nnd.layers.kernels.Kernels.gaussianConv;
import static org.nnd.layers.kernels.Kernels.hyperZzw;
import static org.nnd.layers.kernels.Kernels.longConv;
import static org.nnd.layers.kernels.Kernels.mgConv;
import static org.nnd.layers.kernels.Kernels.sgConv;
import static org.nnd.layers.kernels.Kernels.smpConv;
import static org.nnd.layers.kernels.Kernels.tcn;
import static org.nnd.layers.kernels.Kernels.terminator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.ir.NndException;

/** Wrong declarations and inputs, and what is said about each. */
class KernelErrorsTest {
  private record Wrong(Supplier<Layer> layer, InputSpec input, String message) {}

  private static final InputSpec SEQUENCE = InputSpec.of(3, 20);
  private static final InputSpec PICTURE = InputSpec.of(3, 9, 9);
  private static final List<Wrong> ALL = new ArrayList<>();

  private static void on(InputSpec input, Supplier<Layer> layer, String message) {
    ALL.add(new Wrong(layer, input, message));
  }

  static {
    on(
        SEQUENCE,
        () -> ckConv(0),
        "ckConv: the number of output channels must be at least 1, got 0");
    on(
        SEQUENCE,
        () -> ckConv(2).activation("Tanh"),
        "ckConv: unknown activation 'Tanh', expected one of Sine, ReLU, LeakyReLU, Swish");
    on(
        SEQUENCE,
        () -> ckConv(2).norm("GroupNorm"),
        "ckConv: unknown norm 'GroupNorm', expected BatchNorm, LayerNorm or none");
    on(
        PICTURE,
        () -> ckConv(2),
        "at: ckConv expects [N, C, ...] with 1 spatial axes, got [N, 3, 9, 9] (rank 4)");
    on(SEQUENCE, () -> smpConv(0), "smpConv: the kernel must be at least 1, got 0");
    on(
        SEQUENCE,
        () -> smpConv(5),
        "at: smpConv expects [N, C, ...] with 2 spatial axes, got [N, 3, 20] (rank 3)");
    on(
        PICTURE,
        () -> dcls(3, 5, 5).version("v2"),
        "dcls: unknown version 'v2', expected one of v0, v1, max, gauss");
    on(
        PICTURE,
        () -> dclsTo(4, 3, 5, 5).groups(3),
        "dcls: 3 groups do not divide 4 output channels");
    on(
        PICTURE,
        () -> dclsTo(4, 3, 5, 5).groups(2),
        "at: dcls: 2 groups do not divide 3 input channels");
    on(
        PICTURE,
        () -> dcls(3, 5, 5).paddingMode("mirror"),
        "dcls: unknown padding mode 'mirror', expected one of zeros, reflect, replicate, circular");
    on(
        PICTURE,
        () -> dcls(3, 21, 21).paddingMode("reflect"),
        "at: dcls: reflect padding of 10 needs at least 11 samples, axis 2 of [N, 3, 9, 9] has 9");
    on(PICTURE, () -> dcls(3), "dcls: expected 1 to 3 kernel sizes, one per axis, got 0");
    on(
        SEQUENCE,
        () -> sgConv(64).mode("cat_sine"),
        "sgConv: unknown mode 'cat_sine', expected cat or sum, then randn or cos, then any of"
            + " nearest, learnable, fixed, joined by _");
    on(
        SEQUENCE,
        () -> sgConv(64).postact("maxout"),
        "sgConv: unknown postact 'maxout', expected one of none, id, identity, linear, tanh, relu,"
            + " gelu, swish, silu, sigmoid, softplus, sqrelu");
    on(SEQUENCE, () -> longConv(20).lam(-1), "longConv: lam must not be negative, got -1.0");
    on(
        SEQUENCE,
        () -> longConv(20).smoothing(4),
        "longConv: the smoothing window must be odd, got 4");
    on(
        SEQUENCE,
        () -> longConv(20).butterfly(12),
        "butterfly: the largest block must be a power of two, got 12");
    on(
        SEQUENCE,
        () -> longConv(20).causal(false).butterfly(4),
        "at: longConv: butterfly transforms are for causal kernels");
    on(
        SEQUENCE,
        () -> flexConv(2).threshold(1),
        "flexConv: threshold must lie between 0 and 1, got 1.0");
    on(SEQUENCE, () -> flexConv(2).size(8), "flexConv: the kernel's size must be odd, got 8");
    on(
        PICTURE,
        () -> flexConv(2).causal(true),
        "at: flexConv: causal is for sequences [N, C, L], got [N, 3, 9, 9]");
    on(
        PICTURE,
        () -> gaussianConv(2, 3).covariance("round"),
        "gaussianConv: unknown covariance 'round', expected one of spherical, diagonal, full");
    on(
        PICTURE,
        () -> gaussianConv(2, 3).dynamic().reach(8),
        "gaussianConv: a dynamic Gaussian reaches at most 5 pixels, got 8");
    on(PICTURE, () -> hyperZzw().size(4), "hyperZzw: the local kernel's size must be odd, got 4");
    on(
        PICTURE,
        () -> terminator(2, 1, 4).kernels(3, 6),
        "terminator: a local kernel must be odd, got 6");
    on(
        SEQUENCE,
        () -> mgConv(2).sweeps(1, 1, 1, 1, 1),
        "at: mgConv: 5 levels need at least 32 samples along every axis, got [N, 3, 20]");
    on(
        PICTURE,
        () -> mgConv(2).sweeps(1, 1).boundary("circular"),
        "at: mgConv: with a circular boundary, 2 levels need multiples of 2 samples, got [N, 3, 9,"
            + " 9]");
    on(
        SEQUENCE,
        () -> tcn(1, 2).controls(2),
        "at: tcn: expected two inputs, [N, C, L] and [N, 2], got 1 inputs");
    on(
        SEQUENCE,
        () -> tcn(1, 12).growth(10).stack(12),
        "at: tcn: growth 10 to the power 11 is too large a dilation; take a smaller growth or stack");
  }

  @TestFactory
  Stream<DynamicTest> sayWhatIsWrongAndWhatWouldBeValid() {
    return ALL.stream()
        .map(
            wrong ->
                dynamicTest(
                    wrong.message,
                    () ->
                        assertEquals(
                            wrong.message,
                            assertThrows(
                                    NndException.class,
                                    () ->
                                        Lower.lower(
                                            sequential(named("at", wrong.layer.get())),
                                            List.of(wrong.input),
                                            Mode.TRAINING))
                                .getMessage()
                                .replaceFirst("; declared at .*", ""))));
  }
}
