package org.nnd.ir.gradient;

import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.select;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/** Derivatives of window reductions. */
final class WindowRules {
  private WindowRules() {}

  static Node reduceWindow(Op.ReduceWindow op, Node y, Node g) {
    Node x = y.operand(0);
    Window window = op.window();
    // Where there is no window, negative padding may crop more than there is.
    if (window.size().contains(0) || y.shape().count().is(0)) {
      return full(x.type(), 0);
    }
    return switch (op.reduction()) {
      case SUM ->
          Operations.reduceWindow(Reduction.SUM, g, transposed(window, x.shape(), y.shape(), 0));
      case MAX, MIN -> extreme(op, y, g);
      case PRODUCT -> product(op, y, g);
    };
  }

  /**
   * The window that carries cotangents back: y_o sums x_i over i·a = o·s + k·d - low, so dx_i sums
   * g_o over o·s = i·a + low - k·d. Stride and input dilation change places; with k reversed, the
   * padding before is (K - 1)·d - low, and the padding after makes the extents come out right.
   *
   * @param skip how many leading axes of the shapes are not spatial
   */
  static Window transposed(Window window, Shape input, Shape output, int skip) {
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      Dim n = input.dim(skip + i);
      if (!n.isFixed()) { // nothing moves along this axis
        low.add(0);
        high.add(0);
        continue;
      }
      int before = window.reach(i) - 1 - window.low().get(i);
      int spreadInput = spread(n.fixed(), window.inputDilation().get(i));
      int spreadOutput = spread(output.size(skip + i), window.stride().get(i));
      low.add(before);
      high.add(spreadInput - spreadOutput - before + window.reach(i) - 1);
    }
    return new Window(
        window.size(), window.inputDilation(), low, high, window.stride(), window.dilation());
  }

  /** {@return the extent of n elements with d - 1 holes between neighbours} */
  static int spread(int n, int d) {
    return n == 0 ? 0 : (n - 1) * d + 1;
  }

  /** Of the elements of a window, the first that equals the result takes g. */
  private static Node extreme(Op.ReduceWindow op, Node y, Node g) {
    Patches patches = new Patches(op, y);
    Node free = full(y.type().withDType(DType.BOOL), 1);
    Node zero = full(y.type(), 0);
    List<Node> cotangents = new ArrayList<>();
    for (Node element : patches.elements()) {
      Node equal = Operations.compare(Comparison.EQ, element, y);
      Node takes = Operations.binary(BinaryOp.AND, free, equal);
      free = Operations.binary(BinaryOp.AND, free, Operations.not(equal));
      cotangents.add(select(takes, g, zero));
    }
    return patches.putBack(cotangents);
  }

  /** Every element takes g times the product of the others: of those before and those after. */
  private static Node product(Op.ReduceWindow op, Node y, Node g) {
    Patches patches = new Patches(op, y);
    List<Node> elements = patches.elements();
    List<Node> after = new ArrayList<>(List.of(full(y.type(), 1)));
    for (int k = elements.size() - 1; k > 0; k--) {
      after.add(0, multiply(elements.get(k), after.get(0)));
    }
    Node before = g;
    List<Node> cotangents = new ArrayList<>();
    for (int k = 0; k < elements.size(); k++) {
      cotangents.add(multiply(before, after.get(k)));
      before = multiply(before, elements.get(k));
    }
    return patches.putBack(cotangents);
  }

  /** For every place in the window, what all windows hold there: strided slices of the input. */
  private static final class Patches {
    private final Window window;
    private final Shape input;
    private final Node padded;
    private final Shape output;
    private final List<Dim> low = new ArrayList<>();
    private final List<Dim> high = new ArrayList<>();
    private final List<Integer> holes = new ArrayList<>();

    Patches(Op.ReduceWindow op, Node y) {
      Node x = y.operand(0);
      window = op.window();
      input = x.shape();
      output = y.shape();
      for (int axis = 0; axis < window.rank(); axis++) {
        low.add(Dim.of(window.low().get(axis)));
        high.add(Dim.of(window.high().get(axis)));
        holes.add(window.inputDilation().get(axis) - 1);
      }
      padded = Operations.pad(x, low, high, holes, op.reduction().identity());
    }

    private int count() {
      return output.count().is(0) ? 0 : window.size().stream().reduce(1, (a, b) -> a * b);
    }

    List<Node> elements() {
      List<Node> elements = new ArrayList<>();
      for (int k = 0; k < count(); k++) {
        elements.add(Operations.slice(padded, start(k), limit(k), window.stride()));
      }
      return elements;
    }

    private List<Dim> start(int k) {
      List<Dim> start = new ArrayList<>(Collections.nCopies(window.rank(), Dim.ZERO));
      for (int axis = window.rank() - 1; axis >= 0; axis--) {
        int size = window.size().get(axis);
        start.set(axis, Dim.of((long) k % size * window.dilation().get(axis)));
        k /= size;
      }
      return start;
    }

    private List<Dim> limit(int k) {
      List<Dim> limit = new ArrayList<>();
      for (int axis = 0; axis < window.rank(); axis++) {
        Dim outputs = output.dim(axis);
        limit.add(
            outputs.isFixed()
                ? start(k).get(axis).plus(spread(outputs.fixed(), window.stride().get(axis)))
                : outputs);
      }
      return limit;
    }

    /** {@return the sum of the elements' cotangents at the places they came from} */
    Node putBack(List<Node> cotangents) {
      Node sum = full(padded.type(), 0);
      for (int k = 0; k < cotangents.size(); k++) {
        Op.Slice slice = new Op.Slice(start(k), limit(k), window.stride());
        Node element = Node.of(slice, padded);
        sum = Operations.add(sum, ShapeRules.slice(slice, element, cotangents.get(k)));
      }
      Op.Pad pad = new Op.Pad(low, high, holes, 0);
      Node around = Node.of(pad, full(padded.type().withShape(input), 0));
      return ShapeRules.pad(pad, around, sum);
    }
  }
}
