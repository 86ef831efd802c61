package org.nnd.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.input;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;
import static org.nnd.layers.Layers.activation;
import static org.nnd.layers.Layers.adaptiveAvgPool;
import static org.nnd.layers.Layers.attention;
import static org.nnd.layers.Layers.avgPool;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.convTranspose;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.dilatedReparamBlock;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.embedding;
import static org.nnd.layers.Layers.flatten;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.grn;
import static org.nnd.layers.Layers.groupNorm;
import static org.nnd.layers.Layers.inceptionNeXtBlock;
import static org.nnd.layers.Layers.maxPool;
import static org.nnd.layers.Layers.mlp;
import static org.nnd.layers.Layers.permute;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.reshape;
import static org.nnd.layers.Layers.squeezeExcite;
import static org.nnd.layers.Layers.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;

/**
 * The kinds of wrong declaration and what is said about each: the path of the layer, what was met
 * and expected, where it was declared.
 */
class ShapeErrorsTest {
  private static final InputSpec PICTURE = InputSpec.of(3, 28, 28);
  private static final InputSpec VECTOR = InputSpec.of(784);
  private static final InputSpec TOKENS = InputSpec.of(49, 30);
  private static final InputSpec INDICES = new InputSpec("x", DType.I32, 5);

  /** A wrong network, what it gets, and the message up to the place of declaration. */
  private record Wrong(String name, Supplier<Layer> net, List<InputSpec> inputs, String message) {}

  private static final List<Wrong> ALL = new ArrayList<>();

  private static void on(InputSpec input, String name, Supplier<Layer> net, String message) {
    ALL.add(new Wrong(name, net, List.of(input), message));
  }

  /** Refused as soon as it is declared, whatever the input. */
  private static void declared(String name, Supplier<Layer> net, String message) {
    on(PICTURE, name, net, message);
  }

