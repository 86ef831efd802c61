package org.nnd.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.nnd.dsl.Combinators.checkpoint;
import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.convBn;
import static org.nnd.layers.Layers.convFfn;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.dilatedReparamBlock;
import static org.nnd.layers.Layers.dropPath;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.globalMaxPool;
import static org.nnd.layers.Layers.layerScale;
import static org.nnd.layers.Layers.maxPool;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.repVggBlock;
import static org.nnd.layers.Layers.reparamLargeKernelConv;
import static org.nnd.layers.Layers.tokens;
import static org.nnd.layers.Layers.uniRepLKBlock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.LayerReport;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.ReferenceEvaluator;

/** A merged network computes what the trained one does, with as few norms as can be. */
class MergeTest {
  private static final List<InputSpec> INPUTS = List.of(InputSpec.of(4, 9, 9));

  /** A network, and how many batch norms and convolutions are left of it. */
  private record Case(String name, Layer net, int norms, int convs) {}

  private static final List<Case> CASES =
      List.of(
          new Case("conv and norm", sequential(conv(6).kernel(3), batchNorm(), relu()), 0, 1),
          new Case("norm without affine", sequential(conv(6), batchNorm().affine(false)), 0, 1),
          new Case("conv, norm, scale", sequential(conv(6), batchNorm(), layerScale(0.5)), 0, 1),
          new Case("groups and stride", convBn(conv(8).groups(2).stride(2)), 0, 1),
          new Case("function in between", sequential(conv(6), relu(), batchNorm()), 1, 1),
          new Case("norm before 1x1", sequential(batchNorm(), conv(6).kernel(1), gelu()), 0, 1),
          new Case("norm before padding", sequential(batchNorm(), conv(6).kernel(3)), 1, 1),
          new Case(
              "norm before grouped conv without padding",
              sequential(relu(), batchNorm(), conv(6).kernel(3).groups(2).padding("valid")),
              0,
              1),
          new Case(
              "norm before pooling and head",
              sequential(relu(), batchNorm(), globalAvgPool(), dense(3)),
              0,
              0),
          new Case(
              "norm before the largest", sequential(batchNorm(), globalMaxPool(), dense(3)), 1, 0),
          new Case(
              "dense and norm of vectors",
              sequential(globalAvgPool(), dense(5), batchNorm(), relu(), dense(2)),
              0,
              0),
          new Case(
              "dense and norm of tokens: over the tokens, not the features",
              sequential(tokens(), dense(81), batchNorm()),
              1,
              0),
          new Case("sizes of kernels", parallel(conv(6).kernel(3), conv(6).kernel(1)), 0, 1),
          new Case(
              "dilations and identity",
              parallel(
                  depthwise(7),
                  depthwise(3).dilation(2).bias(false),
                  sequential(depthwise(3), batchNorm()),
                  batchNorm(),
                  identity()),
              0,
              1),
          new Case(
              "grouped identity",
              parallel(conv(4).groups(2), sequential(identity(), batchNorm())),
              0,
              1),
          new Case(
              "kernels with unequal sides",
              parallel(depthwise(3).kernel(5, 3), depthwise(3).kernel(3, 7)),
              0,
              1),
          new Case(
              "bands across each other stay two, the square joins one of them",
              parallel(
                  sequential(depthwise(3).kernel(9, 3), batchNorm()),
                  named("across", sequential(depthwise(3).kernel(3, 9), batchNorm())),
                  sequential(depthwise(3), batchNorm()),
                  batchNorm()),
              0,
              2),
          new Case(
              "some branches of a sum",
              parallel(
                  conv(4).kernel(1), sequential(conv(4), relu()), conv(4), identity(), maxPool(1)),
              0,
              2),
          new Case(
              "sums within sums",
              parallel(
                  sequential(parallel(depthwise(5), depthwise(3).dilation(2)), batchNorm()),
                  residual(sequential(depthwise(3), batchNorm(), layerScale(0.5))),
                  sequential(batchNorm(), layerScale(2))),
              0,
              1),
          new Case("scale before padding", sequential(relu(), layerScale(2), conv(4)), 0, 1),
          new Case("mask", Layers.sparse(sequential(conv(4), batchNorm()), 0.5), 0, 1),
          new Case("residual of a conv", residual(sequential(depthwise(5), batchNorm())), 0, 1),
          new Case(
              "strided branches",
              parallel(conv(4).stride(2), sequential(conv(4).kernel(1).stride(2), batchNorm())),
              0,
              1),
          new Case("centres apart", parallel(conv(4).kernel(2).stride(2), maxPool(2)), 0, 1),
          new Case(
              "even kernels of unequal size",
              parallel(
                  conv(4).kernel(4).stride(2).padding(1), conv(4).kernel(2).stride(2).padding(0)),
              0,
              1),
          new Case("branch with a function", parallel(conv(4), sequential(conv(4), relu())), 0, 2),
          new Case("large kernel", reparamLargeKernelConv(7).small(3), 0, 1),
          new Case("dilated branches", dilatedReparamBlock(9), 0, 1),
          new Case("RepVGG", repVggBlock(4), 0, 1),
          new Case("RepVGG with stride", repVggBlock(6).stride(2).groups(2), 0, 1),
          new Case("RepLK block", repLKBlock(7).small(3).ratio(1.5).dropPath(0.2), 0, 3),
          new Case(
              "network of blocks",
              sequential(
                  named("stem", sequential(convBn(conv(8).stride(2)), gelu())),
                  repeat(2, sequential(repLKBlock(5).small(3), convFfn())),
                  batchNorm(),
                  globalAvgPool(),
                  dense(3)),
              0,
              11),
          new Case("UniRepLKNet block", uniRepLKBlock(7), 0, 3),
          new Case(
              "inside code",
              layer("net", x -> x.add(sequential(conv(4), batchNorm()).apply(x).relu())),
              0,
              1),
          new Case(
              "checkpointed", checkpoint(sequential(conv(4), batchNorm(), dropPath(0.5))), 0, 1),
          new Case(
              "shared",
              sequential(
                  share("s", sequential(depthwise(3), batchNorm())),
                  relu(),
                  share("s", sequential(depthwise(3), batchNorm()))),
              0,
              2),
          new Case(
              "norms apart behind shared weights",
              sequential(
                  share("s", depthwise(3)), batchNorm(), share("s", depthwise(3)), batchNorm()),
              2,
              2));

