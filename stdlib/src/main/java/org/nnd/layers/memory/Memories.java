package org.nnd.layers.memory;

import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

/** Makes the associative memories, with the defaults of their official implementations. */
@Vocabulary
public final class Memories {
  private Memories() {}

  /** {@return an association of states with stored patterns; with one input, with itself} */
  public static Hopfield hopfield() {
    return new Hopfield(Association.STANDARD, Site.here());
  }

  /** {@return pooling of a set by trained states} */
  public static HopfieldPooling hopfieldPooling() {
    return new HopfieldPooling(Association.STANDARD, 1, true, Site.here());
  }

  /** {@return look-up of states in {@code quantity} trained patterns} */
  public static HopfieldLayer hopfieldLayer(int quantity) {
    return new HopfieldLayer(Association.STANDARD, quantity, false, true, true, Site.here());
  }

  /** {@return a memory with product keys, 512 x 512 slots read by 4 heads (Lample et al. 2019)} */
  public static ProductKeyMemory productKeyMemory(int out) {
    return ProductKeyMemory.of(out, Site.here());
  }

  /** {@return a gated memory with product keys, 1024 x 1024 slots (Berges et al. 2024)} */
  public static MemoryPlus memoryPlus(int out) {
    return MemoryPlus.of(out, false, Site.here());
  }

  /** {@return 1024 x 1024 experts of one neuron, found by product keys (PEER, He 2024)} */
  public static MemoryPlus peer(int out) {
    return MemoryPlus.of(out, true, Site.here());
  }

  /** {@return a memory with product keys that keeps the input's shape, 128 x 128 slots} */
  public static Pkm pkm() {
    return Pkm.of(Site.here());
  }

  /** {@return an Ultra-Sparse Memory, 256 x 256 slots (Huang et al. 2024)} */
  public static UltraMemory ultraMemory(int out) {
    return UltraMemory.of(out, Site.here());
  }
}
