package org.nnd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.data.Batch;
import org.nnd.data.Batches;
import org.nnd.data.DataSet;
import org.nnd.dsl.Mode;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.model.Interruption;
import org.nnd.model.Model;

/** Measures models on data they have not seen. */
public final class Evaluation {
  private static final int ROWS = 256;

  private Evaluation() {}

  /** {@return loss and metric that suit the target, over all examples} */
  public static Score evaluate(Model model, DataSet data) {
    return evaluate(model, data, Loss.usualLoss(Feed.target(data)), List.of());
  }

  /**
   * {@return loss and metrics over all examples}
   *
   * @param metrics those to measure; none for the one that suits the target
   */
  public static Score evaluate(Model model, DataSet data, Loss loss, List<Metric> metrics) {
    if (data.size() == 0) {
      throw new NndException("evaluate: the data set is empty");
    }
    Feed feed = Feed.of(model, data);
    List<Metric> measured =
        metrics.isEmpty() ? List.of(Metric.usualMetric(Feed.target(data))) : metrics;
    Forward forward =
        Forward.of(model.lowered(Mode.INFERENCE).graph(), loss, measured, feed.targets());
    Map<String, Node> outputs = new LinkedHashMap<>();
    forward.sums().forEach((name, sum) -> outputs.put(name, sum.node()));
    Graph graph = Graph.of(forward.inputs(), outputs);
    Map<String, Double> sums = new LinkedHashMap<>();
    try (Batches batches = data.loader(ROWS).inOrder().epoch(0)) {
      while (batches.hasNext()) {
        Interruption.check(
            "the evaluation was interrupted after %d of %d examples",
            Math.min(data.size(), batches.position() * ROWS), data.size());
        Batch batch = batches.next();
        Map<String, Literal> values = model.run(graph, feed.values(batch), batch.size());
        values.forEach((name, value) -> sums.merge(name, value.get(0), Double::sum));
      }
    }
    sums.replaceAll((name, sum) -> sum / data.size());
    return new Score(data.size(), sums, shares(measured, sums.keySet()));
  }

  /** {@return the names that belong to metrics that are shares} */
  static Set<String> shares(List<Metric> metrics, Set<String> names) {
    List<String> starts = new ArrayList<>();
    metrics.stream().filter(Metric::isShare).forEach(metric -> starts.add(metric.name()));
    return names.stream()
        .filter(name -> starts.stream().anyMatch(s -> name.equals(s) || name.startsWith(s + " ")))
        .collect(Collectors.toSet());
  }
}
