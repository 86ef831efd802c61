package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** The recurrent operators RNN, GRU and LSTM. */
final class Recurrent {
  private Recurrent() {}

  static Map<String, Lowered> operators() {
    return Map.of(
        "RNN", scope -> new Recurrence(scope, Kind.RNN).lower(),
        "GRU", scope -> new Recurrence(scope, Kind.GRU).lower(),
        "LSTM", scope -> new Recurrence(scope, Kind.LSTM).lower());
  }

  /** What tells the operators apart. */
  private enum Kind {
    RNN(1, List.of("Tanh")),
    GRU(3, List.of("Sigmoid", "Tanh")),
    LSTM(4, List.of("Sigmoid", "Tanh", "Tanh"));

    private final int gates;
    private final List<String> activations;

    Kind(int gates, List<String> activations) {
      this.gates = gates;
      this.activations = activations;
    }
  }

  /** One recurrent operator; T steps, B examples, I inputs, H hidden states, D directions. */
  private record Recurrence(NodeScope scope, Kind kind) {

    private boolean batchFirst() {
      return scope.integer("layout", 0) == 1;
    }

    List<Value> lower() {
      Node given = scope.node(0);
      if (given.rank() != 3 || scope.node(1).rank() != 3 || scope.node(2).rank() != 3) {
        throw scope.error(
            "the input is %s, the weights %s and %s; expected are three axes each"
                .formatted(given.type(), scope.node(1).type(), scope.node(2).type()));
      }
      Node x = batchFirst() ? RecurrentCells.exchanged(given) : given;
      if (!x.shape().dim(0).isFixed()) {
        throw scope.unsupported("a number of steps that is the batch size");
      }
      List<Boolean> reversed = directions();
      List<RecurrentPass.Result> passes = new ArrayList<>();
      for (int d = 0; d < reversed.size(); d++) {
        passes.add(pass(x, d, reversed));
      }
      return results(passes);
    }

    private List<Boolean> directions() {
      String direction = scope.text("direction", "forward");
      List<Boolean> reversed =
          switch (direction) {
            case "forward" -> List.of(false);
            case "reverse" -> List.of(true);
            case "bidirectional" -> List.of(false, true);
            default ->
                throw scope.error(
                    "direction is '%s', expected forward, reverse or bidirectional"
                        .formatted(direction));
          };
      if (!scope.node(1).shape().dim(0).is(reversed.size())) {
        throw scope.error(
            "the weights %s are not for %d directions"
                .formatted(scope.node(1).type(), reversed.size()));
      }
      return reversed;
    }

    private int hidden() {
      return scope.node(2).shape().size(2);
    }

    private RecurrentPass.Result pass(Node x, int d, List<Boolean> reversed) {
      int hidden = hidden();
      int gates = kind.gates * hidden;
      Node weights = RecurrentCells.entry(scope.node(1), d);
      Node recurrent = RecurrentCells.entry(scope.node(2), d);
      if (!weights.shape().equals(Shape.of(Dim.of(gates), x.shape().dim(2)))
          || !recurrent.shape().dim(0).is(gates)) {
        throw scope.error(
            "the weights %s and %s do not fit an input %s"
                .formatted(scope.node(1).type(), scope.node(2).type(), x.type()));
      }
      Node bias =
          scope
              .optionalNode(3)
              .map(b -> RecurrentCells.entry(b, d))
              .orElseGet(() -> zeros(x, Shape.of(2L * gates)));
      Node inputBias = Operations.slice(bias, 0, 0, gates);
      Node recurrentBias = Operations.slice(bias, 0, gates, 2 * gates);
      Node added = Operations.add(inputBias, recurrentBias);
      Node ofReset = Operations.slice(recurrentBias, 0, gates - hidden, gates);
      if (kind == Kind.GRU) {
        // The recurrent bias of the last gate may stand within the reset: the cell adds it.
        Node others = Operations.slice(added, 0, 0, gates - hidden);
        Node last = Operations.slice(inputBias, 0, gates - hidden, gates);
        added = Operations.concatenate(List.of(others, last), 0);
      }
      Node product = RecurrentCells.product(x, weights);
      Node sums = Operations.add(product, Operations.broadcast(added, product.shape(), List.of(2)));
      List<Node> initial = new ArrayList<>(List.of(state(5, d, x)));
      List<Node> used = new ArrayList<>(List.of(recurrent));
      if (kind == Kind.GRU) {
        used.add(ofReset);
      } else if (kind == Kind.LSTM) {
        initial.add(state(6, d, x));
        used.add(
            scope
                .optionalNode(7)
                .map(p -> RecurrentCells.entry(p, d))
                .orElseGet(() -> zeros(x, Shape.of(3L * hidden))));
      }
      Optional<Node> lengths =
          scope.optionalNode(4).map(given -> Operations.convert(given, DType.I32));
      return new RecurrentPass(reversed.get(d), lengths)
          .run(sums, initial, used, step(d, reversed.size()));
    }

