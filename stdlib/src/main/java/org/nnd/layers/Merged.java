package org.nnd.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.dsl.Layer;
import org.nnd.ir.Literal;

/** A network and its variables by path, after a transformation that computes weights. */
public record Merged(Layer layer, Map<String, Literal> weights) {
  public Merged {
    weights = new LinkedHashMap<>(weights);
  }
}
