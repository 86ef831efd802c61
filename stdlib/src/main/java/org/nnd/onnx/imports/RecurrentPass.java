package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/**
 * One direction of a recurrent operator: a {@link Op.Scan} over the steps. What the inputs add to
 * the gates is one product for all steps, before the scan.
 *
 * @param lengths how many steps of each example count, i32 {@code [B]}; those after give zeros and
 *     keep the state
 */
record RecurrentPass(boolean reverse, Optional<Node> lengths) {

  /**
   * One step.
   *
   * @see Step#apply
   */
  interface Step {
    /**
     * {@return the new state, the hidden one first}
     *
     * @param gates what the input adds to the gates, {@code [B, G H]}
     * @param state each {@code [B, H]}
     */
    List<Node> apply(Node gates, List<Node> state, List<Node> weights);
  }

  /** All hidden states {@code [T, B, H]} and the last state, each {@code [B, H]}. */
  record Result(Node hidden, List<Node> last) {}

  /**
   * {@return what the steps give}
   *
   * @param gates {@code [T, B, G H]}
   * @param initial the state before the first step, the hidden one first
   * @param weights what else the steps use
   */
  Result run(Node gates, List<Node> initial, List<Node> weights, Step step) {
    int length = gates.shape().size(0);
    List<Node> operands = new ArrayList<>(initial);
    operands.add(gates);
    lengths.ifPresent(l -> operands.add(Operations.iota(DType.I32, Shape.of(length), 0)));
    int sequences = operands.size() - initial.size();
    operands.addAll(weights);
    lengths.ifPresent(operands::add);
    Graph body =
        Operations.trace(
            bodyTypes(operands, initial.size(), sequences),
            inputs -> {
              List<Node> state = inputs.subList(0, initial.size());
              int constants = initial.size() + sequences;
              List<Node> given = inputs.subList(constants, constants + weights.size());
              List<Node> next = step.apply(inputs.get(initial.size()), state, given);
              Node output = next.get(0);
              if (lengths.isPresent()) {
                Node now = inputs.get(initial.size() + 1);
                Node counts = counts(now, inputs.get(inputs.size() - 1), output);
                List<Node> kept = new ArrayList<>();
                for (int i = 0; i < next.size(); i++) {
                  kept.add(Operations.select(counts, next.get(i), state.get(i)));
                }
                output = Operations.select(counts, output, Operations.full(output.type(), 0));
                next = kept;
              }
              List<Node> results = new ArrayList<>(next);
              results.add(output);
              return results;
            });
    Node scan =
        Node.of(
            Turns.checked(new Op.Scan(body, initial.size(), sequences, length, reverse)), operands);
    List<Node> results = Operations.results(scan);
    return new Result(results.get(initial.size()), results.subList(0, initial.size()));
  }

  private static Node counts(Node now, Node lengths, Node like) {
    Node step = Operations.broadcast(now, lengths.shape(), List.of());
    Node counts = Operations.compare(Comparison.LT, step, lengths);
    return Operations.broadcast(counts, like.shape(), List.of(0));
  }

  private static List<TensorType> bodyTypes(List<Node> operands, int carries, int sequences) {
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      TensorType type = operands.get(i).type();
      boolean sequence = i >= carries && i < carries + sequences;
      types.add(sequence ? type.withShape(type.shape().slice(1, type.rank())) : type);
    }
    return types;
  }
}
