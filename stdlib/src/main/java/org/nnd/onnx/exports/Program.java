package org.nnd.onnx.exports;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;

/**
 * A graph as ONNX has it.
 *
 * @param main its inputs are those of the graph, then the variables that the graph updates, those
 *     that random numbers follow from, then {@code N} where the batch size cannot be read from an
 *     input; its outputs those of the graph, then {@code PATH.next} for each updated variable,
 *     whose input has its value as default
 * @param initializers values of variables by path, and whole numbers that are constants
 */
public record Program(Body main, Map<String, Literal> initializers) {
  public Program {
    initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
  }

  /**
   * {@return the program of a graph}
   *
   * @param values of the graph's parameters by path
   * @throws org.nnd.ir.NndException if an operation has no counterpart in ONNX, or a value is
   *     missing
   */
  public static Program of(Graph graph, Map<String, Literal> values) {
    return new Export(values).program(graph);
  }

  /** {@return the operators that are used, in alphabetic order, bodies included} */
  public Collection<String> operators() {
    Collection<String> names = new TreeSet<>();
    collect(main, names);
    return names;
  }

  private static void collect(Body body, Collection<String> names) {
    for (Call call : body.calls()) {
      names.add(call.operator());
      for (Object attribute : call.attributes().values()) {
        if (attribute instanceof Body inner) {
          collect(inner, names);
        }
      }
    }
  }
}
