package org.nnd.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.LayerReport;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.TensorType;

/**
 * How much of the input a layer's result sees: positions of the input that one position of the
 * result depends on through windows, through all branches, as if the input had no end (the
 * theoretical receptive field; Luo et al. 2016, section 2).
 *
 * @param path of the layer, empty for the last result that has positions
 * @param sizes along each spatial axis of the input
 * @param input the extents of these axes
 * @param global whether an average or another sum over all positions matters too, as in
 *     squeeze-excite or attention
 */
public record ReceptiveField(String path, List<Long> sizes, List<Long> input, boolean global) {
  public ReceptiveField {
    sizes = List.copyOf(sizes);
    input = List.copyOf(input);
  }

  /** {@return the size along the last axis} */
  public long size() {
    return sizes.get(sizes.size() - 1);
  }

  /** {@return the extent of the input's last axis} */
  public long inputSize() {
    return input.get(input.size() - 1);
  }

  static ReceptiveField of(Model model, String path) {
    Lowered lowered = model.lowered(Mode.INFERENCE);
    InputSpec input = spatial(model);
    Node target = target(lowered, input, path);
    return of(lowered.graph(), input, path, target);
  }

  static ReceptiveField of(Graph graph, InputSpec input, String path, Node target) {
    List<Demand.Span> spans = Demand.ofCentre(graph, target).get(input.name());
    List<Demand.Span> positions = spans.subList(2, spans.size());
    return new ReceptiveField(
        path,
        positions.stream().map(Demand.Span::size).toList(),
        IntStream.range(1, input.exampleShape().rank())
            .mapToObj(axis -> (long) input.exampleShape().size(axis))
            .toList(),
        positions.stream().anyMatch(Demand.Span::all));
  }

  /** {@return the only input that has positions: {@code [N, C, spatial…]}} */
  static InputSpec spatial(Model model) {
    List<InputSpec> candidates =
        model.inputs().stream()
            .filter(i -> i.exampleShape().rank() >= 2 && i.dtype().isFloat())
            .toList();
    if (candidates.size() != 1) {
      throw new NndException(
          "a receptive field needs one input [N, C, L], [N, C, H, W] or [N, C, D, H, W]; the model"
              + " takes "
              + model.inputs().stream()
                  .map(i -> i.name() + " " + i.type())
                  .collect(Collectors.joining(", ")));
    }
    return candidates.get(0);
  }

  /** {@return the node of a layer's result with positions, by default the network's last one} */
  static Node target(Lowered lowered, InputSpec input, String path) {
    if (!path.isEmpty() && lowered.layers().stream().noneMatch(l -> l.path().equals(path))) {
      throw unknown(lowered, path);
    }
    int rank = input.exampleShape().rank() + 1;
    return find(lowered, rank, path)
        .orElseThrow(
            () ->
                new NndException(
                    "%s has no result with positions, [N, C, spatial…] of %d axes"
                        .formatted(
                            path.isEmpty() ? "the network" : "the layer '" + path + "'", rank)));
  }

  private static Optional<Node> find(Lowered lowered, int rank, String path) {
    List<TensorType> outputs =
        lowered.layers().stream()
            .filter(layer -> layer.path().equals(path))
            .flatMap(layer -> layer.outputs().stream())
            .toList();
    return lowered.graph().nodes().stream()
        .filter(node -> node.types().size() == 1 && hasPositions(node, rank))
        .filter(node -> path.isEmpty() || isInside(node.origin().path(), path))
        .filter(node -> path.isEmpty() || outputs.contains(node.type()))
        .reduce((before, after) -> after);
  }

  private static boolean isInside(String origin, String path) {
    return origin.equals(path) || origin.startsWith(path + ".");
  }

  private static boolean hasPositions(Node node, int rank) {
    if (node.rank() != rank || node.shape().dim(0).isFixed()) {
      return false;
    }
    for (int axis = 1; axis < rank; axis++) {
      if (!node.shape().dim(axis).isFixed()) {
        return false;
      }
    }
    return node.shape().slice(2, rank).count().fixed() > 1;
  }

  private static NndException unknown(Lowered lowered, String path) {
    return new NndException(
        "there is no layer '%s'; the layers are %s"
            .formatted(
                path,
                lowered.layers().stream()
                    .map(LayerReport::path)
                    .filter(p -> !p.isEmpty())
                    .distinct()
                    .collect(Collectors.joining(", "))));
  }

  /** {@return those of all layers that have a result with positions, by path in order} */
  static List<ReceptiveField> all(Model model) {
    Lowered lowered = model.lowered(Mode.INFERENCE);
    InputSpec input = spatial(model);
    int rank = input.exampleShape().rank() + 1;
    List<ReceptiveField> fields = new ArrayList<>();
    Set<String> met = new HashSet<>(Set.of(""));
    for (LayerReport report : lowered.layers()) {
      if (met.add(report.path())) {
        find(lowered, rank, report.path())
            .map(node -> of(lowered.graph(), input, report.path(), node))
            .ifPresent(fields::add);
      }
    }
    return fields;
  }

  @Override
  public String toString() {
    String all = sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    return all + (global ? " and all" : "");
  }
}
