package org.nnd.dsl;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;

/**
 * Computes tensors that are looked at. Found by {@link java.util.ServiceLoader}; a backend provides
 * it.
 */
public interface Evaluator {
  /**
   * {@return the values of the graph's outputs, in order}
   *
   * @param graph without inputs; its leaves are parameters
   * @param parameters their values by name
   * @param batch the batch size {@code N}
   */
  List<Literal> evaluate(Graph graph, Map<String, Literal> parameters, long batch);
}