  @TestFactory
  Stream<DynamicTest> mergingChangesNothing() {
    return CASES.stream().map(c -> dynamicTest(c.name(), () -> check(c)));
  }

  private static void check(Case c) {
    Lowered before = Lower.lower(c.net(), INPUTS, Mode.INFERENCE);
    Map<String, Literal> trained = trained(before);
    Merged merged = Merge.merge(c.net(), INPUTS, trained);
    Lowered after = Lower.lower(merged.layer(), INPUTS, Mode.INFERENCE);

    assertEquals(c.norms(), count(after, "batchNorm"), merged.layer().describe());
    assertEquals(
        c.convs(), count(after, "conv") + count(after, "depthwise"), merged.layer().describe());
    assertEquals(paths(after), new TreeSet<>(merged.weights().keySet()));
    Map<String, Literal> input = Map.of("x", random(new Random(5), -1, 1, 2, 4, 9, 9));
    double[] expected =
        ReferenceEvaluator.evaluate(before.graph(), 2, input, trained)
            .outputs()
            .get("y")
            .toDoubles();
    double[] got =
        ReferenceEvaluator.evaluate(after.graph(), 2, input, merged.weights())
            .outputs()
            .get("y")
            .toDoubles();
    assertEquals(expected.length, got.length);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - got[i]));
    }
    assertTrue(error <= 1e-5 * largest, error + " of " + largest);
  }

  private static long count(Lowered lowered, String kind) {
    return lowered.layers().stream().map(LayerReport::kind).filter(kind::equals).count();
  }

  private static TreeSet<String> paths(Lowered lowered) {
    return lowered.variables().stream()
        .map(Variable::path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Variables as after some training: none at a value that hides a mistake. */
  private static Map<String, Literal> trained(Lowered lowered) {
    Random random = new Random(3);
    Map<String, Literal> values = new LinkedHashMap<>();
    for (Variable variable : lowered.variables()) {
      boolean positive = variable.path().endsWith("running_var");
      int[] shape = variable.type().shape().at(1);
      values.put(variable.path(), random(random, positive ? 0.5 : -1, positive ? 2 : 1, shape));
    }
    return values;
  }

  private static Literal random(Random random, double low, double high, int... shape) {
    float[] values = new float[Literal.zeros(DType.F32, shape).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return Literal.of(values, shape);
  }
}
