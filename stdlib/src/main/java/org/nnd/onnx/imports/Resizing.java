package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;

/** Other sizes of axes: resizing and sampling. */
final class Resizing {
  private Resizing() {}

  static Map<String, Lowered> operators() {
    return Map.of(
        "Resize", Resizing::resize,
        "Upsample", Resizing::upsample,
        "GridSample", Resizing::gridSample);
  }

  private static List<Value> resize(NodeScope scope) {
    String mode = scope.text("mode", "nearest");
    if (scope.opset() < 11) {
      return List.of(byScales(scope, old(mode), scope.literal(1).toFloats()));
    }
    if (scope.flag("antialias", false)) {
      throw scope.unsupported("antialias");
    }
    if (!scope.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
      throw scope.unsupported("keep_aspect_ratio_policy");
    }
    ResizeRule rule =
        new ResizeRule(
            mode,
            scope.text("coordinate_transformation_mode", "half_pixel"),
            scope.text("nearest_mode", "round_prefer_floor"),
            scope.real("cubic_coeff_a", -0.75),
            scope.flag("exclude_outside", false),
            scope.real("extrapolation_value", 0));
    Optional<Literal> scales = filled(scope, 2);
    boolean sized = scope.has(3) && !scope.tensor(3).shape().count().is(0);
    if (scales.isPresent() == sized) {
      throw scope.error("expected are scales or sizes");
    }
    return List.of(
        scales.isPresent()
            ? byScales(scope, rule, scales.get().toFloats())
            : bySizes(scope, rule, scope.extents(3)));
  }

  /** An input that may be left out, or be there without elements. */
  private static Optional<Literal> filled(NodeScope scope, int i) {
    boolean empty = !scope.has(i) || scope.tensor(i).shape().count().is(0);
    return empty ? Optional.empty() : Optional.of(scope.literal(i));
  }

  /** The rule before opset 11. */
  private static ResizeRule old(String mode) {
    String now = mode.equals("bilinear") || mode.equals("trilinear") ? "linear" : mode;
    return new ResizeRule(now, "asymmetric", "simple", -0.75, false, 0);
  }

  private static List<Value> upsample(NodeScope scope) {
    ResizeRule rule = old(scope.text("mode", "nearest"));
    if (scope.opset() >= 9) {
      return List.of(byScales(scope, rule, scope.literal(1).toFloats()));
    }
    if (scope.opset() >= 7) {
      List<Float> scales =
          scope.reals("scales").orElseThrow(() -> scope.error("the attribute 'scales' is missing"));
      float[] array = new float[scales.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = scales.get(i);
      }
      return List.of(byScales(scope, rule, array));
    }
    float height = (float) scope.real("height_scale", 1);
    float width = (float) scope.real("width_scale", 1);
    return List.of(byScales(scope, rule, new float[] {1, 1, height, width}));
  }

  /** The axes that scales and sizes are for: all, or those of an attribute. */
  private static List<Integer> axes(NodeScope scope, int given) {
    int rank = scope.tensor(0).rank();
    List<Integer> axes =
        scope
            .integers("axes")
            .map(list -> scope.axes(list, rank))
            .orElseGet(() -> Operations.axes(rank));
    if (axes.size() != given) {
      throw scope.error("%d scales or sizes for %d axes".formatted(given, axes.size()));
    }
    return axes;
  }

  private static Value byScales(NodeScope scope, ResizeRule rule, float[] scales) {
    Node x = scope.node(0);
    List<ResizeRule.Axis> resized = new ArrayList<>();
    List<Integer> axes = axes(scope, scales.length);
    for (int i = 0; i < scales.length; i++) {
      int axis = axes.get(i);
      if (!(scales[i] > 0)) {
        throw scope.error("a scale is %s, expected a positive number".formatted(scales[i]));
      }
      boolean kept = scales[i] == 1 && !rule.coordinates().equals("tf_crop_and_resize");
      if (!kept && (scales[i] != 1 || x.shape().dim(axis).isFixed())) {
        // In single precision, as ONNX Runtime computes it.
        int size = (int) Math.floor((double) (x.shape().size(axis) * scales[i]));
        resized.add(along(scope, i, scales.length, axis, size, scales[i]));
      }
    }
    return scope.like(0, rule.apply(x, resized));
  }

  private static Value bySizes(NodeScope scope, ResizeRule rule, List<Dim> sizes) {
    Node x = scope.node(0);
    List<ResizeRule.Axis> resized = new ArrayList<>();
    List<Integer> axes = axes(scope, sizes.size());
    for (int i = 0; i < sizes.size(); i++) {
      int axis = axes.get(i);
      if (x.shape().dim(axis).isFixed() && sizes.get(i).isFixed()) {
        int size = sizes.get(i).fixed();
        float scale = size / (float) x.shape().size(axis);
        resized.add(along(scope, i, sizes.size(), axis, size, scale));
      } else if (!x.shape().dim(axis).equals(sizes.get(i))) {
        throw scope.unsupported(
            "axis %d of extent %s at the size %s"
                .formatted(axis, x.shape().dim(axis), sizes.get(i)));
      }
    }
    return scope.like(0, rule.apply(x, resized));
  }

  private static ResizeRule.Axis along(
      NodeScope scope, int i, int count, int axis, int size, float scale) {
    if (size < 1) {
      throw scope.error("axis %d would have the extent %d".formatted(axis, size));
    }
    boolean crops = scope.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize");
    if (!crops) {
      return new ResizeRule.Axis(axis, size, scale, 0, 1);
    }
    Literal region =
        filled(scope, 1).orElseThrow(() -> scope.error("the region of interest is missing"));
    if (region.count() != 2 * count) {
      throw scope.error(
          "the region of interest has %d numbers for %d axes".formatted(region.count(), count));
    }
    return new ResizeRule.Axis(
        axis, size, scale, (float) region.get(i), (float) region.get(count + i));
  }

  private static List<Value> gridSample(NodeScope scope) {
    Node x = scope.node(0);
    Node grid = scope.node(1);
    if (x.rank() != 4 || grid.rank() != 4 || !grid.shape().dim(3).is(2)) {
      throw scope.unsupported("sampling %s at %s".formatted(x.type(), grid.type()));
    }
    GridSampling sampling =
        new GridSampling(
            scope.text("mode", "bilinear"),
            scope.text("padding_mode", "zeros"),
            scope.flag("align_corners", false));
    return List.of(scope.like(0, sampling.apply(x, Operations.convert(grid, x.dtype()))));
  }
}
