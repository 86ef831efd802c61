package org.nnd.ir.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.testing.Pool.Entry;

/**
 * Makes random graphs: the same for the same seed. Extents are 0, 1, primes and small powers of
 * two, or the batch size, which may be 0 as well.
 *
 * <p>Values stay bounded. Operations with steps (comparisons, rounding, sorting, …) are applied to
 * exactly known values only, so that a correct f32 implementation agrees with the reference up to
 * rounding errors; with {@link RandomGraph.Options#withIntegers()} it agrees exactly.
 */
public final class RandomGraphs {
  private RandomGraphs() {}

  /** {@return the operations that graphs are made of: all but the leaves and get-result} */
  public static Set<Class<? extends Op>> operations() {
    Set<Class<? extends Op>> operations = new LinkedHashSet<>();
    for (Class<?> permitted : Op.class.getPermittedSubclasses()) {
      operations.add(permitted.asSubclass(Op.class));
    }
    operations.removeAll(
        Arrays.asList(
            Op.Input.class,
            Op.Parameter.class,
            Op.Constant.class,
            Op.Iota.class,
            Op.GetResult.class));
    return Collections.unmodifiableSet(operations);
  }

  public static RandomGraph sample(long seed, RandomGraph.Options options) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    Pool pool = new Pool(random, options);
    RandomSteps steps = new RandomSteps(pool);
    List<Class<? extends Op>> choices = List.copyOf(options.operations());
    pool.offer(pool.leaf(pool.type()));
    int made = 0;
    for (int attempt = 0; made < options.steps() && attempt < 50 * options.steps(); attempt++) {
      int before = pool.entries().size();
      steps.apply(pool.choose(choices));
      made += pool.entries().size() > before ? 1 : 0;
    }
    return close(seed, pool);
  }

  /** The results are the values that nothing uses. */
  private static RandomGraph close(long seed, Pool pool) {
    Set<Node> used = new LinkedHashSet<>();
    pool.entries().forEach(entry -> used.addAll(ancestors(entry.node())));
    Map<String, Node> outputs = new LinkedHashMap<>();
    Map<String, Double> bounds = new LinkedHashMap<>();
    double bound = 1;
    for (Entry entry : pool.entries()) {
      bound = Math.max(bound, entry.is(DType.F32) ? entry.bound() : 0);
      if (!used.contains(entry.node())) {
        String name = "y" + outputs.size();
        outputs.put(name, entry.node());
        bounds.put(name, bound);
      }
    }
    Graph graph = Graph.of(List.of(), outputs);
    Map<String, Literal> inputs = new LinkedHashMap<>(pool.inputs);
    Map<String, Literal> parameters = new LinkedHashMap<>(pool.parameters);
    inputs.keySet().retainAll(names(graph));
    parameters.keySet().retainAll(names(graph));
    return new RandomGraph(seed, graph, pool.batch, inputs, parameters, bounds);
  }

  private static Set<Node> ancestors(Node node) {
    Set<Node> found = new LinkedHashSet<>();
    List<Node> open = new ArrayList<>(node.operands());
    while (!open.isEmpty()) {
      Node next = open.remove(open.size() - 1);
      if (found.add(next)) {
        open.addAll(next.operands());
      }
    }
    return found;
  }

  private static Set<String> names(Graph graph) {
    Set<String> names = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case Op.Input input -> names.add(input.name());
        case Op.Parameter parameter -> names.add(parameter.name());
        default -> {}
      }
    }
    return names;
  }
}
