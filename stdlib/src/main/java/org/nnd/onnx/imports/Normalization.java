package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.composite.Noise;
import org.nnd.ir.composite.Normalizations;
import org.nnd.onnx.ElementType;

/** Normalisations, the softmax family and dropout. */
final class Normalization {
  private Normalization() {}

  static Map<String, Lowered> operators() {
    return Map.ofEntries(
        Map.entry("BatchNormalization", Normalization::batch),
        Map.entry("InstanceNormalization", Normalization::instance),
        Map.entry("LayerNormalization", Normalization::layer),
        Map.entry("GroupNormalization", Normalization::group),
        Map.entry("RMSNormalization", Normalization::rootMeanSquare),
        Map.entry("LRN", Normalization::localResponse),
        Map.entry("LpNormalization", Normalization::byNorm),
        Map.entry("MeanVarianceNormalization", Normalization::meanVariance),
        Map.entry("Softmax", softmaxLike(Normalizing::softmax)),
        Map.entry("LogSoftmax", softmaxLike(Normalizing::logSoftmax)),
        Map.entry("Hardmax", softmaxLike(Normalizing::hardmax)),
        Map.entry("Dropout", Normalization::dropout));
  }

  private static List<Value> batch(NodeScope scope) {
    Node x = scope.node(0);
    if (x.rank() < 1) {
      throw scope.error("the input is a scalar");
    }
    Node scale = parameter(scope, 1, x);
    Node shift = parameter(scope, 2, x);
    Node mean = parameter(scope, 3, x);
    Node variance = parameter(scope, 4, x);
    double eps = scope.real("epsilon", 1e-5);
    if (!isTraining(scope)) {
      scope.buffer(3);
      scope.buffer(4);
      Node result = Normalizing.batchInference(x, scale, shift, mean, variance, eps);
      return List.of(scope.like(0, result));
    }
    double momentum = scope.real("momentum", 0.9);
    Normalizing.Training training =
        Normalizing.batchTraining(x, scale, shift, mean, variance, eps, momentum);
    List<Value> results = new ArrayList<>();
    results.add(scope.like(0, training.output()));
    for (Node statistic :
        List.of(training.newMean(), training.newVariance(), training.mean(), training.variance())) {
      results.add(scope.like(3, Operations.convert(statistic, scope.node(3).dtype())));
    }
    return results;
  }

  /** Before opset 14 training shows in the number of results, in the first versions in is_test. */
  private static boolean isTraining(NodeScope scope) {
    if (scope.opset() >= 14) {
      return scope.flag("training_mode", false);
    }
    return scope.opset() < 7
        ? !scope.flag("is_test", false) && scope.outputs() > 1
        : scope.outputs() > 1;
  }

  private static Node parameter(NodeScope scope, int i, Node x) {
    Node parameter = scope.node(i);
    Shape channels = x.rank() > 1 ? x.shape().slice(1, 2) : x.shape();
    boolean fits =
        parameter.shape().equals(channels)
            || scope.opset() < 9
                && x.rank() > 1
                && parameter.shape().equals(x.shape().slice(1, x.rank()));
    if (!fits) {
      throw scope.error(
          "input %d is %s for an input %s, expected one number for each channel"
              .formatted(i, parameter.type(), x.type()));
    }
    return Operations.convert(parameter, x.dtype());
  }

  private static List<Value> instance(NodeScope scope) {
    Node x = scope.node(0);
    double eps = scope.real("epsilon", 1e-5);
    return List.of(
        scope.like(
            0, Normalizing.instance(x, parameter(scope, 1, x), parameter(scope, 2, x), eps)));
  }

  private static List<Value> layer(NodeScope scope) {
    Node x = scope.node(0);
    int axis = scope.axis(scope.integer("axis", -1), x.rank());
    double eps = scope.real("epsilon", 1e-5);
    // Statistics are computed, and given, in the type of stash_type: f32.
    Node wide = x.dtype() == DType.F64 ? x : Operations.convert(x, DType.F32);
    Node scale = Operations.convert(scope.node(1), wide.dtype());
    Node shift =
        scope
            .optionalNode(2)
            .map(given -> Operations.convert(given, wide.dtype()))
            .orElseGet(() -> Operations.full(scale.type(), 0));
    Normalizing.Layer layer = Normalizing.layer(wide, scale, shift, axis, eps);
    return List.of(
        scope.like(0, Operations.convert(layer.output(), x.dtype())),
        Value.Symbolic.of(layer.mean()),
        Value.Symbolic.of(layer.inverseDeviation()));
  }

  /** Scale and shift are one number for each group in the first version, for each channel later. */
  private static List<Value> group(NodeScope scope) {
    Node x = scope.node(0);
    int groups = Math.toIntExact(scope.integer("num_groups"));
    if (x.rank() < 2 || groups < 1 || !x.shape().dim(1).isDivisibleBy(Dim.of(groups))) {
      throw scope.error("%d groups of an input %s".formatted(groups, x.type()));
    }
    Node result =
        Normalizations.groupNorm(
            x,
            perChannel(scope, 1, x, groups),
            perChannel(scope, 2, x, groups),
            groups,
            scope.real("epsilon", 1e-5));
    return List.of(scope.like(0, result));
  }

