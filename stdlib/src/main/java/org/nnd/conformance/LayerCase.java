package org.nnd.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nnd.dsl.Lowered;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;

/**
 * A case's layer in f32 with the case's values, for tests of what else becomes of layers.
 *
 * @param free whether the batch is open; the inputs then have {@code batch} examples
 * @param variables by path
 */
public record LayerCase(
    Graph graph,
    boolean free,
    long batch,
    Map<String, Literal> inputs,
    Map<String, Literal> variables) {

  /**
   * {@return the layer of a case, unless it is a function or a training run}
   *
   * @throws org.nnd.ir.NndException if the module or a hyper-parameter is not known
   */
  public static Optional<LayerCase> of(Vector vector) {
    if (!(Modules.subject(vector) instanceof Subject.OfLayer subject)) {
      return Optional.empty();
    }
    Map<String, Literal> inputs = vector.under("in");
    Lowered lowered = VectorGraph.lower(subject.layer(), vector, subject.freeBatch(), DType.F32);
    Map<String, Literal> variables = new LinkedHashMap<>(lowered.initial(0));
    variables.putAll(vector.variables());
    long batch = subject.freeBatch() ? VectorGraph.batch(inputs) : 1;
    return Optional.of(
        new LayerCase(lowered.graph(), subject.freeBatch(), batch, inputs, variables));
  }
}
