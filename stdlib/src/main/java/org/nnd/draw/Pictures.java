package org.nnd.draw;

import java.util.Optional;

/** The picture of any value. */
public final class Pictures {
  private Pictures() {}

  /** {@return what a value looks like; nothing where there is no better than its text} */
  public static Optional<Picture> of(Object value) {
    return value instanceof Picture picture ? Optional.of(picture) : Optional.empty();
  }
}
