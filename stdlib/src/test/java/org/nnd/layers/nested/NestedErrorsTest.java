package org.nnd.layers.nested;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.nested.Nested.choice;
import static org.nnd.layers.nested.Nested.elastic;
import static org.nnd.layers.nested.Nested.elasticDepthwise;
import static org.nnd.layers.nested.Nested.elasticKernel;
import static org.nnd.layers.nested.Nested.full;
import static org.nnd.layers.nested.Nested.headAttention;
import static org.nnd.layers.nested.Nested.matryoshka;
import static org.nnd.layers.nested.Nested.prefixes;
import static org.nnd.layers.nested.Nested.projectionHead;
import static org.nnd.layers.nested.Nested.subnet;
import static org.nnd.layers.nested.Nested.supernet;
import static org.nnd.layers.nested.Reference.normal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;

/** Wrong declarations of nested layers, and what is said about each. */
class NestedErrorsTest {
  private static final Map<String, Executable> WRONG = new LinkedHashMap<>();

  private static void on(Literal x, Layer layer, String message) {
    WRONG.put(message, () -> Reference.lower(layer, x, Mode.TRAINING));
  }

  static {
    Literal vector = normal(1, 2, 6);
    Literal picture = normal(1, 2, 3, 5, 5);
    Layer net = elastic(choice("width", 2, 4), w -> dense(w));

    WRONG.put(
        "matryoshka: the number of outputs must be at least 1, got 0", () -> matryoshka(0, 2));
    WRONG.put("matryoshka: no widths given, expected such as 8, 16, 32", () -> matryoshka(3));
    WRONG.put(
        "matryoshka: the widths must be positive and ascending, got [4, 2]",
        () -> matryoshka(3, 4, 2));
    WRONG.put(
        "matryoshka: the widths must be positive and ascending, got [2, 2]",
        () -> matryoshka(3, 2, 2));
    WRONG.put("matryoshka: there is no width 3 among [2, 4]", () -> matryoshka(3, 2, 4).only(3));
    WRONG.put("prefixes: the widths must be positive and ascending, got [0]", () -> prefixes(0));
    on(
        vector,
        named("head", matryoshka(3, 2, 8)),
        "head: matryoshka: the width 8 is larger than the 6 features of the input");
    on(vector, prefixes(2, 7), "prefixes: the width 7 is larger than the 6 features of the input");
    on(
        picture,
        headAttention(2, 3),
        "headAttention expects [N, length, features] (rank 3), got [N, 3, 5, 5] (rank 4)");
    WRONG.put(
        "headAttention: the size of a head must be at least 1, got 0", () -> headAttention(1, 0));
    WRONG.put(
        "projectionHead: the bottleneck must be at least 1, got 0", () -> projectionHead(2, 0, 3));

    WRONG.put(
        "choice 'a': the widths must be positive and ascending, got [3, 1]",
        () -> choice("a", 3, 1));
    WRONG.put("croppedConv: kernel must be odd, got 4", () -> elasticDepthwise(choice("k", 3, 4)));
    WRONG.put(
        "elasticKernel: the number of output channels must be at least 1, got 0",
        () -> elasticKernel(choice("k", 3), 0));
    on(
        vector,
        elasticDepthwise(choice("k", 3)),
        "croppedConv expects [N, C, H, W] (rank 4), got [N, 6] (rank 2)");
    WRONG.put(
        "the network has no choice 'depth', expected one of [width]",
        () -> subnet(net, full().with("depth", 1)));
    WRONG.put(
        "the choice 'width' has no size 3, expected one of [2, 4]",
        () -> subnet(net, full().with("width", 3)));
    WRONG.put("a choice has two sizes in", () -> full().with("width", 2).with("width", 4));
    WRONG.put("supernet: no configurations given", () -> supernet(net, List.of()));
    WRONG.put(
        "must differ from each other and from the full one", () -> supernet(net, List.of(full())));
    WRONG.put(
        "supernet: epsilon must lie between 0 and 1, got 2.0",
        () -> supernet(net, List.of(full().with("width", 2))).rising(2, 5));
    WRONG.put(
        "the choice 'width' has the sizes [2, 4] in one place and [2, 5] in another",
        () -> Elastics.choices(sequential(net, elastic(choice("width", 2, 5), w -> dense(w)))));
    WRONG.put(
        "sample: the number of configurations must be at least 1, got 0",
        () -> Elastics.sample(net, 0, 1));
    // Sizes that fall with the choice are no leading blocks.
    on(
        vector,
        subnet(elastic(choice("size", 1, 2), s -> dense(9 - s)), full().with("size", 1)),
        "the smaller network's variable 'weight' is f64[8, 6], which is no leading block of the"
            + " larger one's f64[7, 6]");
    on(
        vector,
        subnet(
            elastic(choice("kind", 1, 2), s -> s == 2 ? dense(3) : sequential(dense(3))),
            full().with("kind", 1)),
        "the smaller network has a variable '0.weight' that the larger one does not have");
    WRONG.put(
        "extract: the weights have nothing for 'weight', which is f64[2, 6]",
        () ->
            Extraction.extract(
                net, List.of(Reference.spec("x", vector)), full().with("width", 2), Map.of()));
  }

  @TestFactory
  Stream<DynamicTest> wrongDeclarationsAreToldApart() {
    return WRONG.entrySet().stream()
        .map(
            wrong ->
                dynamicTest(wrong.getKey(), () -> assertRefused(wrong.getKey(), wrong.getValue())));
  }
}