  static {
    // When the network meets its input.
    on(
        VECTOR,
        "rank of a convolution's input",
        () -> sequential(relu(), named("stem", conv(8))),
        "stem: conv expects [N, C, H, W] (rank 4), got [N, 784] (rank 2)");
    on(
        PICTURE,
        "groups that do not divide the input channels",
        () -> sequential(named("dw", conv(8).groups(2))),
        "dw: conv: 2 groups do not divide 3 input channels");
    on(
        PICTURE,
        "kernel larger than the input",
        () -> sequential(conv(8).kernel(31).padding("valid")),
        "0: conv: the kernel [31, 31] is larger than the input [N, 3, 28, 28] with padding [0, 0]");
    on(
        PICTURE,
        "dilated kernel larger than the input",
        () -> depthwise(15).dilation(4).padding(3),
        "depthwise: the kernel [15, 15] with dilation [4, 4] is larger than the input"
            + " [N, 3, 28, 28] with padding [3, 3]");
    on(
        PICTURE,
        "a path of several names",
        () ->
            sequential(
                named("stem", conv(16)),
                named("stages", repeat(2, sequential(named("dw", conv(9).groups(3)))))),
        "stages.0.dw: conv: 3 groups do not divide 16 input channels");
    on(
        PICTURE,
        "integers for a convolution",
        () -> layer("cast", x -> conv(8).apply(x.cast(DType.I32))),
        "0: conv expects floating-point numbers, got i32[N, 3, 28, 28]; cast the input first");
    on(
        INDICES,
        "integers for a dense layer",
        () -> dense(3),
        "dense expects floating-point numbers, got i32[N, 5]; cast the input first");
    on(
        VECTOR,
        "floating-point numbers for an embedding",
        () -> embedding(100, 16),
        "embedding expects i32, got f32[N, 784]");
    on(
        PICTURE,
        "batch norm of channels in groups that do not divide",
        () -> groupNorm(2),
        "groupNorm: 2 groups do not divide 3 channels");
    on(
        InputSpec.of(),
        "dense layer without features",
        () -> dense(3),
        "dense expects [N, …, features] (rank 2 or more), got [N] (rank 1)");
    on(
        InputSpec.of(),
        "batch norm without channels",
        () -> batchNorm(),
        "batchNorm expects [N, C, …] (rank 2 or more), got [N] (rank 1)");
    on(
        TOKENS,
        "heads that do not divide the features",
        () -> named("attn", attention(4)),
        "attn: attention: 4 heads do not divide 30 features");
    on(
        PICTURE,
        "attention to a picture",
        () -> attention(3),
        "attention expects tokens [N, length, features] (rank 3), got [N, 3, 28, 28] (rank 4)");
    ALL.add(
        new Wrong(
            "mask that does not fit",
            () -> attention(3),
            List.of(TOKENS, new InputSpec("mask", DType.BOOL, 7)),
            "attention: the mask [N, 7] does not fit the scores [N, heads, queries, keys]"
                + " = [N, 3, 49, 49]"));
    ALL.add(
        new Wrong(
            "mask of numbers",
            () -> attention(3),
            List.of(TOKENS, new InputSpec("mask", DType.F32, 49)),
            "attention: the mask expects bool, got f32[N, 49]"));
    ALL.add(
        new Wrong(
            "causal attention to a context of another length",
            () -> attention(3).causal(),
            List.of(TOKENS, new InputSpec("context", DType.F32, 7, 30)),
            "attention: causal attention wants as many queries as keys, got 49 and 7"));
    on(
        TOKENS,
        "tokens of what has no positions",
        () -> sequential(flatten(), tokens()),
        "1: tokens expects [N, C, spatial…] (rank 3 or more), got [N, 1470] (rank 2)");
    on(
        VECTOR,
        "global pooling of vectors",
        () -> globalAvgPool(),
        "globalAvgPool expects [N, C, spatial…] (rank 3 or more), got [N, 784] (rank 2)");
    on(
        PICTURE,
        "pooling window larger than the input",
        () -> maxPool(29),
        "maxPool: the kernel [29, 29] is larger than the input [N, 3, 28, 28] with padding [0, 0]");
    on(
        PICTURE,
        "padding of more than half a pooling window",
        () -> maxPool(3).padding(2),
        "maxPool: padding [2, 2] is more than half the kernel [3, 3]");
    on(
        TOKENS,
        "adaptive pooling of another rank",
        () -> adaptiveAvgPool(7, 7),
        "adaptiveAvgPool expects [N, C, spatial…] (rank 4), got [N, 49, 30] (rank 3)");
    on(
        VECTOR,
        "reshape of another number of elements",
        () -> reshape(3, 16, 16),
        "reshape: examples of the shape [784] do not fill [3, 16, 16]");
    on(
        TOKENS,
        "permutation of another rank",
        () -> permute(0, 2, 3, 1),
        "permute expects axes [0, 2, 3, 1] (rank 4), got [N, 49, 30] (rank 3)");
    on(
        VECTOR,
        "global response normalisation of vectors",
        () -> grn(),
        "grn expects [N, …, C] (rank 3 or more), got [N, 784] (rank 2)");
    on(
        PICTURE,
        "residual that changes the shape",
        () -> sequential(residual(conv(8))),
        "0: residual: the layer turns [N, 3, 28, 28] into [N, 8, 28, 28], the shortcut gives"
            + " [N, 3, 28, 28]; they must be equal");
    on(
        PICTURE,
        "branches of unequal shapes",
        () -> sequential(parallel(conv(4), conv(5)).sum()),
        "0: parallel: the branches give [N, 4, 28, 28] and [N, 5, 28, 28]; they must be equal");
    on(
        PICTURE,
        "branches that cannot be concatenated",
        () -> sequential(parallel(conv(4), conv(4).stride(2)).concat(1)),
        "0: concat along axis 1: f32[N, 4, 28, 28] and f32[N, 4, 14, 14] differ in another axis"
            + " or in type");
    on(
        PICTURE,
        "an unknown input",
        () -> sequential(input("picture"), conv(3)),
        "0: input: there is no tensor 'picture' here, only [x]");
    ALL.add(
        new Wrong(
            "two tensors for a layer of one",
            () -> sequential(conv(3)),
            List.of(PICTURE, new InputSpec("y", DType.F32, 3)),
            "0: expected one tensor, got 2 [x, y]"));
    on(
        PICTURE,
        "two layers of one name",
        () -> sequential(named("a", conv(3)), named("a", conv(3))),
        "a: the variable 'a.weight' is declared twice; name the two layers apart with named(…), or"
            + " use one set of weights with share(…)");
    on(
        PICTURE,
        "shared weights of unequal shapes",
        () -> sequential(share("w", conv(4)), share("w", conv(4))),
        "w: the shared variable 'w.weight' has the type f32[4, 4, 3, 3] here and f32[4, 3, 3, 3]"
            + " where it was used first");
    on(
        PICTURE,
        "too few channels to squeeze",
        () -> squeezeExcite(),
        "squeezeExcite: 3 channels cannot be reduced by 16");
    on(
        PICTURE,
        "too few channels to split",
        () -> inceptionNeXtBlock(),
        "token_mixer: inceptionNeXtBlock: the branch ratio 0.125 leaves no channel of 3");
    on(
        VECTOR,
        "large-kernel block of vectors",
        () -> sequential(named("blocks", repeat(2, repLKBlock(13)))),
        "blocks.0: repLKBlock expects [N, C, H, W] (rank 4), got [N, 784] (rank 2)");
    on(
        PICTURE,
        "transposed convolution that leaves nothing",
        () -> convTranspose(3).kernel(1).stride(1).padding(14),
        "convTranspose: nothing is left of [N, 3, 28, 28], got [N, 3, 0, 0]");
    on(
        PICTURE,
        "shapes that do not broadcast",
        () -> layer("net", x -> x.add(x.slice(3, 0, 5))),
        "add: the shapes [N, 3, 28, 28] and [N, 3, 28, 5] do not broadcast, axis -1 has 28 and 5");
    on(
        PICTURE,
        "element types that differ",
        () -> layer("net", x -> x.add(x.cast(DType.I32))),
        "add: the element types of f32[N, 3, 28, 28] and i32[N, 3, 28, 28] differ; cast one of"
            + " them");
    on(
        PICTURE,
        "an axis that is not there",
        () -> layer("net", x -> x.sum(4)),
        "sum: there is no axis 4 in a tensor of rank 4");
    on(
        VECTOR,
        "matrix product of unequal inner extents",
        () -> layer("net", x -> x.matmul(x.reshape(-1, 28, 28))),
        "matmul: [N, 784] has 784 columns, [N, 28, 28] has 28 rows");

    // As soon as it is declared.
    declared(
        "negative number of channels",
        () -> conv(-8),
        "conv: the number of output channels must be at least 1, got -8");
    declared(
        "no outputs", () -> dense(0), "dense: the number of outputs must be at least 1, got 0");
    declared(
        "negative kernel",
        () -> conv(8).kernel(-3),
        "conv: kernel must be at least 1 along every axis, got [-3]");
    declared(
        "kernel of another rank",
        () -> conv(8).kernel(3, 3, 3),
        "conv: kernel wants 1 or 2 sizes, got [3, 3, 3]");
    declared(
        "stride 0",
        () -> conv(8).stride(0),
        "conv: stride must be at least 1 along every axis, got [0]");
    declared(
        "negative padding",
        () -> conv(8).padding(-1),
        "conv: padding must not be negative, got -1");
    declared(
        "unknown padding",
        () -> conv(8).padding("equal"),
        "conv: unknown padding 'equal', expected one of same, valid");
    declared(
        "even kernel with padding same",
        () -> conv(8).kernel(4).padding("same"),
        "conv: padding \"same\" needs odd kernels, got [4, 4]; give the padding as a number");
    declared(
        "groups that do not divide the output channels",
        () -> conv(8).groups(3),
        "conv: 3 groups do not divide 8 output channels");
    declared(
        "groups of a depthwise convolution",
        () -> depthwise(3).groups(2),
        "depthwise: every channel is a group of its own");
    declared(
        "even large kernel", () -> repLKBlock(12), "repLKBlock: the kernel must be odd, got 12");
    declared(
        "small kernel larger than the large one",
        () -> repLKBlock(7).small(9),
        "repLKBlock: the small kernel 9 is larger than the kernel 7");
    declared(
        "kernel without dilated branches",
        () -> dilatedReparamBlock(31),
        "dilatedReparamBlock: the kernel must be one of [5, 7, 9, 11, 13, 15, 17], got 31");
    declared(
        "no heads", () -> attention(0), "attention: the number of heads must be at least 1, got 0");
    declared(
        "dropout of everything",
        () -> dropout(1),
        "dropout: the rate must be at least 0 and below 1, got 1.0");
    declared(
        "negative eps",
        () -> batchNorm().eps(-1),
        "batchNorm: eps must be a positive number, got -1.0");
    declared(
        "momentum out of range",
        () -> batchNorm().momentum(1.5),
        "batchNorm: momentum must lie between 0 and 1, got 1.5");
    declared(
        "unknown activation",
        () -> activation("swish"),
        "activation: unknown function 'swish', expected one of relu, relu6, leaky_relu, gelu,"
            + " gelu_tanh, silu, mish, elu, selu, sigmoid, hard_sigmoid, hard_swish, tanh,"
            + " softplus, sin, cos, exp, gaussian");
    declared(
        "unknown activation of a block",
        () -> mlp(4).activation("none"),
        "activation: unknown function 'none', expected one of relu, relu6, leaky_relu, gelu,"
            + " gelu_tanh, silu, mish, elu, selu, sigmoid, hard_sigmoid, hard_swish, tanh,"
            + " softplus, sin, cos, exp, gaussian");
    declared(
        "pooling window of nothing",
        () -> avgPool(0),
        "avgPool: kernel must be at least 1 along every axis, got [0]");
    declared(
        "negative size",
        () -> reshape(3, -2),
        "reshape: sizes must not be negative, but for one -1 to be worked out; got [3, -2]");
    declared(
        "permutation of the batch",
        () -> permute(1, 0, 2, 3),
        "permute: expected the axes 0 (the batch) to 3 in another order, got [1, 0, 2, 3]");
    declared(
        "negative count",
        () -> repeat(-1, relu()),
        "repeat: the count must not be negative, got -1");
    declared(
        "a name with a space",
        () -> named("my layer", relu()),
        "named: 'my layer' is no name: expected names without spaces, joined by dots");
    declared(
        "one name for many",
        () -> repeat(2, named("block", relu())),
        "repeat: all 2 layers would be called 'block'; put the name outside: named(…, repeat(…))");
    declared(
        "as many outputs as names",
        () -> parallel(dense(2), dense(3)).outputs("logits"),
        "parallel: 1 output names [logits] for 2 branches");
  }

