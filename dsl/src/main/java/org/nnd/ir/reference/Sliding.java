package org.nnd.ir.reference;

import java.util.Arrays;
import org.nnd.ir.DType;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.ir.Window;
import org.nnd.ir.reference.Value.Integers;
import org.nnd.ir.reference.Value.Reals;

/** Windows over spatial axes: reduce-window and the general convolution. */
final class Sliding {
  private Sliding() {}

  /**
   * For every window position (row-major over {@code outputs}) and every element of the window
   * (row-major), the input element it meets (row-major over {@code inputs}), or -1 in padding and
   * in the holes of the input dilation.
   */
  private record Table(int[] outputs, int length, int[][] sources) {
    static Table of(Window window, int[] inputs) {
      int rank = inputs.length;
      int[] outputs = new int[rank];
      for (int axis = 0; axis < rank; axis++) {
        outputs[axis] = window.outputs(axis, inputs[axis]);
      }
      int[] size = Indexing.array(window.size());
      int length = Indexing.count(size);
      int[] strides = Indexing.strides(inputs);
      int[][] sources = new int[Indexing.count(outputs)][length];
      for (int o = 0; o < sources.length; o++) {
        int[] position = Indexing.unravel(o, outputs);
        for (int k = 0; k < length; k++) {
          int[] element = Indexing.unravel(k, size);
          sources[o][k] = source(window, inputs, strides, position, element);
        }
      }
      return new Table(outputs, length, sources);
    }

    private static int source(
        Window window, int[] inputs, int[] strides, int[] position, int[] element) {
      int source = 0;
      for (int axis = 0; axis < inputs.length; axis++) {
        int place =
            position[axis] * window.stride().get(axis)
                + element[axis] * window.dilation().get(axis)
                - window.low().get(axis);
        int holes = window.inputDilation().get(axis);
        if (place < 0 || place % holes != 0 || place / holes >= inputs[axis]) {
          return -1;
        }
        source += place / holes * strides[axis];
      }
      return source;
    }
  }

  static Value reduceWindow(Reduction reduction, Window window, Value x) {
    Table table = Table.of(window, x.shape());
    return Reducing.fold(reduction, x, table.outputs, table.length, (i, j) -> table.sources[i][j]);
  }

  /** See {@link Op.Convolution}; integers are summed exactly and wrap. */
  static Value convolution(Op.Convolution op, long batch, int[] shape, Value x, Value kernel) {
    Table table = Table.of(op.window(), Arrays.copyOfRange(x.shape(), 2, x.shape().length));
    int featureGroups = Math.toIntExact(op.featureGroups().at(batch));
    int batchGroups = Math.toIntExact(op.batchGroups().at(batch));
    int batches = shape[0];
    int features = x.shape()[1];
    int outputs = kernel.shape()[0];
    int perGroup = kernel.shape()[1];
    int outputsPerGroup = outputs / Math.max(1, featureGroups * batchGroups);
    int pixels = table.sources.length;
    int inputPixels = Indexing.count(x.shape(), 2, x.shape().length);

    Sums sums = Sums.of(x, kernel, Indexing.count(shape));
    for (int b = 0; b < batches; b++) {
      for (int o = 0; o < outputs; o++) {
        int group = o / outputsPerGroup;
        int row = batchGroups > 1 ? group * batches + b : b;
        int firstFeature = featureGroups > 1 ? group * perGroup : 0;
        for (int c = 0; c < perGroup; c++) {
          int base = (row * features + firstFeature + c) * inputPixels;
          int taps = (o * perGroup + c) * table.length;
          for (int p = 0; p < pixels; p++) {
            for (int k = 0; k < table.length; k++) {
              int source = table.sources[p][k];
              if (source >= 0) {
                sums.add((b * outputs + o) * pixels + p, base + source, taps + k);
              }
            }
          }
        }
      }
    }
    return sums.result(x.dtype(), shape);
  }

  /** Sums of products of elements of two tensors. */
  sealed interface Sums {
    void add(int to, int left, int right);

    Value result(DType dtype, int[] shape);

    static Sums of(Value left, Value right, int count) {
      return switch (left) {
        case Reals reals ->
            new RealSums(reals.values(), Value.reals(right).values(), new double[count]);
        case Integers integers ->
            new IntegerSums(integers.values(), Value.integers(right).values(), new long[count]);
      };
    }
  }

  private record RealSums(double[] left, double[] right, double[] sums) implements Sums {
    @Override
    public void add(int to, int i, int j) {
      sums[to] += left[i] * right[j];
    }

    @Override
    public Value result(DType dtype, int[] shape) {
      return new Reals(dtype, shape, sums);
    }
  }

  private record IntegerSums(long[] left, long[] right, long[] sums) implements Sums {
    @Override
    public void add(int to, int i, int j) {
      sums[to] += left[i] * right[j];
    }

    @Override
    public Value result(DType dtype, int[] shape) {
      return new Integers(dtype, shape, sums);
    }
  }
}
