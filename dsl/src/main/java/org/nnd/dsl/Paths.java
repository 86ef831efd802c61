package org.nnd.dsl;

/** Paths of layers and variables: names joined by dots. */
public final class Paths {
  private Paths() {}

  /** {@return {@code path.name}, or the one of the two that is not empty} */
  public static String join(String path, String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
  }

  /** {@return a 64-bit hash of a path (FNV-1a, Fowler, Noll and Vo), the same on every machine} */
  public static long hash(String path) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