  @TestFactory
  Stream<DynamicTest> everyWrongDeclarationIsExplained() {
    return ALL.stream().map(wrong -> dynamicTest(wrong.name(), () -> check(wrong)));
  }

  private static void check(Wrong wrong) {
    NndException error =
        assertThrows(
            NndException.class,
            () -> Lower.lower(wrong.net().get(), wrong.inputs(), Mode.TRAINING));
    String message = error.getMessage();
    assertEquals(
        wrong.message() + "; declared at ShapeErrorsTest.java:", message.replaceFirst("\\d+$", ""));
    assertTrue(message.matches("(?s).*:\\d+"), message);
  }

  @Test
  void theKindsHaveNamesOfTheirOwn() {
    assertEquals(ALL.size(), ALL.stream().map(Wrong::name).distinct().count());
    assertTrue(ALL.size() >= 30);
  }

  @Test
  void theLineIsThatOfTheLayerNotOfTheNetwork() {
    int before = new Throwable().getStackTrace()[0].getLineNumber();
    Layer wrong = conv(8).groups(2);
    Layer net = sequential(relu(), inline(wrong));
    String message =
        assertThrows(NndException.class, () -> Lower.lower(net, List.of(PICTURE), Mode.INFERENCE))
            .getMessage();
    assertTrue(message.endsWith("ShapeErrorsTest.java:" + (before + 1)), message);
  }
}
