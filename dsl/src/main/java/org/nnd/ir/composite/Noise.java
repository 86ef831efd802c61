package org.nnd.ir.composite;

import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.convert;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.randomBits;
import static org.nnd.ir.Operations.select;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * Random masks. The operands {@code seed} and {@code step} are i32 scalars; {@code stream} tells
 * layers apart, {@code use} the uses within a layer.
 */
public final class Noise {
  private Noise() {}

  /** {@return f32 numbers k · 2^-24 with k uniform in [0, 2^24): the high bits of random ones} */
  public static Node uniform(Node seed, Node step, Shape shape, long stream, int use) {
    return Operations.composite(
        "uniform",
        Map.of("stream", stream, "use", use),
        List.of(seed, step),
        a -> uniformOf(a.get(0), a.get(1), shape, stream, use));
  }

  private static Node uniformOf(Node seed, Node step, Shape shape, long stream, int use) {
    Node bits = randomBits(seed, step, shape, stream, use);
    Node high = Operations.binary(BinaryOp.SHIFT_RIGHT_LOGICAL, bits, full(bits.type(), 8));
    return multiply(convert(high, DType.F32), 0x1p-24);
  }

  /**
   * {@return x with each element set to zero with probability {@code rate} and the others scaled by
   * 1 / (1 - rate) (Srivastava et al. 2014); attributes {@code rate}, {@code stream}, {@code use}}
   */
  public static Node dropout(Node x, double rate, Node seed, Node step, long stream, int use) {
    return dropping("dropout", x, x.shape(), rate, seed, step, stream, use);
  }

  /** {@return dropout of whole examples of {@code [N, …]} (Huang et al. 2016)} */
  public static Node dropPath(Node x, double rate, Node seed, Node step, long stream, int use) {
    Shape examples = new Shape(Collections.nCopies(x.rank() - 1, Dim.ONE));
    return dropping(
        "dropPath", x, examples.prepend(x.shape().dim(0)), rate, seed, step, stream, use);
  }

  private static Node dropping(
      String name, Node x, Shape shape, double rate, Node seed, Node step, long stream, int use) {
    if (!(rate >= 0 && rate < 1)) {
      throw new NndException(name + ": the rate must lie in [0, 1), got " + rate);
    }
    return Operations.composite(
        name,
        Map.of("rate", rate, "stream", stream, "use", use),
        List.of(x, seed, step),
        a -> {
          Node uniform = uniformOf(a.get(1), a.get(2), shape, stream, use);
          Node kept = compare(Comparison.GE, uniform, rate);
          Node keep = broadcast(kept, x.shape(), Operations.axes(x.rank()));
          Node scaled = multiply(a.get(0), 1 / (1 - rate));
          return select(keep, scaled, full(x.type(), 0));
        });
  }
}
