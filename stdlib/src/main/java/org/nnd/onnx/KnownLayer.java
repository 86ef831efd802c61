package org.nnd.onnx;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.dsl.Layer;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;

/**
 * A part of an imported graph that computes what one of NND's layers does.
 *
 * @param names what its path may be, the best first
 * @param values what its variables start with, by their names in the layer
 * @param inputs what it takes, by the layer's names for them, in order
 * @param output what it computes
 * @param inside the nodes that compute it and nothing else, {@code output} included
 */
record KnownLayer(
    List<String> names,
    Layer layer,
    Map<String, Literal> values,
    Map<String, Node> inputs,
    Node output,
    Set<Node> inside) {}
