package org.nnd.ir;

import java.util.function.Supplier;

/**
 * Where a node came from: the path of a layer in the description ({@code stages.2.blocks.0.dw}) and
 * the line that declared it ({@code glyphs.nnd:12}); either may be empty. It takes no part in a
 * node's equality.
 */
public record Origin(String path, String site) {
  public static final Origin NONE = new Origin("", "");

  private static final ThreadLocal<Origin> CURRENT = ThreadLocal.withInitial(() -> NONE);

  /** {@return the origin that nodes created now, by this thread, get} */
  public static Origin current() {
    return CURRENT.get();
  }

  /** Runs {@code body} with nodes created in it originating here. */
  public <T> T during(Supplier<T> body) {
    Origin before = CURRENT.get();
    CURRENT.set(this);
    try {
      return body.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Prints {@code stages.2.dw (glyphs.nnd:12)}. */
  @Override
  public String toString() {
    return site.isEmpty() ? path : path + (path.isEmpty() ? "" : " ") + "(" + site + ")";
  }
}
