package org.nnd.layers.snnk;

/**
 * How the random directions of a feature map depend on each other. Each of them alone is a standard
 * normal vector of {@code d} numbers, so that every estimate is unbiased; directions are coupled in
 * blocks of {@code d}.
 */
public enum Coupling {
  /** Independent. */
  INDEPENDENT,
  /** Orthogonal within a block (Yu et al. 2016, "Orthogonal random features"). */
  ORTHOGONAL,
  /**
   * To the corners of a simplex within a block, with pairwise cosines {@code -1 / (d - 1)} (Reid et
   * al. 2023, "Simplex random features", section 3).
   */
  SIMPLEX
}
