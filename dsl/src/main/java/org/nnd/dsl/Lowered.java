package org.nnd.dsl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;

/**
 * A network put together with its inputs: the graph of outputs and buffer updates, the variables it
 * declares in order of first use, and a report per layer, outer ones first. A network that draws
 * random numbers has the state variables {@code rng.seed} and {@code rng.step}.
 */
public record Lowered(Graph graph, List<Variable> variables, List<LayerReport> layers) {
  public Lowered {
    variables = List.copyOf(variables);
    layers = List.copyOf(layers);
  }

  /** {@return initial values of all variables by path} */
  public Map<String, Literal> initial(long seed) {
    Map<String, Literal> values = new LinkedHashMap<>();
    variables.forEach(variable -> values.put(variable.path(), variable.initial(seed)));
    return values;
  }

  /** {@return the number of trainable numbers} */
  public long parameterCount() {
    return variables.stream()
        .filter(variable -> variable.kind() == Variable.Kind.PARAMETER)
        .mapToLong(variable -> variable.type().shape().count().at(1))
        .sum();
  }
}
