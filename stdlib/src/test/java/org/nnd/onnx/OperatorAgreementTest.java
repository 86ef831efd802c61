package org.nnd.onnx;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** Attributes of operators, varied beyond ONNX's own cases, mean what ONNX Runtime does. */
class OperatorAgreementTest {
  private static final Map<String, Object> NONE = Map.of();

  @TempDir Path folder;

  private final Random random = new Random(4);

  private Literal normal(int... shape) {
    Literal zeros = Literal.zeros(DType.F32, shape);
    float[] values = new float[zeros.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Literal.of(values, shape);
  }

  private Literal bytes(DType dtype, int... shape) {
    byte[] values = new byte[Literal.zeros(dtype, shape).count()];
    random.nextBytes(values);
    return new Literal(dtype, shape, values);
  }

  private static Literal byteScalar(DType dtype, int value) {
    return new Literal(dtype, new int[0], new byte[] {(byte) value});
  }

  private static Literal scalar(double value) {
    return Literal.of(new float[] {(float) value});
  }

  private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private void agree(
      long opset, String operator, int outputs, Map<String, Object> attributes, Literal... x) {
    SmallModel model = SmallModel.of(opset, operator, outputs, attributes, x);
    RuntimeAgreement.check(model, folder, operator + " " + attributes);
  }

  @Test
  void convolutions() {
    List<Map<String, Object>> variants =
        List.of(
            NONE,
            Map.of("strides", List.of(2, 3), "pads", List.of(1, 0, 2, 1)),
            Map.of("dilations", List.of(2, 1), "pads", List.of(1, 1, 1, 1)),
            Map.of("auto_pad", "SAME_UPPER", "strides", List.of(2, 2)),
            Map.of("auto_pad", "SAME_LOWER", "strides", List.of(2, 2)),
            Map.of("auto_pad", "VALID"),
            Map.of("group", 2),
            Map.of("group", 4));
    for (Map<String, Object> variant : variants) {
      int groups = (int) variant.getOrDefault("group", 1);
      agree(15, "Conv", 1, variant, normal(2, 4, 7, 8), normal(8, 4 / groups, 3, 2), normal(8));
    }
    agree(15, "Conv", 1, Map.of("dilations", List.of(2)), normal(2, 4, 9), normal(6, 4, 3));
    agree(15, "Conv", 1, NONE, normal(1, 2, 5, 6, 4), normal(4, 2, 2, 3, 2));
  }

  @Test
  void transposedConvolutions() {
    List<Map<String, Object>> variants =
        List.of(
            NONE,
            Map.of("strides", List.of(2, 2), "output_padding", List.of(1, 1)),
            Map.of("strides", List.of(2, 2), "pads", List.of(1, 0, 1, 2)),
            Map.of("dilations", List.of(2, 1)),
            Map.of("strides", List.of(3, 2), "output_shape", List.of(10, 9)),
            Map.of("strides", List.of(3, 2), "output_shape", List.of(8, 8)),
            Map.of(
                "strides", List.of(3, 2), "output_shape", List.of(8, 8), "auto_pad", "SAME_UPPER"),
            Map.of("strides", List.of(2, 2), "auto_pad", "SAME_UPPER"),
            Map.of("strides", List.of(2, 2), "auto_pad", "SAME_LOWER"));
    for (Map<String, Object> variant : variants) {
      agree(15, "ConvTranspose", 1, variant, normal(2, 4, 3, 4), normal(4, 3, 3, 3), normal(3));
    }
    Map<String, Object> grouped = Map.of("group", 2, "strides", List.of(2, 1));
    agree(15, "ConvTranspose", 1, grouped, normal(2, 4, 3, 4), normal(4, 3, 3, 3), normal(6));
    agree(15, "ConvTranspose", 1, NONE, normal(1, 2, 3, 2, 3), normal(2, 2, 2, 3, 2));
  }

  @Test
  void integerConvolutions() {
    Map<String, Object> padded = Map.of("pads", List.of(1, 1, 1, 1));
    Literal x = bytes(DType.U8, 1, 2, 5, 5);
    Literal kernel = bytes(DType.U8, 4, 2, 3, 3);
    Literal zero = byteScalar(DType.U8, 100);
    agree(15, "ConvInteger", 1, padded, x, kernel, zero, byteScalar(DType.U8, 3));
    Literal bias = Literal.of(new int[] {-40, 30, 2, 11}, 4);
    agree(
        15,
        "QLinearConv",
        1,
        padded,
        x,
        scalar(0.02),
        zero,
        kernel,
        scalar(0.01),
        byteScalar(DType.U8, 110),
        scalar(0.6),
        byteScalar(DType.U8, 128),
        bias);
    agree(
        15,
        "QLinearConv",
        1,
        Map.of("strides", List.of(2, 2)),
        x,
        scalar(0.02),
        zero,
        bytes(DType.I8, 2, 2, 3, 3),
        Literal.of(new float[] {0.02f, 0.07f}, 2),
        new Literal(DType.I8, new int[] {2}, new byte[2]),
        scalar(3.6),
        byteScalar(DType.U8, 128));
  }

  @Test
  void poolings() {
    List<Map<String, Object>> variants =
        List.of(
            NONE,
            Map.of("strides", List.of(2, 2), "pads", List.of(1, 1, 0, 1)),
            Map.of("strides", List.of(2, 2), "ceil_mode", 1),
            Map.of("strides", List.of(3, 3), "ceil_mode", 1, "pads", List.of(1, 1, 1, 1)),
            Map.of("strides", List.of(3, 2), "ceil_mode", 1),
            Map.of("auto_pad", "SAME_UPPER", "strides", List.of(2, 2)),
            Map.of("auto_pad", "SAME_LOWER", "strides", List.of(2, 2)));
    Map<String, Object> size = Map.of("kernel_shape", List.of(3, 2));
    for (Map<String, Object> variant : variants) {
      Literal x = normal(2, 3, 8, 9);
      Map<String, Object> attributes = with(size, variant);
      agree(15, "MaxPool", 2, attributes, x);
      agree(15, "AveragePool", 1, attributes, x);
      agree(15, "AveragePool", 1, with(attributes, Map.of("count_include_pad", 1)), x);
      if (!variant.containsKey("ceil_mode")) {
        agree(15, "LpPool", 1, with(attributes, Map.of("p", 3)), x);
      }
    }
    Map<String, Object> dilated =
        Map.of("dilations", List.of(2, 2), "pads", List.of(1, 1, 1, 1), "storage_order", 1);
    agree(15, "MaxPool", 2, with(size, dilated), normal(2, 3, 8, 9));
    agree(15, "GlobalLpPool", 1, Map.of("p", 3), normal(2, 3, 4, 5));
    Map<String, Object> unpooling = Map.of("kernel_shape", List.of(2, 2), "strides", List.of(2, 2));
    Literal places = Literal.of(new long[] {5, 7, 13, 15}, 1, 1, 2, 2);
    Literal shape = Literal.of(new long[] {1, 1, 5, 5}, 4);
    agree(15, "MaxUnpool", 1, unpooling, normal(1, 1, 2, 2), places);
    agree(15, "MaxUnpool", 1, unpooling, normal(1, 1, 2, 2), places, shape);
  }

  @Test
  void regions() {
    Literal regions = Literal.of(new float[] {0, 0, 9, 9, 1, 2, 5.5f, 7.2f, -2, 3, 4, 12}, 3, 4);
    Literal examples = Literal.of(new long[] {0, 1, 1}, 3);
    for (String mode : List.of("avg", "max")) {
      for (String coordinates : List.of("half_pixel", "output_half_pixel")) {
        for (int samples : new int[] {0, 2}) {
          Map<String, Object> attributes =
              Map.of(
                  "mode",
                  mode,
                  "coordinate_transformation_mode",
                  coordinates,
                  "sampling_ratio",
                  samples,
                  "output_height",
                  3,
                  "output_width",
                  4,
                  "spatial_scale",
                  0.9);
          agree(16, "RoiAlign", 1, attributes, normal(2, 3, 10, 10), regions, examples);
        }
      }
    }
    Literal boxes = Literal.of(new float[] {0, 0, 0, 7, 7, 1, 6, 6, 7, 7}, 2, 5);
    Map<String, Object> bins = Map.of("pooled_shape", List.of(3, 2), "spatial_scale", 1.0);
    agree(15, "MaxRoiPool", 1, bins, normal(2, 3, 8, 8), boxes);
  }

  @Test
  void normalisations() {
    Literal variance = Literal.of(new float[] {0.5f, 1, 2}, 3);
    agree(
        9,
        "BatchNormalization",
        1,
        NONE,
        normal(2, 3, 4),
        normal(3),
        normal(3),
        normal(3),
        variance);
    agree(
        15,
        "BatchNormalization",
        3,
        Map.of("training_mode", 1, "momentum", 0.8),
        normal(2, 3, 4, 5),
        normal(3),
        normal(3),
        normal(3),
        variance);
    agree(15, "InstanceNormalization", 1, NONE, normal(2, 3, 7), normal(3), normal(3));
    agree(
        17,
        "LayerNormalization",
        3,
        Map.of("axis", 2, "epsilon", 0.01),
        normal(2, 3, 4, 5),
        normal(4, 5),
        normal(4, 5));
    agree(15, "LRN", 1, Map.of("size", 5, "alpha", 0.1, "bias", 1.5), normal(2, 7, 3, 4));
    agree(15, "LpNormalization", 1, Map.of("p", 1, "axis", 1), normal(2, 3, 4));
    for (String operator : List.of("Softmax", "LogSoftmax", "Hardmax")) {
      for (int opset : new int[] {11, 13}) {
        agree(opset, operator, 1, Map.of("axis", 1), normal(2, 3, 4));
      }
    }
  }

  @Test
  void resizing() {
    List<String> coordinates =
        List.of(
            "half_pixel",
            "pytorch_half_pixel",
            "align_corners",
            "asymmetric",
            "tf_crop_and_resize");
    Literal region = Literal.of(new float[] {0, 0, 0.2f, -0.1f, 1, 1, 0.8f, 1.3f}, 8);
    for (String mode : List.of("nearest", "linear", "cubic")) {
      for (String transformation : coordinates) {
        for (float[] scales : new float[][] {{1, 1, 2, 3}, {1, 1, 0.6f, 2.5f}}) {
          Map<String, Object> attributes =
              Map.of(
                  "mode",
                  mode,
                  "coordinate_transformation_mode",
                  transformation,
                  "extrapolation_value",
                  9.0,
                  "cubic_coeff_a",
                  -0.5,
                  "exclude_outside",
                  mode.equals("cubic") ? 1 : 0);
          agree(13, "Resize", 1, attributes, normal(1, 2, 5, 4), region, Literal.of(scales, 4));
        }
      }
    }
    Literal sizes = Literal.of(new long[] {1, 1, 8, 3}, 4);
    for (String rule : List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")) {
      agree(13, "Resize", 1, Map.of("nearest_mode", rule), normal(1, 1, 5, 7), null, null, sizes);
    }
    Literal old = Literal.of(new float[] {1, 1, 2, 0.6f}, 4);
    agree(10, "Resize", 1, Map.of("mode", "linear"), normal(1, 1, 4, 4), old);
  }

  @Test
  void samples() {
    Literal grid = normal(2, 4, 3, 2);
    for (String mode : List.of("nearest", "bilinear", "bicubic")) {
      for (String padding : List.of("zeros", "border", "reflection")) {
        for (int corners : new int[] {0, 1}) {
          Map<String, Object> attributes =
              Map.of("mode", mode, "padding_mode", padding, "align_corners", corners);
          agree(16, "GridSample", 1, attributes, normal(2, 3, 5, 6), grid);
        }
      }
    }
  }

  @Test
  void losses() {
    Literal targets = Literal.of(new long[] {0, 4, 2, 2, 1, 3}, 3, 2);
    Literal weights = Literal.of(new float[] {1, 0.5f, 2, 0.1f, 3}, 5);
    for (String reduction : List.of("none", "sum", "mean")) {
      Map<String, Object> attributes = Map.of("reduction", reduction, "ignore_index", 2);
      agree(13, "NegativeLogLikelihoodLoss", 1, attributes, normal(3, 5, 2), targets, weights);
      agree(13, "SoftmaxCrossEntropyLoss", 2, attributes, normal(3, 5, 2), targets, weights);
    }
  }

  @Test
  void signals() {
    Literal length = Literal.of(new long[] {10});
    agree(17, "DFT", 1, Map.of("axis", 1, "inverse", 1), normal(2, 7, 2), length);
    agree(17, "DFT", 1, Map.of("axis", 1, "onesided", 1), normal(2, 9, 1));
    agree(
        17,
        "STFT",
        1,
        NONE,
        normal(2, 32, 1),
        Literal.of(new long[] {4}),
        Literal.of(new float[] {0.1f, 0.5f, 1, 1, 1, 0.5f, 0.2f, 0.1f}, 8));
    for (String window : List.of("HannWindow", "HammingWindow", "BlackmanWindow")) {
      agree(17, window, 1, Map.of("periodic", 0), Literal.of(new long[] {9}));
      agree(17, window, 1, NONE, Literal.of(new long[] {9}));
    }
  }
}