  private static Node perChannel(NodeScope scope, int i, Node x, int groups) {
    Node given = Operations.convert(scope.node(i), x.dtype());
    Dim channels = x.shape().dim(1);
    Dim wanted = scope.opset() < 21 ? Dim.of(groups) : channels;
    if (!given.shape().equals(Shape.of(wanted))) {
      throw scope.error("input %d is %s, expected %s numbers".formatted(i, given.type(), wanted));
    }
    if (wanted.equals(channels)) {
      return given;
    }
    Shape split = Shape.of(Dim.of(groups), channels.dividedBy(groups));
    return Operations.reshape(Operations.broadcast(given, split, List.of(0)), Shape.of(channels));
  }

  private static List<Value> rootMeanSquare(NodeScope scope) {
    Node x = scope.node(0);
    int axis = scope.axis(scope.integer("axis", -1), x.rank());
    Node wide = x.dtype() == DType.F64 ? x : Operations.convert(x, DType.F32);
    Node result =
        Normalizing.rootMeanSquare(
            wide,
            Operations.convert(scope.node(1), wide.dtype()),
            axis,
            scope.real("epsilon", 1e-5));
    return List.of(scope.like(0, Operations.convert(result, x.dtype())));
  }

  private static List<Value> localResponse(NodeScope scope) {
    Node x = scope.node(0);
    int size = Math.toIntExact(scope.integer("size"));
    if (size < 1 || x.rank() < 2) {
      throw scope.error("size %d of an input %s".formatted(size, x.type()));
    }
    return List.of(
        scope.like(
            0,
            Normalizing.localResponse(
                x,
                size,
                scope.real("alpha", 1e-4),
                scope.real("beta", 0.75),
                scope.real("bias", 1))));
  }

  private static List<Value> byNorm(NodeScope scope) {
    Node x = scope.node(0);
    int axis = scope.axis(scope.integer("axis", -1), x.rank());
    int p = (int) scope.integer("p", 2);
    if (p != 1 && p != 2) {
      throw scope.error("p is %d, expected 1 or 2".formatted(p));
    }
    return List.of(scope.like(0, Normalizing.byNorm(x, axis, p)));
  }

  private static List<Value> meanVariance(NodeScope scope) {
    Node x = scope.node(0);
    // The first version told its axes apart by whether channels are taken together.
    List<Long> otherwise =
        scope.flag("across_channels", false) ? List.of(0L, 1L, 2L, 3L) : List.of(0L, 2L, 3L);
    List<Integer> axes = scope.axes(scope.integers("axes").orElse(otherwise), x.rank());
    boolean byVariance = scope.flag("normalize_variance", true);
    return List.of(scope.like(0, Normalizing.meanVariance(x, axes, byVariance)));
  }

  private static Lowered softmaxLike(Normalizing.AlongAxis function) {
    return scope -> {
      Node x = scope.node(0);
      boolean trailing = scope.opset() < 13;
      long given = scope.integer("axis", trailing ? 1 : -1);
      if (!trailing) {
        return List.of(scope.like(0, function.apply(x, scope.axis(given, x.rank()))));
      }
      int axis = given == x.rank() ? x.rank() : scope.axis(given, x.rank());
      Node result =
          axis == x.rank() - 1
              ? function.apply(x, axis)
              : Normalizing.overTrailing(x, axis, function);
      return List.of(scope.like(0, result));
    };
  }

  private static List<Value> dropout(NodeScope scope) {
    Node x = scope.node(0);
    double ratio =
        scope.opset() < 12 ? scope.real("ratio", 0.5) : scope.has(1) ? scope.number(1) : 0.5;
    boolean training =
        scope.opset() >= 12 && scope.has(2)
            ? scope.number(2) != 0
            : scope.opset() < 7 && !scope.flag("is_test", false);
    // The mask was of the input's type before it became bool.
    ElementType maskType = scope.opset() < 10 ? scope.type(0) : ElementType.BOOL;
    Node kept;
    Node output;
    if (!training || ratio == 0) {
      kept = Operations.full(x.type().withDType(DType.BOOL), 1);
      output = x;
    } else {
      Node seed = Operations.scalar(DType.I32, (int) scope.integer("seed", 0));
      Node step = Operations.scalar(DType.I32, 0);
      Node noise = Noise.uniform(seed, step, x.shape(), scope.stream(), 0);
      kept = Operations.compare(Comparison.GE, noise, ratio);
      Node scaled = Operations.multiply(x, ratio < 1 ? 1 / (1 - ratio) : 0);
      output = Operations.select(kept, scaled, Operations.full(x.type(), 0));
    }
    Node mask = Operations.convert(kept, scope.storage(maskType));
    return List.of(scope.like(0, output), scope.of(maskType, mask));
  }
}
