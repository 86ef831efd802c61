package org.nnd.onnx.imports;

import java.util.List;
import java.util.OptionalDouble;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * The cells of ONNX's recurrent operators, with its formulas. Weights of the gates lie one after
 * another on axis 0 of {@code W [G H, I]} and {@code R [G H, H]}.
 *
 * @param clip bound of what goes into the activations
 */
record RecurrentCells(List<CellActivation> activations, OptionalDouble clip) {

  /** {@return x W' for the last axis of x and rows of W, such as {@code [B, G H]}} */
  static Node product(Node x, Node weights) {
    return Operations.dot(x, weights, List.of(), List.of(), List.of(x.rank() - 1), List.of(1));
  }

  private Node activate(int which, Node x) {
    Node bounded = x;
    if (clip.isPresent()) {
      double bound = clip.getAsDouble();
      bounded = Operations.minimum(Operations.maximum(x, -bound), Operations.full(x.type(), bound));
    }
    return activations.get(which).apply(bounded);
  }

  /** Part {@code i} of the gates, {@code [B, H]}. */
  private static Node gate(Node gates, int i, int hidden) {
    return Operations.slice(gates, 1, i * hidden, (i + 1) * hidden);
  }

  private static Node rows(Node x, Node like) {
    return Operations.broadcast(x, like.shape(), List.of(1));
  }

  /** {@return a step of the simple recurrence; weights: R} */
  RecurrentPass.Step rnn() {
    return (gates, state, weights) ->
        List.of(activate(0, Operations.add(gates, product(state.get(0), weights.get(0)))));
  }

  /**
   * {@return a step of the gated recurrent unit (Cho et al. 2014), gates z, r, h; weights: R, and
   * the recurrent bias of h, {@code [H]}}
   *
   * @param linearBeforeReset whether the reset gate applies after the product with R
   */
  RecurrentPass.Step gru(boolean linearBeforeReset) {
    return (gates, state, weights) -> {
      Node before = state.get(0);
      int hidden = before.shape().size(1);
      Node recurrent = weights.get(0);
      Node bias = rows(weights.get(1), before);
      Node zr = product(before, Operations.slice(recurrent, 0, 0, 2 * hidden));
      Node z = activate(0, Operations.add(gate(gates, 0, hidden), gate(zr, 0, hidden)));
      Node r = activate(0, Operations.add(gate(gates, 1, hidden), gate(zr, 1, hidden)));
      Node last = Operations.slice(recurrent, 0, 2 * hidden, 3 * hidden);
      Node past =
          linearBeforeReset
              ? Operations.multiply(r, Operations.add(product(before, last), bias))
              : Operations.add(product(Operations.multiply(r, before), last), bias);
      Node h = activate(1, Operations.add(gate(gates, 2, hidden), past));
      Node fresh = Operations.subtract(h, Operations.multiply(z, h));
      return List.of(Operations.add(fresh, Operations.multiply(z, before)));
    };
  }

  /**
   * {@return a step of the long short-term memory (Hochreiter and Schmidhuber 1997), gates i, o, f,
   * c; state: hidden and cell; weights: R, and the peepholes of i, o, f, {@code [3 H]}}
   *
   * @param coupled whether the forget gate is one less the input gate
   */
  RecurrentPass.Step lstm(boolean coupled) {
    return (gates, state, weights) -> {
      Node cell = state.get(1);
      int hidden = cell.shape().size(1);
      Node sums = Operations.add(gates, product(state.get(0), weights.get(0)));
      Node peepholes = weights.get(1);
      Node i = activate(0, peeped(gate(sums, 0, hidden), peepholes, 0, cell));
      Node f =
          coupled
              ? Operations.add(Operations.negate(i), 1)
              : activate(0, peeped(gate(sums, 2, hidden), peepholes, 2, cell));
      Node c = activate(1, gate(sums, 3, hidden));
      Node next = Operations.add(Operations.multiply(f, cell), Operations.multiply(i, c));
      Node o = activate(0, peeped(gate(sums, 1, hidden), peepholes, 1, next));
      // What comes out of the cell is not bounded by the clip.
      Node output = Operations.multiply(o, activations.get(2).apply(next));
      return List.of(output, next);
    };
  }

  private static Node peeped(Node gate, Node peepholes, int which, Node cell) {
    int hidden = cell.shape().size(1);
    Node weights = Operations.slice(peepholes, 0, which * hidden, (which + 1) * hidden);
    return Operations.add(gate, Operations.multiply(rows(weights, cell), cell));
  }

  /** {@return the axes 0 and 1 exchanged} */
  static Node exchanged(Node x) {
    List<Integer> order = new java.util.ArrayList<>(Operations.axes(x.rank()));
    java.util.Collections.swap(order, 0, 1);
    return Operations.transpose(x, order);
  }

  /** {@return entry {@code i} of axis 0} */
  static Node entry(Node x, int i) {
    Shape rest = x.shape().slice(1, x.rank());
    return Operations.reshape(Operations.slice(x, 0, i, i + 1), rest);
  }
}
