package org.nnd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.data.Batch;
import org.nnd.dsl.LayerReport;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.model.Model;

/**
 * Finds where a loss that is not finite comes from. The device has dropped the step, so variables
 * and random state are those before it: the same forward pass is run again, this time with the
 * result of every layer as an output.
 */
record Diagnosis(Model model, Settings settings, Feed feed) {
  private static final String ADVICE = "; a smaller learning rate, warmUp or clipNorm often helps";

  /** {@return the error that says where, for the batch whose loss was not finite} */
  NndException explain(Batch batch, String where) {
    Map<String, Literal> values = feed.values(batch);
    String cause =
        fault(values)
            .or(this::parameterFault)
            .or(() -> layerFault(values, batch.size()))
            .orElse("it is the loss itself that is not finite, all layers' results are");
    return new NndException("the loss is not finite in %s: %s".formatted(where, cause));
  }

  /** What is wrong with the data, if anything. */
  private static Optional<String> fault(Map<String, Literal> values) {
    return values.entrySet().stream()
        .filter(e -> bad(e.getValue()) > 0)
        .map(
            e ->
                "the column '%s' of the data is not (%s)"
                    .formatted(e.getKey(), count(e.getValue())))
        .findFirst();
  }

  /** A parameter that an earlier update has spoilt. */
  private Optional<String> parameterFault() {
    for (Variable variable : model.declared()) {
      Literal value = model.parameter(variable.path());
      if (bad(value) > 0) {
        return Optional.of(
            "already before this step the variable '%s' was not (%s)%s"
                .formatted(variable.path(), count(value), ADVICE));
      }
    }
    return Optional.empty();
  }

  private Optional<String> layerFault(Map<String, Literal> values, int rows) {
    Lowered lowered = model.lowered(Mode.TRAINING);
    Forward forward =
        Forward.of(lowered.graph(), settings.loss(), settings.metrics(), feed.targets());
    Map<String, Node> taps = new LinkedHashMap<>();
    for (Node node : results(lowered.graph())) {
      taps.put("tap." + taps.size(), node);
    }
    Map<String, Literal> found = model.run(Graph.of(forward.inputs(), taps), values, rows);
    double largest = 0;
    for (Map.Entry<String, Node> tap : taps.entrySet()) {
      Literal value = found.get(tap.getKey());
      if (bad(value) > 0) {
        return Optional.of(
            "the first layer whose result is not finite is %s: %s"
                    .formatted(layer(tap.getValue(), lowered), count(value))
                + "; up to there the largest magnitude was %.3g%s".formatted(largest, ADVICE));
      }
      for (int i = 0; i < value.count(); i++) {
        largest = Math.max(largest, Math.abs(value.get(i)));
      }
    }
    return Optional.empty();
  }

  /** The f32 results that pass from one layer to another, or out, in the order of computation. */
  private static List<Node> results(Graph graph) {
    List<List<Node>> users = graph.users();
    List<Node> results = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean leaf =
          node.op() instanceof Op.Parameter
              || node.op() instanceof Op.Input
              || node.op() instanceof Op.Constant;
      boolean crosses =
          graph.outputs().containsValue(node)
              || users.get(graph.position(node)).stream()
                  .anyMatch(user -> !user.origin().path().equals(node.origin().path()));
      if (!leaf && crosses && node.types().size() == 1 && node.dtype() == DType.F32) {
        results.add(node);
      }
    }
    return results;
  }

  /** {@return {@code '2.0.pw1.bn' (batchNorm(), glyphs.nnd:12)}} */
  private static String layer(Node node, Lowered lowered) {
    String path = node.origin().path();
    return lowered.layers().stream()
        .filter(report -> report.path().equals(path))
        // The innermost of those that share a path.
        .reduce((outer, inner) -> inner)
        .map(report -> "'%s' (%s)".formatted(path, described(report)))
        .orElse("'" + path + "'");
  }

  private static String described(LayerReport report) {
    return report.text() + report.site().clause().replace("; declared at", ",");
  }

  private static String count(Literal value) {
    return "%,d of %,d numbers are NaN or infinite".formatted(bad(value), value.count());
  }

  private static int bad(Literal value) {
    int bad = 0;
    if (value.dtype().isFloat()) {
      for (int i = 0; i < value.count(); i++) {
        if (!Double.isFinite(value.get(i))) {
          bad++;
        }
      }
    }
    return bad;
  }
}
