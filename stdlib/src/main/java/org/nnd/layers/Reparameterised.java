package org.nnd.layers;

import org.nnd.dsl.Recipe;

/** A sum of branches that {@link Merge} turns into one convolution. */
public interface Reparameterised extends Recipe {
  /** {@return the name that the official implementation gives the single convolution} */
  String mergedName();
}
