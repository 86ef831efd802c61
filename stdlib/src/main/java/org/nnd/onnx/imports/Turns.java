package org.nnd.onnx.imports;

import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** How often the bodies of loops run whose number of turns is known. */
final class Turns {
  /** Those of a loop in a loop multiplied. */
  static final long MOST = Op.While.MOST_TURNS;

  private Turns() {}

  /**
   * {@return the scan}
   *
   * @throws NndException if it takes longer than anybody waits
   */
  static Op.Scan checked(Op.Scan scan) {
    double turns = of(scan);
    if (turns > MOST) {
      throw tooMany(turns);
    }
    return scan;
  }

  static NndException tooMany(double turns) {
    return new NndException(
        "it would take %,.0f turns; at most %,d are run".formatted(turns, MOST));
  }

  private static double of(Op.Scan scan) {
    return scan.length() * (1 + inside(scan.body()));
  }

  private static double inside(Graph graph) {
    double turns = 0;
    for (Node node : graph.nodes()) {
      turns +=
          switch (node.op()) {
            case Op.Scan scan -> of(scan);
            case Op.While loop -> inside(loop.body());
            case Op.Cond cond -> Math.max(inside(cond.then()), inside(cond.otherwise()));
            default -> 0;
          };
    }
    return turns;
  }
}