    /** The state before the first step, {@code [B, H]}. */
    private Node state(int input, int d, Node x) {
      return scope
          .optionalNode(input)
          .map(s -> RecurrentCells.entry(batchFirst() ? RecurrentCells.exchanged(s) : s, d))
          .orElseGet(() -> zeros(x, Shape.of(x.shape().dim(1), Dim.of(hidden()))));
    }

    private static Node zeros(Node x, Shape shape) {
      return Operations.full(new TensorType(x.dtype(), shape), 0);
    }

    private RecurrentPass.Step step(int d, int directions) {
      int count = kind.activations.size();
      List<String> names =
          scope
              .texts("activations")
              .orElseGet(
                  () ->
                      Collections.nCopies(directions, kind.activations).stream()
                          .flatMap(List::stream)
                          .toList());
      if (names.size() != count * directions) {
        throw scope.error(
            "%d activations for %d directions, expected %d each"
                .formatted(names.size(), directions, count));
      }
      List<CellActivation> activations =
          CellActivation.of(names, reals("activation_alpha"), reals("activation_beta"))
              .subList(d * count, (d + 1) * count);
      OptionalDouble clip =
          scope.hasAttribute("clip")
              ? OptionalDouble.of(scope.real("clip", 0))
              : OptionalDouble.empty();
      RecurrentCells cells = new RecurrentCells(activations, clip);
      return switch (kind) {
        case RNN -> cells.rnn();
        case GRU -> cells.gru(scope.flag("linear_before_reset", false));
        case LSTM -> cells.lstm(scope.flag("input_forget", false));
      };
    }

    private List<Double> reals(String name) {
      return scope.reals(name).orElse(List.of()).stream().map(Float::doubleValue).toList();
    }

    /** All hidden states {@code [T, D, B, H]}, then the last states {@code [D, B, H]}. */
    private List<Value> results(List<RecurrentPass.Result> passes) {
      List<Node> hidden =
          passes.stream()
              .map(p -> Operations.reshape(p.hidden(), p.hidden().shape().insert(1, Dim.ONE)))
              .toList();
      Node all = Operations.concatenate(hidden, 1);
      List<Value> results = new ArrayList<>();
      results.add(scope.like(0, batchFirst() ? Operations.transpose(all, 2, 0, 1, 3) : all));
      for (int s = 0; s < passes.get(0).last().size(); s++) {
        int which = s;
        List<Node> last =
            passes.stream()
                .map(p -> p.last().get(which))
                .map(state -> Operations.reshape(state, state.shape().insert(0, Dim.ONE)))
                .toList();
        Node states = Operations.concatenate(last, 0);
        results.add(scope.like(0, batchFirst() ? RecurrentCells.exchanged(states) : states));
      }
      return results;
    }
  }
}
