package org.nnd.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nnd.dsl.Child;
import org.nnd.dsl.Expand;
import org.nnd.dsl.Expanded;
import org.nnd.dsl.Identity;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.LayerReport;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Named;
import org.nnd.dsl.Parallel;
import org.nnd.dsl.Residual;
import org.nnd.dsl.Share;
import org.nnd.ir.Literal;

/**
 * Makes a trained network smaller for inference without changing what it computes: batch norms and
 * layer scales are folded into the convolution or dense layer before them (or after, where nothing
 * stands in between), parallel convolutions of one input into one where that is no more work, an
 * identity branch included; masks are applied. Layers that have become superfluous become
 * identities, so that paths stay.
 */
public final class Merge {
  private final Weights weights;

  /** Paths of the dense layers whose input is {@code [N, features]}. */
  private final Set<String> flat;

  private final Map<String, Layer> shared = new HashMap<>();

  private Merge(Weights weights, Set<String> flat) {
    this.weights = weights;
    this.flat = flat;
  }

  /**
   * {@return the merged network with its weights}
   *
   * @param inputs what the network takes, needed to see inside its blocks
   * @param weights parameters and buffers by path; f32, or f64 for a result in f64
   */
  public static Merged merge(Layer layer, List<InputSpec> inputs, Map<String, Literal> weights) {
    Set<String> flat =
        Lower.lower(layer, inputs, Mode.INFERENCE).layers().stream()
            .filter(report -> report.kind().equals("dense") && report.inputs().get(0).rank() == 2)
            .map(LayerReport::path)
            .collect(Collectors.toSet());
    Merge merge = new Merge(new Weights(weights), flat);
    merge.weights.applyMasks();
    Layer dense =
        Expand.expand(layer, inputs, Mode.INFERENCE)
            .rewrite(Sparse.class, sparse -> new Named("", sparse.layer()));
    Layer merged = merge.row(dense, "");
    return new Merged(merged, merge.weights.values());
  }

  /** Merges the layers of a row one by one, then neighbours. */
  private Layer row(Layer layer, String path) {
    Layer inside = inside(layer, path);
    List<Slots.Slot> row = new ArrayList<>(Slots.of(inside, path));
    new Folding(weights, flat).fold(row);
    return Slots.rebuild(inside, row.iterator());
  }

  private Layer inside(Layer layer, String path) {
    return switch (layer) {
      case Named named -> new Named(named.name(), inside(named.layer(), at(layer, path)));
      case Share share -> shared(share);
      case Expanded expanded when expanded.block() instanceof Reparameterised block -> {
        Layer sum = expanded.children().get(0).layer();
        yield expanded.withChildren(List.of(branches(sum, path, block.mergedName())));
      }
      case Parallel parallel when parallel.join() instanceof Parallel.Join.Sum ->
          branches(parallel, path, "");
      case Residual residual -> branches(residual, path, "");
      default -> children(layer, path, isRow(layer));
    };
  }

  private Layer shared(Share share) {
    Layer merged = shared.get(share.name());
    if (merged == null) {
      merged = new Share(share.name(), row(share.layer(), share.name()));
      shared.put(share.name(), merged);
    }
    return merged;
  }

  private static String at(Layer named, String path) {
    return named.children().get(0).under(path);
  }

  private static boolean isRow(Layer layer) {
    return !Slots.of(layer, "").equals(List.of(new Slots.Slot("", layer)));
  }

  /** Merges children: those of a row are folded with their neighbours by the caller. */
  private Layer children(Layer layer, String path, boolean inRow) {
    List<Layer> merged = new ArrayList<>();
    for (Child child : layer.children()) {
      String under = child.under(path);
      merged.add(inRow ? inside(child.layer(), under) : row(child.layer(), under));
    }
    return merged.isEmpty() ? layer : layer.withChildren(merged);
  }

  /** Merges each branch of a sum, then the sum into one convolution where the branches allow it. */
  private Layer branches(Layer sum, String path, String name) {
    if (!(sum instanceof Parallel) && !(sum instanceof Residual)) {
      return inside(sum, path);
    }
    Layer merged = children(sum, path, false);
    List<List<Slots.Slot>> rows = new ArrayList<>();
    for (Child child : merged.children()) {
      rows.add(
          Slots.of(child.layer(), child.under(path)).stream()
              .filter(slot -> !Folding.isIdentity(slot.layer()))
              .toList());
    }
    if (merged instanceof Residual residual && residual.shortcut() instanceof Identity) {
      rows.add(List.of());
    }
    List<List<Integer>> groups = BranchSum.groups(rows, weights);
    if (groups.size() == 1 && groups.get(0).size() == rows.size()) {
      String target = name.isEmpty() ? path : new Child(name, merged).under(path);
      Layer conv = BranchSum.merge(rows, target, weights);
      return name.isEmpty() ? conv : new Named(name, conv);
    }
    return merged instanceof Parallel parallel ? partly(parallel, path, rows, groups) : merged;
  }

  /** Puts each group's convolution in the place of its largest one; the other branches stay. */
  private Layer partly(
      Parallel sum, String path, List<List<Slots.Slot>> rows, List<List<Integer>> groups) {
    List<Child> children = sum.children();
    Map<Integer, Layer> kept = new TreeMap<>();
    for (int i = 0; i < children.size(); i++) {
      kept.put(i, children.get(i).layer());
    }
    for (List<Integer> group : groups) {
      int first = group.get(0);
      Slots.Slot largest = rows.get(first).get(0);
      if (group.size() > 1) {
        Conv conv =
            BranchSum.merge(group.stream().map(rows::get).toList(), largest.path(), weights);
        Layer branch = children.get(first).layer();
        List<Slots.Slot> row =
            Slots.of(branch, children.get(first).under(path)).stream()
                .map(slot -> slot.equals(largest) ? slot.with(conv) : slot)
                .toList();
        group.forEach(kept::remove);
        kept.put(first, Slots.rebuild(branch, row.iterator()));
      }
    }
    // Branches keep their names although there are fewer of them.
    List<Layer> branches =
        kept.entrySet().stream()
            .<Layer>map(
                entry ->
                    entry.getValue() instanceof Named named
                        ? named
                        : new Named(children.get(entry.getKey()).name(), entry.getValue()))
            .toList();
    return sum.withChildren(branches);
  }
}
