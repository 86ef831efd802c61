package org.nnd.layers.nested;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

/** Makes nested layers. */
@Vocabulary
public final class Nested {
  private Nested() {}

  // Representations whose prefixes are representations.

  /** {@return a linear head of {@code out} numbers on each of the first {@code widths} features} */
  public static Matryoshka matryoshka(int out, int... widths) {
    return new Matryoshka(
        out, Widths.of("matryoshka", widths), false, true, Optional.empty(), Site.here());
  }

  /** {@return the first features of a representation, one output per width} */
  public static Prefixes prefixes(int... widths) {
    return new Prefixes(Widths.of("prefixes", widths), false, Site.here());
  }

  /** {@return a search on the first {@code width} features, the {@code kept} nearest} */
  public static PrefixSearch search(int width, int kept) {
    return new PrefixSearch(List.of(new PrefixSearch.Step(width, kept)));
  }

  /** {@return a search in steps of twice the features and half the neighbours} */
  public static PrefixSearch funnel(int width, int kept, int steps) {
    return PrefixSearch.funnel(width, kept, steps);
  }

  // Self-supervision on prefixes.

  /** {@return a projection head with {@code prototypes} clusters} */
  public static ProjectionHead projectionHead(int hidden, int bottleneck, int prototypes) {
    return new ProjectionHead(hidden, bottleneck, prototypes, Site.here());
  }

  /** {@return a projection head per width; the widest has {@code prototypes} clusters} */
  public static NestedProjector nestedProjector(
      int hidden, int bottleneck, int prototypes, int... widths) {
    List<Integer> all = Widths.of("nestedProjector", widths);
    return NestedProjector.of(hidden, bottleneck, prototypes, all, Site.here());
  }

  /** {@return a network beside a teacher with moving averages of its weights} */
  public static SelfDistillation selfDistillation(Layer network, double decay) {
    return new SelfDistillation(network, decay, Site.here());
  }

  /** {@return tokens of a grid without what tells their position linearly} */
  public static PositionRemoval positionRemoval(int rows, int columns) {
    return new PositionRemoval(rows, columns, Site.here());
  }

  // Networks whose smaller forms use parts of their weights.

  /** {@return a size that may be chosen, the sizes ascending} */
  public static Choice choice(String name, int... sizes) {
    return new Choice(name, Widths.of("choice '" + name + "'", sizes));
  }

  /** {@return one of several layers: {@code elastic(choice("width", 8, 16), w -> dense(w))}} */
  public static Elastic elastic(Choice choice, IntFunction<? extends Layer> layer) {
    return Elastic.of(choice, layer, Site.here());
  }

  /** {@return a convolution with an elastic kernel: the transformed centre of the largest} */
  public static Elastic elasticKernel(Choice kernel, int out) {
    Check.positive("elasticKernel", "the number of output channels", out);
    return cropped(kernel, out);
  }

  /** {@return a depthwise convolution with an elastic kernel} */
  public static Elastic elasticDepthwise(Choice kernel) {
    return cropped(kernel, 0);
  }

  private static Elastic cropped(Choice kernel, int out) {
    Site site = Site.here();
    return Elastic.of(
        kernel, size -> new CroppedConv(out, kernel.sizes(), size, 1, true, site), site);
  }

  /** {@return attention with so many heads of so many features each} */
  public static HeadAttention headAttention(int heads, int size) {
    return new HeadAttention(heads, size, Site.here());
  }

  /** {@return an elastic network in one configuration, with the storage of the whole one} */
  public static Subnet subnet(Layer network, Configuration configuration) {
    return new Subnet(network, configuration, Site.here());
  }

  /** {@return an elastic network and smaller configurations of it side by side} */
  public static Supernet supernet(Layer network, List<Configuration> subnets) {
    return new Supernet(network, subnets, 1, 1, Site.here());
  }

  /** {@return no choice made: the whole network; {@code full().with("width", 8)} makes one} */
  public static Configuration full() {
    return Configuration.largest();
  }
}
