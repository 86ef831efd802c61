package org.nnd.layers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.nnd.dsl.Child;
import org.nnd.dsl.Expanded;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Named;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Repeat;
import org.nnd.dsl.Sequential;

/**
 * A network as the row of layers that its input passes one after the other, whatever sequences,
 * names and recipes are around them.
 */
public final class Slots {
  /** One layer of the row and its path. */
  public record Slot(String path, Layer layer) {
    /** {@return this place with another layer in it} */
    public Slot with(Layer other) {
      return new Slot(path, other);
    }
  }

  private Slots() {}

  /**
   * {@return the layers that the input of {@code layer} passes, in order, with their paths below
   * {@code path}}
   */
  public static List<Slot> of(Layer layer, String path) {
    List<Slot> row = new ArrayList<>();
    collect(layer, path, row);
    return row;
  }

  private static void collect(Layer layer, String path, List<Slot> row) {
    if (!isRow(layer)) {
      row.add(new Slot(path, layer));
      return;
    }
    for (Child child : layer.children()) {
      collect(child.layer(), child.under(path), row);
    }
  }

  /** {@return {@code layer} with the layers of its row replaced} */
  public static Layer rebuild(Layer layer, Iterator<Slot> row) {
    if (!isRow(layer)) {
      return row.next().layer();
    }
    List<Layer> children = new ArrayList<>();
    for (Child child : layer.children()) {
      children.add(rebuild(child.layer(), row));
    }
    return layer.withChildren(children);
  }

  /** {@return whether the layer is nothing but the row of its children} */
  public static boolean isRow(Layer layer) {
    return layer instanceof Sequential
        || layer instanceof Named
        || layer instanceof Repeat
        || layer instanceof Expanded expanded && expanded.block() instanceof Recipe;
  }
}
