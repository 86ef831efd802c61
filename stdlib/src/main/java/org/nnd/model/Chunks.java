package org.nnd.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Mode;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;

/** Predictions for many examples, in parts that the device's memory has room for. */
final class Chunks {
  /** Enough to keep a device busy. */
  static final int ROWS = 256;

  private Chunks() {}

  static Map<String, Literal> predict(Model model, Map<String, Literal> values) {
    long rows = check(model, values);
    Graph graph = model.lowered(Mode.INFERENCE).graph();
    // What is carried from call to call, or is no list of examples, must see all at once.
    boolean whole =
        !graph.updates().isEmpty()
            || !graph.outputs().values().stream().allMatch(Chunks::listsExamples);
    if (rows <= ROWS || whole) {
      return model.run(graph, values, rows);
    }
    List<Map<String, Literal>> parts = new ArrayList<>();
    for (long from = 0; from < rows; from += ROWS) {
      Interruption.check("the prediction was interrupted after %d of %d examples", from, rows);
      int first = (int) from;
      int last = (int) Math.min(rows, from + ROWS);
      Map<String, Literal> part = new LinkedHashMap<>();
      values.forEach((name, value) -> part.put(name, slice(value, first, last)));
      parts.add(model.run(graph, part, last - first));
    }
    Map<String, Literal> joined = new LinkedHashMap<>();
    graph
        .outputs()
        .forEach(
            (name, node) ->
                joined.put(
                    name,
                    join(
                        Literal.zeros(node.dtype(), node.shape().at(rows)),
                        parts.stream().map(part -> part.get(name)).toList())));
    return joined;
  }

  private static boolean listsExamples(Node output) {
    return output.rank() > 0
        && output.shape().dim(0).equals(Dim.BATCH)
        && output.shape().slice(1, output.rank()).isFixed();
  }

  /** The number of examples. */
  static long check(Model model, Map<String, Literal> values) {
    long rows = -1;
    for (InputSpec input : model.inputs()) {
      Literal value = values.get(input.name());
      if (value == null) {
        throw new NndException(
            "the input '%s' (%s) is missing; got %s"
                .formatted(input.name(), input.type(), values.keySet()));
      }
      long n = value.shape().length == 0 ? 0 : value.shape()[0];
      boolean fits =
          value.dtype() == input.dtype()
              && value.shape().length == input.type().rank()
              && Arrays.equals(value.shape(), input.type().shape().at(n));
      if (!fits) {
        throw new NndException(
            "the input '%s' takes %s, N examples; got %s"
                .formatted(input.name(), input.type(), value.type()));
      }
      if (rows >= 0 && rows != n) {
        throw new NndException(
            "the inputs differ in their number of examples: %d and %d".formatted(rows, n));
      }
      rows = n;
    }
    if (values.size() > model.inputs().size()) {
      throw new NndException(
          "the model has the inputs %s; got %s"
              .formatted(model.inputs().stream().map(InputSpec::name).toList(), values.keySet()));
    }
    return rows;
  }

  /** Rows {@code first} to {@code last} of axis 0. */
  static Literal slice(Literal value, int first, int last) {
    int[] shape = value.shape().clone();
    int row = shape[0] == 0 ? 0 : value.count() / shape[0];
    shape[0] = last - first;
    Literal part = Literal.zeros(value.dtype(), shape);
    System.arraycopy(value.array(), first * row, part.array(), 0, part.count());
    return part;
  }

  private static Literal join(Literal target, List<Literal> parts) {
    int at = 0;
    for (Literal part : parts) {
      System.arraycopy(part.array(), 0, target.array(), at, part.count());
      at += part.count();
    }
    return target;
  }
}
