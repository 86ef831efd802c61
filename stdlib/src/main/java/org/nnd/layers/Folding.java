package org.nnd.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.nnd.dsl.Identity;
import org.nnd.dsl.Layer;
import org.nnd.ir.Literal;
import org.nnd.layers.Slots.Slot;

/**
 * Folds the affine layers of a row into its convolutions and dense layers (Jacob et al. 2018,
 * section 3.2). What is folded into weights {@code W, b}: after them {@code W' = diag(s) W, b' = s
 * b + t}; before them {@code W' = W diag(s), b' = b + W t}.
 */
final class Folding {
  private final Weights weights;
  private final Set<String> flat;

  /**
   * @param flat paths of the dense layers whose features are axis 1
   */
  Folding(Weights weights, Set<String> flat) {
    this.weights = weights;
    this.flat = flat;
  }

  static boolean isIdentity(Layer layer) {
    return layer instanceof Identity || layer instanceof Dropout;
  }

  void fold(List<Slot> row) {
    for (int i = 0; i < row.size(); i++) {
      if (isLinear(row.get(i).layer())) {
        backward(row, i);
      }
    }
    for (int i = 0; i < row.size(); i++) {
      forward(row, i);
    }
  }

  private static boolean isLinear(Layer layer) {
    return layer instanceof Conv || layer instanceof Dense;
  }

  /** Folds the affine layers after the linear layer at {@code position} into it. */
  private void backward(List<Slot> row, int position) {
    // The axis of the linear layer's outputs, -1 while it is the last one of three or more.
    boolean dense = row.get(position).layer() instanceof Dense;
    int axis = dense && !flat.contains(row.get(position).path()) ? -1 : 1;
    boolean last = dense;
    for (int i = position + 1; i < row.size(); i++) {
      Slot slot = row.get(i);
      if (isIdentity(slot.layer())) {
        continue;
      }
      if (slot.layer() instanceof Permute permute) {
        axis = permute.axes().indexOf(last ? permute.axes().size() - 1 : axis);
        last = axis == permute.axes().size() - 1;
        continue;
      }
      Affine affine;
      if (slot.layer() instanceof BatchNorm norm && axis == 1) {
        affine = Affine.take(norm, slot.path(), weights);
      } else if (slot.layer() instanceof LayerScale scale
          && (scale.isChannelsLast() ? last : axis == 1)) {
        affine = Affine.take(scale, slot.path(), weights);
      } else {
        return;
      }
      row.set(position, row.get(position).with(after(row.get(position), affine)));
      row.set(i, slot.with(new Identity()));
    }
  }

  private Layer after(Slot linear, Affine affine) {
    Literal weight = weights.get(linear.path(), "weight");
    double[] values = weight.toDoubles();
    int outputs = weight.shape()[0];
    int each = values.length / Math.max(outputs, 1);
    double[] bias =
        weights.find(linear.path(), "bias").map(Literal::toDoubles).orElse(new double[outputs]);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < each; i++) {
        values[o * each + i] *= affine.scale()[o];
      }
      bias[o] = bias[o] * affine.scale()[o] + affine.shift()[o];
    }
    weights.put(linear.path(), "weight", values, weight, weight.shape());
    weights.put(linear.path(), "bias", bias, weight, outputs);
    return withBias(linear.layer());
  }

  /** Folds the affine layer at {@code position} into the next linear layer, if it may. */
  private void forward(List<Slot> row, int position) {
    Slot slot = row.get(position);
    int next = position + 1;
    boolean pooled = false;
    while (next < row.size()
        && (isIdentity(row.get(next).layer()) || row.get(next).layer() instanceof GlobalPool)) {
      // An average over positions commutes with an affine map of channels; a maximum does not.
      if (row.get(next).layer() instanceof GlobalPool pool) {
        if (pool.max()) {
          return;
        }
        pooled = true;
      }
      next++;
    }
    if (next >= row.size()) {
      return;
    }
    Slot linear = row.get(next);
    if (slot.layer() instanceof BatchNorm norm && takesChannels(linear, pooled)) {
      Affine affine = Affine.take(norm, slot.path(), weights);
      row.set(next, linear.with(before(linear, affine)));
      row.set(position, slot.with(new Identity()));
    } else if (slot.layer() instanceof LayerScale scale
        && !scale.isChannelsLast()
        && !pooled
        && linear.layer() instanceof Conv) {
      // A scale leaves padding zero, so that padding does not matter.
      Affine affine = Affine.take(scale, slot.path(), weights);
      row.set(next, linear.with(before(linear, affine)));
      row.set(position, slot.with(new Identity()));
    } else if (slot.layer() instanceof Grn grn
        && grn.shift()
        && !pooled
        && linear.layer() instanceof Dense) {
      double[] shift = weights.vector(slot.path(), "beta");
      double[] ones = new double[shift.length];
      Arrays.fill(ones, 1);
      weights.remove(slot.path(), "beta");
      row.set(next, linear.with(before(linear, new Affine(ones, shift))));
      row.set(position, slot.with(grn.shift(false)));
    }
  }

  /**
   * Whether the channels (axis 1) are what the layer sums over at every position. Not so behind
   * padding, which puts zeros where the affine layer would have put its shift.
   */
  private boolean takesChannels(Slot slot, boolean pooled) {
    return slot.layer() instanceof Conv conv
        ? !pooled && conv.geometry().paddings().stream().allMatch(p -> p == 0)
        : slot.layer() instanceof Dense && (pooled || flat.contains(slot.path()));
  }

  private Layer before(Slot linear, Affine affine) {
    Literal weight = weights.get(linear.path(), "weight");
    double[] values = weight.toDoubles();
    int outputs = weight.shape()[0];
    int inputs = weight.shape()[1];
    int taps = values.length / Math.max(outputs * inputs, 1);
    int groups = affine.scale().length / inputs;
    double[] bias =
        weights.find(linear.path(), "bias").map(Literal::toDoubles).orElse(new double[outputs]);
    for (int o = 0; o < outputs; o++) {
      int first = o / (outputs / groups) * inputs;
      for (int i = 0; i < inputs; i++) {
        for (int k = 0; k < taps; k++) {
          int index = (o * inputs + i) * taps + k;
          bias[o] += values[index] * affine.shift()[first + i];
          values[index] *= affine.scale()[first + i];
        }
      }
    }
    weights.put(linear.path(), "weight", values, weight, weight.shape());
    weights.put(linear.path(), "bias", bias, weight, outputs);
    return withBias(linear.layer());
  }

  private static Layer withBias(Layer linear) {
    return linear instanceof Conv conv ? conv.bias(true) : ((Dense) linear).bias(true);
  }
}
