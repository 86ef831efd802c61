package org.nnd.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.model.Model;
import org.nnd.onnx.exports.Program;

/**
 * Writes networks as ONNX files of opset 17.
 *
 * <p>The batch dimension stays open: it is called {@code N} in the inputs and outputs. Parameters
 * and buffers are initialisers named by their paths. A variable that the graph updates (state that
 * is carried from call to call, in training form running statistics) is an input as well, with its
 * value as default, and has an output {@code PATH.next}; so are {@code rng.seed} and {@code
 * rng.step} where random numbers are drawn, others for another step. Every ONNX node has the path
 * of its layer in its name, its documentation and its metadata ({@code nnd.path}); the model's
 * metadata have the network ({@code nnd.network}), the mode ({@code nnd.mode}) and the layers
 * ({@code nnd.layers}, a line each). Weights of more than 1 GiB in all go into a file of their own,
 * {@code NAME.data}.
 */
public final class OnnxExport {
  private OnnxExport() {}

  /**
   * Writes a model in the form that predicts.
   *
   * @throws org.nnd.ir.NndException if an operation has no counterpart in ONNX (the layer's path is
   *     told), or the file cannot be written; a file that was there is as before then
   */
  public static void exportOnnx(Model model, Path file) {
    exportOnnx(model, Mode.INFERENCE, file);
  }

  /** Writes a model in one of its forms, see {@link #exportOnnx(Model, Path)}. */
  public static void exportOnnx(Model model, Mode mode, Path file) {
    Lowered lowered = model.lowered(mode);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("nnd.mode", mode.toString().toLowerCase(Locale.ROOT));
    metadata.put("nnd.network", model.network().toString());
    StringBuilder layers = new StringBuilder();
    lowered.layers().stream()
        .filter(layer -> !layer.path().isEmpty())
        .forEach(l -> layers.append(l.path()).append('\t').append(l.kind()).append('\n'));
    metadata.put("nnd.layers", layers.toString());
    write(lowered.graph(), model.values(), metadata, file);
  }

  /**
   * Writes any graph.
   *
   * @param values of its parameters, by path
   */
  public static void exportOnnx(Graph graph, Map<String, Literal> values, Path file) {
    write(graph, values, Map.of(), file);
  }

  private static void write(
      Graph graph, Map<String, Literal> values, Map<String, String> metadata, Path file) {
    new ProgramWriter(metadata, ProgramWriter.MOST_INSIDE).write(Program.of(graph, values), file);
  }
}
