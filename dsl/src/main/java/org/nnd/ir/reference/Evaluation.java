package org.nnd.ir.reference;

import java.util.Map;
import org.nnd.ir.Literal;

/**
 * The results of a graph by name. Floating-point results are f64 literals, others have their own
 * type.
 */
public record Evaluation(Map<String, Literal> outputs, Map<String, Literal> updates) {
  /** {@return the only output} */
  public Literal output() {
    if (outputs.size() != 1) {
      throw new IllegalStateException("the graph has the outputs " + outputs.keySet());
    }
    return outputs.values().iterator().next();
  }
}
