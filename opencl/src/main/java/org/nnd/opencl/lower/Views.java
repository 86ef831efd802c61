package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Index;

/**
 * Operations that only move elements: how coordinates of the result become those of the operand.
 */
final class Views {
  private Views() {}

  /** {@return whether the operation moves or repeats elements, each result reading one operand} */
  static boolean isView(Op op) {
    return switch (op) {
      case Op.Reshape r -> true;
      case Op.Transpose t -> true;
      case Op.Broadcast b -> true;
      case Op.Slice s -> true;
      case Op.Reverse r -> true;
      case Op.StopGradient s -> true;
      case Op.Barrier b -> true;
      default -> false;
    };
  }

  /** {@return the operand's coordinates for coordinates of a view's result} */
  static List<Index> operand(Node view, List<Index> at) {
    Shape from = view.operand(0).shape();
    return switch (view.op()) {
      case Op.Reshape r -> reshape(at, view.shape(), from);
      case Op.Transpose t -> {
        Index[] result = new Index[at.size()];
        for (int i = 0; i < result.length; i++) {
          result[t.permutation().get(i)] = at.get(i);
        }
        yield List.of(result);
      }
      case Op.Broadcast b -> {
        List<Index> result = new ArrayList<>();
        for (int i = 0; i < from.rank(); i++) {
          result.add(from.dim(i).is(1) ? Index.ZERO : at.get(b.axes().get(i)));
        }
        yield result;
      }
      case Op.Slice s -> {
        List<Index> result = new ArrayList<>();
        for (int i = 0; i < from.rank(); i++) {
          result.add(at.get(i).times(s.stride().get(i)).plus(Index.of(s.start().get(i))));
        }
        yield result;
      }
      case Op.Reverse r -> {
        List<Index> result = new ArrayList<>(at);
        for (int axis : r.axes()) {
          result.set(axis, Index.of(from.dim(axis).minus(1)).minus(at.get(axis)));
        }
        yield result;
      }
      case Op.StopGradient s -> at;
      case Op.Barrier b -> at;
      default -> throw new IllegalArgumentException("not a view: " + view);
    };
  }

  /**
   * {@return the result's coordinates for coordinates of the operand, or null where a view is not
   * one to one}
   */
  static List<Index> result(Node view, List<Index> at) {
    return switch (view.op()) {
      case Op.Reshape r -> reshape(at, view.operand(0).shape(), r.shape());
      case Op.Transpose t -> t.permutation().stream().map(at::get).toList();
      case Op.StopGradient s -> at;
      case Op.Barrier b -> at;
      default -> null;
    };
  }

  /**
   * Coordinates in {@code to} of the element at {@code at} in {@code from}. Runs of axes with equal
   * counts are treated apart, so that an axis that stays is its own coordinate.
   */
  static List<Index> reshape(List<Index> at, Shape from, Shape to) {
    Index[] result = new Index[to.rank()];
    Arrays.fill(result, Index.ZERO);
    if (from.count().is(0)) {
      return List.of(result); // No element is ever asked for.
    }
    int i = from.rank();
    int j = to.rank();
    while (i > 0 || j > 0) {
      int iEnd = i;
      int jEnd = j;
      Dim left = i > 0 ? from.dim(--i) : Dim.ONE;
      Dim right = j > 0 ? to.dim(--j) : Dim.ONE;
      while (!left.equals(right)) {
        if (i > 0 && (j == 0 || smaller(left, right))) {
          left = left.times(from.dim(--i));
        } else if (j > 0) {
          right = right.times(to.dim(--j));
        } else {
          throw new IllegalStateException("no reshape from " + from + " to " + to);
        }
      }
      Index flat = Index.flatten(at.subList(i, iEnd), from.dims().subList(i, iEnd));
      List<Index> parts = Index.unflatten(flat, to.dims().subList(j, jEnd));
      for (int k = 0; k < parts.size(); k++) {
        result[j + k] = parts.get(k);
      }
    }
    return List.of(result);
  }

  private static boolean smaller(Dim x, Dim y) {
    return x.degree() != y.degree()
        ? x.degree() < y.degree()
        : x.coefficient(x.degree()) < y.coefficient(y.degree());
  }
}
