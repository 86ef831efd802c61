package org.nnd.layers.convnets;

import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;
import org.nnd.layers.Gate;
import org.nnd.layers.Layers;

/**
 * The block of LSNet (Wang et al. 2025, figure 3) on {@code [N, C, H, W]}: a mixer of positions and
 * a residual feed-forward part twice as wide. Parts: {@code mixer}, {@code se}, {@code ffn.m}.
 */
public record LsNetBlock(Mixer mixer, Site site) implements Recipe {

  /** What mixes positions. */
  public sealed interface Mixer {
    /** 3x3, 1x1 and identity, which become one 3x3 kernel, and squeeze-excite. */
    record Static() implements Mixer {}

    /** {@link LsConv}. */
    record LargeSmall() implements Mixer {}

    /** {@link GridAttention} with a skip; its values are as wide as the input. */
    record Attention(int key, int heads) implements Mixer {
      public Attention {
        Check.positive("lsNetBlock", "the number of features of a key", key);
        Check.positive("lsNetBlock", "the number of heads", heads);
      }
    }
  }

  /** {@return this with large-small convolution} */
  public LsNetBlock largeSmall() {
    return new LsNetBlock(new Mixer.LargeSmall(), site);
  }

  /** {@return this with attention} */
  public LsNetBlock attention(int key, int heads) {
    return new LsNetBlock(new Mixer.Attention(key, heads), site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rank(at, "lsNetBlock", inputs.one(), 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "lsNetBlock", inputs.one(), 1, "channels");
    List<Layer> layers = new ArrayList<>();
    switch (mixer) {
      case Mixer.Static still -> {
        layers.add(
            named(
                "mixer",
                parallel(
                    named("conv", LsConv.convBn(Layers.depthwise(3))),
                    named("conv1", LsConv.convBn(Layers.depthwise(1))),
                    identity())));
        layers.add(named("se", squeezeExcite(channels)));
      }
      case Mixer.LargeSmall both -> layers.add(named("mixer", new LsConv(7, 3, 8, site)));
      case Mixer.Attention attention -> {
        int value = channels / attention.heads();
        layers.add(
            named(
                "mixer.m",
                residual(new GridAttention(attention.key(), value, attention.heads(), site))));
      }
    }
    layers.add(
        named(
            "ffn.m",
            residual(
                named("pw1", LsConv.convBn(Layers.conv(2 * channels).kernel(1))),
                named("act", Layers.relu()),
                named("pw2", LsConv.convBn(Layers.conv(channels).kernel(1))))));
    return sequential(layers);
  }

  /** A quarter of the channels inside, a multiple of 8, under timm's names. */
  private static Layer squeezeExcite(int channels) {
    int inside = Math.max(8, (channels / 4 + 4) / 8 * 8);
    return new Gate(
        sequential(
            Layers.adaptiveAvgPool(1, 1),
            named("fc1", Layers.conv(inside).kernel(1)),
            Layers.relu(),
            named("fc2", Layers.conv(channels).kernel(1)),
            Layers.sigmoid()));
  }

  @Override
  public String toString() {
    return switch (mixer) {
      case Mixer.Static still -> "lsNetBlock()";
      case Mixer.LargeSmall both -> "lsNetBlock().largeSmall()";
      case Mixer.Attention a -> "lsNetBlock().attention(" + a.key() + ", " + a.heads() + ")";
    };
  }
}
