package org.nnd.layers.snnk;

import java.util.Arrays;
import org.nnd.dsl.Check;
import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

/** Makes layers of random features. */
@Vocabulary
public final class Snnk {
  /** Random projections of a layer that is not told how many. */
  private static final int STANDARD = 64;

  private Snnk() {}

  /** {@return an SNNK layer, of ReLU features unless told, instead of a dense layer} */
  public static SnnkLayer snnk(int out) {
    Check.positive("snnk", "the number of outputs", out);
    return new SnnkLayer(out, RandomFeatures.of(STANDARD, Site.here()), false, Site.here());
  }

  /** {@return an SNNK layer with as many outputs as inputs, instead of a feed-forward block} */
  public static SnnkLayer snnk() {
    return new SnnkLayer(0, RandomFeatures.of(STANDARD, Site.here()), false, Site.here());
  }

  /** {@return random features of the inputs alone, of {@code m} projections} */
  public static RandomFeatures randomFeatures(int m) {
    return RandomFeatures.of(m, Site.here());
  }

  /**
   * {@return a row of {@code features.length} layers bundled into one} For as many outputs as
   * inputs, {@code out} is 0.
   */
  public static Bundle bundle(int out, int... features) {
    Site site = Site.here();
    return new Bundle(
        out,
        Arrays.stream(features).mapToObj(m -> RandomFeatures.of(m, site)).toList(),
        false,
        site);
  }

  /** {@return an adapter with {@code m} random features} */
  public static SnnkAdapter snnkAdapter(int m) {
    return new SnnkAdapter(0, snnk().features(m), false, Site.here());
  }

  /** {@return a convolution on a graph with the kernel of random walks} */
  public static GraphFeatures graphFeatures(CsrGraph graph) {
    return GraphFeatures.of(graph, Site.here());
  }
}
