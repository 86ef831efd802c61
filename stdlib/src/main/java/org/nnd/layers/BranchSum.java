package org.nnd.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.Literal;
import org.nnd.layers.Slots.Slot;

/**
 * The sum of convolutions of one input as one convolution: every kernel, its dilation filled with
 * zeros, is put in the middle of the largest (Ding et al. 2021, RepVGG, section 3.3; 2024,
 * UniRepLKNet, section 3.2). An identity is a convolution with a kernel of one 1 per channel; batch
 * norms and scales alone are one with their scale there.
 */
final class BranchSum {
  /** A branch: its convolution, or none and the maps of channels in its place. */
  private record Branch(int row, Optional<Slot> conv, List<Slot> affines) {
    /** How many positions it reaches over; those between dilated taps count. */
    long area() {
      return conv.map(slot -> BranchSum.area(List.of(slot))).orElse(1L);
    }
  }

  private BranchSum() {}

  /**
   * {@return the rows in groups that can each become one convolution: those of one group see the
   * same positions, and one kernel around all of theirs is no larger than they are together} Rows
   * of anything else are in no group. A band beside another across it stays apart, since the square
   * around both is much more work.
   */
  static List<List<Integer>> groups(List<List<Slot>> rows, Weights weights) {
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      branch(i, rows.get(i)).ifPresent(branches::add);
    }
    branches.sort(
        Comparator.comparing((Branch branch) -> branch.conv().isEmpty())
            .thenComparing(Comparator.comparingLong(Branch::area).reversed()));
    List<List<Branch>> groups = new ArrayList<>();
    for (Branch branch : branches) {
      Optional<List<Branch>> fitting =
          groups.stream().filter(group -> fits(group, branch, weights)).findFirst();
      if (fitting.isPresent()) {
        fitting.get().add(branch);
      } else if (branch.conv().isPresent()) {
        groups.add(new ArrayList<>(List.of(branch)));
      }
    }
    return groups.stream().map(group -> group.stream().map(Branch::row).toList()).toList();
  }

  private static Optional<Branch> branch(int index, List<Slot> row) {
    if (row.size() == 1 && row.get(0).layer() instanceof Conv) {
      return Optional.of(new Branch(index, Optional.of(row.get(0)), List.of()));
    }
    boolean affine =
        row.stream()
            .map(Slot::layer)
            .allMatch(
                layer ->
                    layer instanceof BatchNorm
                        || layer instanceof LayerScale scale && !scale.isChannelsLast());
    return affine ? Optional.of(new Branch(index, Optional.empty(), row)) : Optional.empty();
  }

  private static boolean fits(List<Branch> group, Branch branch, Weights weights) {
    List<Branch> all = new ArrayList<>(group);
    all.add(branch);
    List<Slot> convs = convs(all);
    long together = area(convs(group)) + branch.area();
    return alike(convs, convs.size() < all.size(), weights) && area(convs) <= together;
  }

  private static List<Slot> convs(List<Branch> branches) {
    return branches.stream().flatMap(branch -> branch.conv().stream()).toList();
  }

  /** The positions of the smallest kernel around all. */
  private static long area(List<Slot> convs) {
    long area = 1;
    for (int axis = 0; axis < ((Conv) convs.get(0).layer()).geometry().axes(); axis++) {
      int at = axis;
      area *=
          convs.stream()
              .mapToInt(slot -> ((Conv) slot.layer()).geometry().reach(at))
              .max()
              .orElseThrow();
    }
    return area;
  }

  /** {@return a group of {@link #groups} as one convolution, whose variables are at a path} */
  static Conv merge(List<List<Slot>> group, String target, Weights weights) {
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      branches.add(branch(i, group.get(i)).orElseThrow());
    }
    return sum(branches, convs(branches), target, weights);
  }

  /** Whether all convolutions sample the same centres, and where identities are, every position. */
  private static boolean alike(List<Slot> convs, boolean identities, Weights weights) {
    Conv first = (Conv) convs.get(0).layer();
    int[] shape = weights.get(convs.get(0).path(), "weight").shape();
    for (Slot slot : convs) {
      Conv conv = (Conv) slot.layer();
      Geometry geometry = conv.geometry();
      int[] other = weights.get(slot.path(), "weight").shape();
      boolean same =
          conv.channels().equals(first.channels())
              && geometry.stride().equals(first.geometry().stride())
              && shape[0] == other[0]
              && shape[1] == other[1];
      if (!same) {
        return false;
      }
      for (int axis = 0; axis < geometry.axes(); axis++) {
        int outside = 2 * geometry.paddingAt(axis) - geometry.reach(axis);
        int expected =
            identities ? -1 : 2 * first.geometry().paddingAt(axis) - first.geometry().reach(axis);
        int parity = geometry.reach(axis) - (identities ? 1 : first.geometry().reach(axis));
        boolean everyPosition = !identities || geometry.stride().get(axis) == 1;
        if (outside != expected || parity % 2 != 0 || !everyPosition) {
          return false;
        }
      }
    }
    return !identities || shape[0] == shape[1] * groups(first, shape);
  }

  private static int groups(Conv conv, int... weight) {
    return switch (conv.channels()) {
      case Conv.Channels.Grouped grouped -> grouped.groups();
      case Conv.Channels.Depthwise depthwise -> weight[0] / depthwise.multiplier();
    };
  }

  private static Conv sum(List<Branch> branches, List<Slot> convs, String target, Weights weights) {
    Conv first = (Conv) convs.get(0).layer();
    Literal like = weights.get(convs.get(0).path(), "weight");
    int axes = first.geometry().axes();
    int[] reach = new int[axes];
    int[] padding = new int[axes];
    for (Slot slot : convs) {
      Geometry geometry = ((Conv) slot.layer()).geometry();
      for (int axis = 0; axis < axes; axis++) {
        reach[axis] = Math.max(reach[axis], geometry.reach(axis));
        padding[axis] = Math.max(padding[axis], geometry.paddingAt(axis));
      }
    }
    int[] shape = like.shape().clone();
    System.arraycopy(reach, 0, shape, 2, axes);
    double[] kernel = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    double[] bias = new double[shape[0]];
    for (Branch branch : branches) {
      if (branch.conv().isPresent()) {
        addConv(branch.conv().get(), kernel, bias, shape, padding, weights);
      } else {
        addIdentity(branch.affines(), kernel, bias, shape, padding, groups(first, shape), weights);
      }
    }
    weights.put(target, "weight", kernel, like, shape);
    weights.put(target, "bias", bias, like, shape[0]);
    Geometry geometry =
        new Geometry(
            boxed(reach),
            first.geometry().stride(),
            Collections.nCopies(axes, 1),
            new Padding.Explicit(boxed(padding)));
    return new Conv(first.channels(), geometry, true, first.initial(), first.site());
  }

  private static void addConv(
      Slot slot, double[] kernel, double[] bias, int[] shape, int[] padding, Weights weights) {
    Geometry geometry = ((Conv) slot.layer()).geometry();
    Literal weight = weights.get(slot.path(), "weight");
    double[] values = weight.toDoubles();
    int taps = values.length / (shape[0] * shape[1]);
    int all = kernel.length / (shape[0] * shape[1]);
    for (int k = 0; k < taps; k++) {
      // The tap's place in the merged kernel, worked out from the last axis on.
      int rest = k;
      int place = 0;
      int step = 1;
      for (int axis = geometry.axes() - 1; axis >= 0; axis--) {
        int size = geometry.kernel().get(axis);
        int start = padding[axis] - geometry.paddingAt(axis);
        place += step * (start + rest % size * geometry.dilation().get(axis));
        rest /= size;
        step *= shape[axis + 2];
      }
      for (int channel = 0; channel < shape[0] * shape[1]; channel++) {
        kernel[channel * all + place] += values[channel * taps + k];
      }
    }
    weights.find(slot.path(), "bias").ifPresent(b -> add(bias, b.toDoubles()));
    weights.remove(slot.path(), "weight", "bias");
  }

  private static void addIdentity(
      List<Slot> affines,
      double[] kernel,
      double[] bias,
      int[] shape,
      int[] padding,
      int groups,
      Weights weights) {
    int outputs = shape[0];
    int inputs = shape[1];
    double[] scale = new double[outputs];
    double[] shift = new double[outputs];
    Arrays.fill(scale, 1);
    for (Slot slot : affines) {
      Affine affine =
          slot.layer() instanceof BatchNorm norm
              ? Affine.take(norm, slot.path(), weights)
              : Affine.take((LayerScale) slot.layer(), slot.path(), weights);
      for (int o = 0; o < outputs; o++) {
        scale[o] *= affine.scale()[o];
        shift[o] = shift[o] * affine.scale()[o] + affine.shift()[o];
      }
    }
    add(bias, shift);
    int place = 0;
    for (int axis = 0; axis < padding.length; axis++) {
      place = place * shape[axis + 2] + padding[axis];
    }
    int taps = kernel.length / (outputs * inputs);
    for (int o = 0; o < outputs; o++) {
      int input = o % (outputs / groups);
      kernel[(o * inputs + input) * taps + place] += scale[o];
    }
  }

  private static void add(double[] sum, double[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private static List<Integer> boxed(int... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
