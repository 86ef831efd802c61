package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/** A convolution as the sum over the elements of the kernel: any type, any number of groups. */
final class TapByTap {
  private TapByTap() {}

  static String write(
      Scope s, Node node, Op.Convolution conv, String input, String kernel, DType dtype) {
    Shape in = node.operand(0).shape();
    Shape weights = node.operand(1).shape();
    Shape out = node.shape();
    Window w = conv.window();
    int rank = w.rank();
    String padded = Views.pad(s, input, dtype, in, Convolutions.padding(w));
    Dim groups = conv.featureGroups();
    Dim features = weights.dim(0).dividedBy(groups);
    Shape spatial = out.slice(2, out.rank());
    Shape split = Shape.of(in.dim(0), groups, weights.dim(1)).concat(spatial);
    Shape tap = Shape.of(groups, features, weights.dim(1));

    // b g c spatial, g o c -> b g o spatial
    String places = "hijklm".substring(0, rank);
    String equation = "bgc" + places + ",goc->bgo" + places;
    String sum = null;
    int[] size = w.size().stream().mapToInt(Integer::intValue).toArray();
    int taps = w.size().stream().reduce(1, Math::multiplyExact);
    for (int k = 0; k < taps; k++) {
      int[] at = place(k, size);
      String seen = rank == 0 ? padded : seen(s, padded, spatial, w, at);
      String x = s.reshape(seen, in.slice(0, 2).concat(spatial), split);
      String y = rank == 0 ? kernel : element(s, kernel, at);
      Shape one = weights.slice(0, 2).concat(ones(rank));
      String product =
          s.call("Einsum", List.of(x, s.reshape(y, one, tap)), Map.of("equation", equation));
      sum = sum == null ? product : s.call("Add", List.of(sum, product));
    }
    Shape result = Shape.of(in.dim(0), groups, features).concat(spatial);
    return s.reshape(sum, result, out);
  }

  private static Shape ones(int rank) {
    return new Shape(java.util.Collections.nCopies(rank, Dim.ONE));
  }

  private static int[] place(int k, int[] size) {
    int[] at = new int[size.length];
    int rest = k;
    for (int i = size.length - 1; i >= 0; i--) {
      at[i] = rest % size[i];
      rest /= size[i];
    }
    return at;
  }

  /** The elements of the input that one element of the kernel meets. */
  private static String seen(Scope s, String x, Shape spatial, Window w, int[] at) {
    List<Dim> starts = new ArrayList<>();
    List<Dim> ends = new ArrayList<>();
    long[] axes = new long[at.length];
    long[] steps = new long[at.length];
    for (int i = 0; i < at.length; i++) {
      long start = (long) at[i] * w.dilation().get(i);
      axes[i] = i + 2L;
      steps[i] = w.stride().get(i);
      starts.add(Dim.of(start));
      ends.add(Dim.of(start + (spatial.size(i) - 1L) * steps[i] + 1));
    }
    return s.slice(x, starts, ends, axes, steps);
  }

  private static String element(Scope s, String kernel, int[] at) {
    List<Dim> starts = new ArrayList<>();
    List<Dim> ends = new ArrayList<>();
    long[] axes = new long[at.length];
    long[] steps = new long[at.length];
    for (int i = 0; i < at.length; i++) {
      axes[i] = i + 2L;
      steps[i] = 1;
      starts.add(Dim.of(at[i]));
      ends.add(Dim.of(at[i] + 1L));
    }
    return s.slice(kernel, starts, ends, axes, steps);
  }
}
