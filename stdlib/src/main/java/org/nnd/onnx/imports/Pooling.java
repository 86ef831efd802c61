package org.nnd.onnx.imports;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.onnx.ElementType;

/** Poolings over any number of spatial axes. */
final class Pooling {
  private Pooling() {}

  static Map<String, Lowered> operators() {
    return Map.ofEntries(
        Map.entry("MaxPool", Pooling::max),
        Map.entry("AveragePool", Pooling::average),
        Map.entry("LpPool", Pooling::lp),
        Map.entry("GlobalMaxPool", global(org.nnd.ir.composite.Pooling::globalMaxPool)),
        Map.entry("GlobalAveragePool", global(org.nnd.ir.composite.Pooling::globalAvgPool)),
        Map.entry("GlobalLpPool", Pooling::globalLp),
        Map.entry("MaxUnpool", Pooling::unpool),
        Map.entry("MaxRoiPool", Pooling::regions),
        Map.entry("RoiAlign", Pooling::aligned));
  }

  private static Node pictures(NodeScope scope) {
    Node x = scope.node(0);
    if (x.rank() < 3) {
      throw scope.error("the input is %s, expected [N, C, spatial axes]".formatted(x.type()));
    }
    return x;
  }

  private static List<Value> max(NodeScope scope) {
    Node x = pictures(scope);
    SlidingWindow sliding = WindowAttributes.pooling(scope, x.rank() - 2);
    Value largest = scope.like(0, Poolings.max(x, sliding));
    if (!scope.wants(1)) {
      return List.of(largest);
    }
    boolean columnMajor = scope.flag("storage_order", false);
    Node where = Poolings.argMax(x, sliding, columnMajor);
    return List.of(largest, scope.of(ElementType.INT64, where));
  }

  private static List<Value> average(NodeScope scope) {
    Node x = pictures(scope);
    SlidingWindow sliding = WindowAttributes.pooling(scope, x.rank() - 2);
    boolean countPadding = scope.flag("count_include_pad", false);
    return List.of(scope.like(0, Poolings.average(x, sliding, countPadding)));
  }

  private static List<Value> lp(NodeScope scope) {
    Node x = pictures(scope);
    SlidingWindow sliding = WindowAttributes.pooling(scope, x.rank() - 2);
    return List.of(scope.like(0, Poolings.lp(x, sliding, power(scope))));
  }

  private static List<Value> globalLp(NodeScope scope) {
    return List.of(scope.like(0, Poolings.globalLp(pictures(scope), power(scope))));
  }

  /** The exponent, a float in the first version and an integer since. */
  private static double power(NodeScope scope) {
    return scope.opset() < 2 ? scope.real("p", 2) : scope.integer("p", 2);
  }

  private static Lowered global(java.util.function.UnaryOperator<Node> pooling) {
    return scope -> {
      Node x = pictures(scope);
      return List.of(scope.like(0, Poolings.spaceOfOne(pooling.apply(x), x.rank())));
    };
  }

  private static List<Value> unpool(NodeScope scope) {
    Node x = pictures(scope);
    if (!x.shape().equals(scope.node(1).shape())) {
      throw scope.error(
          "the values are %s, their positions %s".formatted(x.shape(), scope.node(1).shape()));
    }
    SlidingWindow sliding = WindowAttributes.pooling(scope, x.rank() - 2);
    List<Integer> extents = Convolving.spatial(x.shape());
    Shape shape = x.shape();
    for (int i = 0; i < sliding.rank(); i++) {
      int padding = sliding.pads().get(i) + sliding.pads().get(i + sliding.rank());
      int before =
          (extents.get(i) - 1) * sliding.strides().get(i) + sliding.size().get(i) - padding;
      shape = shape.with(2 + i, Dim.of(before));
    }
    // Positions count through the shape that is asked for, as ONNX has it since version 1.16.
    if (scope.has(2)) {
      shape = new Shape(scope.extents(2));
    }
    return List.of(scope.like(0, Poolings.unpooled(x, scope.node(1), shape)));
  }

  private static List<Value> aligned(NodeScope scope) {
    Node x = pictures(scope);
    boolean halfPixel =
        scope.opset() >= 16
            && scope.text("coordinate_transformation_mode", "half_pixel").equals("half_pixel");
    int height = (int) scope.integer("output_height", 1);
    int width = (int) scope.integer("output_width", 1);
    int samples = (int) scope.integer("sampling_ratio", 0);
    double scale = scope.real("spatial_scale", 1);
    boolean largest = scope.text("mode", "avg").equals("max");
    RoiAlignment alignment =
        new RoiAlignment(height, width, samples, samples, scale, halfPixel, largest);
    Node regions = scope.node(1);
    Node examples = scope.node(2);
    Node result =
        samples > 0
            ? alignment.apply(x, regions, examples)
            : alignment.adaptive(x, regions, examples, scope.literal(1));
    return List.of(scope.like(0, result));
  }

  private static List<Value> regions(NodeScope scope) {
    Node x = pictures(scope);
    List<Integer> bins = WindowAttributes.integers(scope, "pooled_shape");
    double[] regions = scope.literal(1).toDoubles();
    double scale = scope.real("spatial_scale", 1);
    List<Node> pooled =
        IntStream.range(0, regions.length / 5)
            .mapToObj(
                r ->
                    Poolings.region(
                        x, java.util.Arrays.copyOfRange(regions, 5 * r, 5 * r + 5), bins, scale))
            .toList();
    if (pooled.isEmpty() || bins.size() != 2 || x.rank() != 4) {
      throw scope.unsupported("pooling of no regions, or of other than two spatial axes");
    }
    return List.of(scope.like(0, org.nnd.ir.Operations.concatenate(pooled, 0)));
  }
}
