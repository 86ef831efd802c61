package org.nnd.layers.nested;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.layers.Conv;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * A convolution of {@code [N, C, H, W]} whose kernel is the centre of a larger one, transformed by
 * a learned matrix at each step down (once-for-all, Cai et al. 2020, section 3.2 and figure 3):
 * with sizes 3, 5, 7 the kernel of 3 is the centre of that of 5, flattened and multiplied by {@code
 * 5to3_matrix [9, 9]}, and that of 5 the same of {@code 7to5_matrix [25, 25]}; the matrices are
 * common to all channels and start as identities. Half the kernel is padded. Variables: {@code
 * weight [out, C / groups, largest, largest]}, {@code bias [out]}, the matrices.
 *
 * @param out channels, or 0 for a kernel per channel (depthwise)
 */
public record CroppedConv(
    int out, List<Integer> sizes, int kernel, int stride, boolean bias, Site site)
    implements UnaryLayer {
  public CroppedConv {
    Check.notNegative("croppedConv", "the number of output channels", out);
    sizes = Widths.checked("croppedConv", sizes);
    Check.positive("croppedConv", "stride", stride);
    for (int size : sizes) {
      Check.odd("croppedConv", "kernel", size);
    }
    if (!sizes.contains(kernel)) {
      throw Check.error("croppedConv: the kernel %d is not among %s", kernel, sizes);
    }
  }

  /** {@return this with windows {@code value} positions apart} */
  public CroppedConv stride(int value) {
    return new CroppedConv(out, sizes, kernel, value, bias, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public CroppedConv bias(boolean wanted) {
    return new CroppedConv(out, sizes, kernel, stride, wanted, site);
  }

  private int largest() {
    return Widths.last(sizes);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "croppedConv", x, 4, "[N, C, H, W]");
    Expect.floats(at, "croppedConv", x);
    int in = Expect.fixed(at, "croppedConv", x, 1, "channels");
    int outputs = out == 0 ? in : out;
    int each = out == 0 ? 1 : in;
    Shape shape = Shape.of(outputs, each, largest(), largest());
    Tensor weight = at.parameter("weight", Initializer.kaimingUniform(Math.sqrt(5)), shape);
    Map<Integer, Tensor> matrices = new LinkedHashMap<>();
    for (int i = sizes.size() - 1; i > 0; i--) {
      int size = sizes.get(i - 1);
      String name = sizes.get(i) + "to" + size + "_matrix";
      int n = size * size;
      matrices.put(size, at.parameter(name, Initializer.literal(identity(n)), n, n));
    }
    Window window =
        Window.of(List.of(kernel, kernel))
            .stride(List.of(stride, stride))
            .padding(List.of(kernel / 2, kernel / 2), List.of(kernel / 2, kernel / 2));
    Tensor y =
        Tensor.of(
            Operations.convolution(
                x.node(),
                cropped(weight, matrices).node(),
                window,
                Dim.of(out == 0 ? in : 1),
                Dim.ONE));
    if (!bias) {
      return y;
    }
    long fanIn = (long) each * largest() * largest();
    Tensor shift = at.parameter("bias", Initializer.kaimingUniform(Math.sqrt(5), fanIn), outputs);
    return y.add(shift.reshape(outputs, 1, 1));
  }

  /** {@return the kernel of this layer's size, by way of all sizes between} */
  private Tensor cropped(Tensor weight, Map<Integer, Tensor> matrices) {
    Tensor w = weight;
    for (Map.Entry<Integer, Tensor> step : matrices.entrySet()) {
      int size = step.getKey();
      if (size < kernel) {
        break;
      }
      int edge = (w.size(-1) - size) / 2;
      Tensor centre = w.narrow(-1, edge, size).narrow(-2, edge, size);
      long rows = (long) w.size(0) * w.size(1);
      w =
          centre
              .reshape(rows, (long) size * size)
              .matmul(step.getValue().transpose())
              .reshape(w.size(0), w.size(1), size, size);
    }
    return w;
  }

  /** {@return the ordinary convolution of this size} */
  Conv standalone() {
    Conv conv = out == 0 ? Layers.depthwise(kernel) : Layers.conv(out).kernel(kernel);
    return conv.stride(stride).padding(kernel / 2).bias(bias);
  }

  /** {@return that convolution's weight, in double precision, of the whole network's variables} */
  Literal standaloneWeight(String path, Map<String, Literal> weights) {
    Literal whole = variable(path, "weight", weights);
    int[] shape = whole.shape();
    double[] w = whole.toDoubles();
    int size = largest();
    for (int i = sizes.size() - 2; i >= 0 && sizes.get(i) >= kernel; i--) {
      int to = sizes.get(i);
      Literal matrix = variable(path, size + "to" + to + "_matrix", weights);
      w = step(w, shape[0] * shape[1], size, to, matrix.toDoubles());
      size = to;
    }
    return Literal.ofDoubles(whole.dtype(), w, shape[0], shape[1], size, size);
  }

  private static Literal variable(String path, String name, Map<String, Literal> weights) {
    String full = Paths.join(path, name);
    Literal value = weights.get(full);
    if (value == null) {
      throw new NndException("extract: there are no weights '" + full + "'");
    }
    return value;
  }

  private static double[] step(double[] w, int rows, int from, int to, double[] matrix) {
    int n = to * to;
    int edge = (from - to) / 2;
    double[] result = new double[rows * n];
    for (int row = 0; row < rows; row++) {
      for (int o = 0; o < n; o++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          int source = (row * from + edge + i / to) * from + edge + i % to;
          sum += matrix[o * n + i] * w[source];
        }
        result[row * n + o] = sum;
      }
    }
    return result;
  }

  private static Literal identity(int n) {
    float[] values = new float[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return Literal.of(values, n, n);
  }

  @Override
  public String toString() {
    return "croppedConv(%s%d of %s)".formatted(out == 0 ? "" : out + ", ", kernel, sizes)
        + (stride == 1 ? "" : ".stride(" + stride + ")")
        + (bias ? "" : ".bias(false)");
  }
}
