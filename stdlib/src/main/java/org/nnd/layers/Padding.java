package org.nnd.layers;

import java.util.List;

/** How much is put around the spatial axes before a window slides over them. */
public sealed interface Padding {
  /** Half the kernel where it is odd, so that stride 1 keeps sizes; nothing where it is even. */
  record Default() implements Padding {}

  /** Half the kernel on both sides; odd kernels only. */
  record Same() implements Padding {}

  /** Elements per axis, on both sides. */
  record Explicit(List<Integer> sizes) implements Padding {
    public Explicit {
      sizes = List.copyOf(sizes);
    }
  }
}
