package org.nnd.onnx;

import java.util.Map;
import java.util.Set;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.onnx.imports.Value;

/**
 * A file as a tensor graph.
 *
 * @param graph computes those outputs that are not known already, under the names of {@code
 *     outputs}; an element of a sequence has its number behind a dot
 * @param outputs the file's outputs by name
 * @param parameters the initial values of the graph's parameters
 * @param buffers the parameters among them that training leaves as they are
 */
public record Imported(
    Graph graph,
    Map<String, Value> outputs,
    Map<String, Literal> parameters,
    Set<String> buffers) {}
