package org.nnd.dsl;

/**
 * A layer inside another one. {@code name} is its segment of the path, empty where the path does
 * not grow.
 */
public record Child(String name, Layer layer) {
  /** {@return the path of a child of the layer at {@code path}} */
  public String under(String path) {
    return Paths.join(path, layer instanceof Named ? "" : name);
  }
}
