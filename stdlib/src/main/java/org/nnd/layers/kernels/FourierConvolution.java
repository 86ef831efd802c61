package org.nnd.layers.kernels;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * A long convolution by Fourier transforms: the spectra of input and reversed kernel multiply bin
 * by bin. The transform's length is the least for which no output that is wanted meets the circle's
 * other end.
 */
record FourierConvolution(LongConvolution convolution) {

  Tensor apply(Tensor x, Tensor kernel) {
    return kernel.size(1) == 1 ? depthwise(x, kernel) : dense(x, kernel);
  }

  /** Every input channel with {@code O / C} kernels of its own. */
  Tensor depthwise(Tensor x, Tensor kernel) {
    Plan plan = Plan.of(convolution, x, kernel);
    Tensor bins = plan.spectrum(x);
    Tensor filters = plan.spectrum(kernel.reverse(plan.spatial()));
    Dim channels = x.dim(1);
    Dim multiplier = kernel.dim(0).dividedBy(channels);
    Shape rest = bins.shape().slice(2, bins.rank());
    Tensor product =
        Spectra.product(
            bins.unsqueeze(2), filters.reshape(Shape.of(channels, multiplier).concat(rest)));
    Shape merged = Shape.of(x.dim(0), kernel.dim(0)).concat(rest);
    return plan.signal(product.reshape(merged));
  }

  /** Channels of a group mix: a matrix product for each bin. */
  private Tensor dense(Tensor x, Tensor kernel) {
    Plan plan = Plan.of(convolution, x, kernel);
    Tensor bins = plan.spectrum(x);
    Tensor filters = plan.spectrum(kernel.reverse(plan.spatial()));
    Shape rest = bins.shape().slice(2, bins.rank() - 1);
    int groups = convolution.groups();
    int in = kernel.size(1);
    int out = kernel.size(0) / groups;
    Dim count = rest.count();
    // A complex product is one of real 2 x 2 matrices: contracting channel and part at once.
    Tensor left = bins.reshape(Shape.of(x.dim(0), Dim.of(groups), Dim.of(in), count, Dim.of(2)));
    Spectra.Parts parts =
        Spectra.Parts.of(
            filters.reshape(Shape.of(Dim.of(groups), Dim.of(out), Dim.of(in), count, Dim.of(2))));
    Tensor real = new Spectra.Parts(parts.re(), parts.im().neg()).joined();
    Tensor imaginary = new Spectra.Parts(parts.im(), parts.re()).joined();
    Tensor right = real.unsqueeze(-1).concat(-1, imaginary.unsqueeze(-1));
    Node product =
        Operations.dot(
            left.node(), right.node(), List.of(1, 3), List.of(0, 3), List.of(2, 4), List.of(2, 4));
    // [groups, bins, N, out, 2] to [N, groups out, bins, 2]
    Tensor y = Tensor.of(product).permute(2, 0, 3, 1, 4);
    return plan.signal(
        y.reshape(Shape.of(x.dim(0), kernel.dim(0)).concat(rest).concat(Shape.of(2))));
  }

  /**
   * Lengths of the transforms and where the wanted outputs start.
   *
   * @param lengths of the transform of each axis; that of the last one is even
   * @param starts the place of output 0 in the full convolution
   */
  private record Plan(List<Integer> lengths, List<Integer> starts, List<Integer> outputs) {
    static Plan of(LongConvolution convolution, Tensor x, Tensor kernel) {
      List<Integer> in = LongConvolution.sizes(x, 2);
      List<Integer> taps = LongConvolution.sizes(kernel, 2);
      List<Integer> outputs = convolution.outputs(in, taps);
      List<Integer> lengths = new ArrayList<>();
      List<Integer> starts = new ArrayList<>();
      for (int axis = 0; axis < in.size(); axis++) {
        int start = taps.get(axis) - 1 - convolution.low().get(axis);
        lengths.add(length(in.get(axis), taps.get(axis), start, outputs.get(axis)));
        starts.add(start);
      }
      return new Plan(lengths, starts, outputs);
    }

    int[] spatial() {
      int[] axes = new int[lengths.size()];
      for (int axis = 0; axis < axes.length; axis++) {
        axes[axis] = axis + 2;
      }
      return axes;
    }

    /** {@code [A, B, spatial...]} to {@code [A, B, bins..., 2]}. */
    Tensor spectrum(Tensor x) {
      int last = lengths.size() - 1;
      Tensor bins = Spectra.real(x, lengths.get(last));
      for (int axis = 0; axis < last; axis++) {
        Tensor padded = bins.pad(axis + 2, 0, lengths.get(axis) - bins.size(axis + 2), 0);
        bins = Spectra.along(padded, axis + 2, false);
      }
      return bins;
    }

    Tensor signal(Tensor bins) {
      int last = lengths.size() - 1;
      Tensor y = bins;
      for (int axis = 0; axis < last; axis++) {
        Tensor back = Spectra.along(y, axis + 2, true);
        y = window(back, axis).mul(1.0 / lengths.get(axis));
      }
      return window(Spectra.signal(y, lengths.get(last)), last);
    }

    private Tensor window(Tensor y, int axis) {
      int start = starts.get(axis);
      // Outputs outside the full convolution are zero.
      int from = Math.max(0, start);
      int to = Math.min(lengths.get(axis), start + outputs.get(axis));
      return y.slice(axis + 2, from, to)
          .pad(axis + 2, from - start, start + outputs.get(axis) - to, 0);
    }
  }

  /** {@return a transform's length for which output i is sample {@code start + i} of the circle} */
  static int length(int in, int taps, int start, int outputs) {
    int least = Math.max(Math.max(start + outputs, in + taps - 1 - Math.max(0, start)), 1);
    return Spectra.length(Math.max(least, Math.max(in, taps)));
  }
}
