package org.nnd.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;

/**
 * A time in which code that makes models runs without training or running any: what would be
 * trained is noted instead, and results come out as not-a-number. There is one at a time, for all
 * threads.
 */
public final class Rehearsal implements AutoCloseable {
  private static volatile Optional<Rehearsal> current = Optional.empty();

  private final List<Network> networks = new ArrayList<>();

  /**
   * A network that code made a model of.
   *
   * @param steps the graphs of the training steps that it would have been trained with
   */
  public record Network(Model model, List<Graph> steps) {
    private boolean isOf(Model other) {
      return model.network().equals(other.network()) && model.inputs().equals(other.inputs());
    }
  }

  private Rehearsal() {}

  /** {@return a rehearsal that lasts from now until it is closed} */
  public static Rehearsal begin() {
    Rehearsal rehearsal = new Rehearsal();
    current = Optional.of(rehearsal);
    return rehearsal;
  }

  /** {@return the rehearsal that is going on} */
  public static Optional<Rehearsal> current() {
    return current;
  }

  /** Notes a model; those of one network on the same inputs count once. */
  public synchronized void made(Model model) {
    if (networks.stream().noneMatch(network -> network.isOf(model))) {
      networks.add(new Network(model, new ArrayList<>()));
    }
  }

  /** Notes that a model would be trained by these steps. */
  public synchronized void trains(Model model, Graph step) {
    made(model);
    for (Network network : networks) {
      if (network.isOf(model) && !network.steps.contains(step)) {
        network.steps.add(step);
      }
    }
  }

  /** {@return the networks noted, in the order in which they were made} */
  public synchronized List<Network> networks() {
    return networks.stream().map(n -> new Network(n.model, List.copyOf(n.steps))).toList();
  }

  /** {@return what a graph gives in a rehearsal: not-a-number, 0 where there is none} */
  static Map<String, Literal> results(Graph graph, long batch) {
    Map<String, Literal> results = new LinkedHashMap<>();
    graph
        .outputs()
        .forEach((name, node) -> results.put(name, unknown(node.dtype(), node.shape().at(batch))));
    return results;
  }

  private static Literal unknown(DType dtype, int[] shape) {
    Literal zeros = Literal.zeros(dtype, shape);
    if (!dtype.isFloat()) {
      return zeros;
    }
    double[] values = new double[zeros.count()];
    Arrays.fill(values, Double.NaN);
    return Literal.ofDoubles(dtype, values, shape);
  }

  @Override
  public void close() {
    current = Optional.empty();
  }
}
