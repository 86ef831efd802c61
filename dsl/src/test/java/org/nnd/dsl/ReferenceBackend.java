package org.nnd.dsl;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Computes values in these tests, where there is no device. */
public final class ReferenceBackend implements Evaluator {
  @Override
  public List<Literal> evaluate(Graph graph, Map<String, Literal> parameters, long batch) {
    return List.copyOf(
        ReferenceEvaluator.evaluate(graph, batch, Map.of(), parameters).outputs().values());
  }
}
