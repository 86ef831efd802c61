package org.nnd.onnx.exports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.binary;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.iota;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.select;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.composite.Probabilities;

/** The composite attention in parts that ONNX has an operator for, softmax above all. */
final class AttentionParts {
  private AttentionParts() {}

  /** {@return softmax(scale · q kᵀ + mask) v; a row whose keys are all masked gives zeros} */
  static Node of(List<Node> operands, Map<String, Object> attributes) {
    Node q = operands.get(0);
    int rank = q.rank();
    List<Integer> batch = Operations.axes(rank - 2);
    List<Integer> features = List.of(rank - 1);
    Node product = Operations.dot(q, operands.get(1), batch, batch, features, features);
    Node score = multiply(product, ((Number) attributes.get("scale")).doubleValue());
    Optional<Node> allowed =
        Boolean.TRUE.equals(attributes.get("causal"))
            ? Optional.of(notAfter(score.shape()))
            : Optional.empty();
    if (operands.size() == 4 && operands.get(3).dtype() == DType.BOOL) {
      Node given = operands.get(3);
      allowed = Optional.of(allowed.map(c -> binary(BinaryOp.AND, c, given)).orElse(given));
    } else if (operands.size() == 4) {
      score = add(score, operands.get(3));
    }
    return Operations.matmul(weights(score, allowed), operands.get(2));
  }

  private static Node weights(Node score, Optional<Node> allowed) {
    int last = score.rank() - 1;
    if (allowed.isEmpty()) {
      return Probabilities.softmax(score, last);
    }
    Node never = full(score.type(), Double.NEGATIVE_INFINITY);
    Node weights = Probabilities.softmax(select(allowed.get(), score, never), last);
    return select(allowed.get(), weights, full(weights.type(), 0));
  }

  /** Whether the key's position is not after the query's: one matrix, repeated. */
  private static Node notAfter(Shape scores) {
    Shape matrix = scores.slice(scores.rank() - 2, scores.rank());
    Node allowed = compare(Comparison.LE, iota(DType.I32, matrix, 1), iota(DType.I32, matrix, 0));
    return Operations.broadcastTrailing(allowed, scores);
  }
}
