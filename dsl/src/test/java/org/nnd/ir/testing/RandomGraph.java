package org.nnd.ir.testing;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Op;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;

/**
 * A random graph with values to run it on.
 *
 * @param bounds for each output a bound of the magnitudes met in computing it
 */
public record RandomGraph(
    long seed,
    Graph graph,
    long batch,
    Map<String, Literal> inputs,
    Map<String, Literal> parameters,
    Map<String, Double> bounds) {

  /**
   * What the graphs are made of.
   *
   * @param integerValued whether all floating-point values are integers so small that f32 computes
   *     everything exactly, in whatever order
   * @param operations the operations to choose from, besides the leaves
   * @param dtypes the types of the leaves and conversions; f32 is always there
   * @param steps how many operations to apply
   */
  public record Options(
      boolean integerValued, Set<Class<? extends Op>> operations, Set<DType> dtypes, int steps) {

    /** {@return graphs of every operation, over f32, i32, i64, i8, u8 and bool} */
    public static Options everything() {
      return new Options(
          false,
          RandomGraphs.operations(),
          EnumSet.of(DType.F32, DType.I32, DType.I64, DType.I8, DType.U8, DType.BOOL),
          8);
    }

    public Options withIntegers() {
      return new Options(true, operations, dtypes, steps);
    }

    public Options withDTypes(DType... types) {
      return new Options(integerValued, operations, Set.of(types), steps);
    }

    public Options withSteps(int newSteps) {
      return new Options(integerValued, operations, dtypes, newSteps);
    }

    public Options without(Set<Class<? extends Op>> excluded) {
      Set<Class<? extends Op>> rest = new LinkedHashSet<>(operations);
      rest.removeAll(excluded);
      return new Options(integerValued, rest, dtypes, steps);
    }

    public Options only(Set<Class<? extends Op>> chosen) {
      Set<Class<? extends Op>> rest = new LinkedHashSet<>(operations);
      rest.retainAll(chosen);
      return new Options(integerValued, rest, dtypes, steps);
    }
  }

  /** {@return what the reference evaluator gives} */
  public Evaluation evaluate() {
    return evaluate(graph);
  }

  /** {@return what another graph of the same inputs and parameters gives for these values} */
  public Evaluation evaluate(Graph other) {
    return ReferenceEvaluator.evaluate(other, batch, inputs, parameters);
  }
}
