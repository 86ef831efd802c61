package org.nnd.layers;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;

import java.util.Collections;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * {@code x sigmoid(up(relu(down(mean of x over positions))))} for {@code [N, C, H, W]} or {@code
 * [N, C, L]} (Hu et al. 2018); {@code down} and {@code up} are 1x1 convolutions by way of {@code C
 * / reduction} channels.
 */
public record SqueezeExcite(int reduction, Site site) implements Recipe {
  public SqueezeExcite {
    Check.positive("squeezeExcite", "the reduction", reduction);
  }

  /** {@return this with {@code C / divisor} channels inside} */
  public SqueezeExcite reduction(int divisor) {
    return new SqueezeExcite(divisor, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    int axes = Expect.spatialAxes(at, "squeezeExcite", inputs.one());
    int channels = Expect.fixed(at, "squeezeExcite", inputs.one(), 1, "channels");
    if (channels < reduction) {
      throw at.error("squeezeExcite: %d channels cannot be reduced by %d", channels, reduction);
    }
    Layer gate =
        sequential(
            Layers.adaptiveAvgPool(
                Collections.nCopies(axes, 1).stream().mapToInt(i -> i).toArray()),
            named("down", Layers.conv(axes, channels / reduction).kernel(1)),
            Layers.relu(),
            named("up", Layers.conv(axes, channels).kernel(1)),
            Layers.sigmoid());
    return new Gate(gate);
  }

  @Override
  public String toString() {
    return "squeezeExcite()" + (reduction == 16 ? "" : ".reduction(" + reduction + ")");
  }
}
