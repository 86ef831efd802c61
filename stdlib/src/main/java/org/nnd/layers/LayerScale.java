package org.nnd.layers;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/**
 * Multiplies every channel by a learnt factor (Touvron et al. 2021, CaiT, eq. 5): axis 1 of {@code
 * [N, C, …]}, or the last axis. Variable: {@code gamma [C]}, starting at {@code initial}, or called
 * otherwise where the official implementation does so.
 */
public record LayerScale(double initial, boolean isChannelsLast, String variable, Site site)
    implements UnaryLayer {
  /** {@return this scaling the last axis in place of axis 1} */
  public LayerScale channelsLast() {
    return new LayerScale(initial, true, variable, site);
  }

  /** {@return this with another name of its variable than {@code gamma}} */
  public LayerScale variable(String name) {
    Check.path("layerScale", name);
    return new LayerScale(initial, isChannelsLast, name, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, "layerScale", x, 2, isChannelsLast ? "[N, …, C]" : "[N, C, …]");
    Expect.floats(at, "layerScale", x);
    int channels = Expect.fixed(at, "layerScale", x, isChannelsLast ? -1 : 1, "channels");
    Tensor gamma = at.parameter(variable, Initializer.constant(initial), channels);
    return x.mul(isChannelsLast ? gamma : Conv.perChannel(gamma, x.rank()));
  }

  @Override
  public String toString() {
    return "layerScale("
        + initial
        + ")"
        + (isChannelsLast ? ".channelsLast()" : "")
        + (variable.equals("gamma") ? "" : ".variable(\"" + variable + "\")");
  }
}
