package org.nnd.layers.snnk;

import java.util.function.UnaryOperator;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Layers;

/**
 * An adapter for fine-tuning that starts as the identity (Sehanobish et al. 2024): {@code x +
 * snnk(x) * modulating_vector}, or {@code x + adapter_up(snnk(x))} with fewer features in between;
 * {@code [N, …, d]} to the same. Variables have the names of the official adapters.
 *
 * @param downSample the number of outputs of the SNNK layer; 0 for as many as inputs
 */
public record SnnkAdapter(int downSample, SnnkLayer snnk, boolean normBefore, Site site)
    implements Block {
  public SnnkAdapter {
    Check.notNegative("snnkAdapter", "downSample", downSample);
  }

  /** {@return this with a dense layer from {@code size} features back to the input's} */
  public SnnkAdapter downSample(int size) {
    Check.positive("snnkAdapter", "downSample", size);
    return new SnnkAdapter(size, snnk, normBefore, site);
  }

  /** {@return this with the SNNK layer changed, as in {@code snnk(s -> s.orthogonal())}} */
  public SnnkAdapter snnk(UnaryOperator<SnnkLayer> change) {
    return new SnnkAdapter(downSample, change.apply(snnk), normBefore, site);
  }

  /** {@return this with so many projections in its kernel} */
  public SnnkAdapter features(int number) {
    return snnk(s -> s.features(number));
  }

  /** {@return this with a layer norm before the SNNK layer} */
  public SnnkAdapter normBefore(boolean wanted) {
    return new SnnkAdapter(downSample, snnk, wanted, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Tensor z = normBefore ? at.call("adapter_norm_before", Layers.layerNorm(), x) : x;
    SnnkLayer down = new SnnkLayer(downSample, snnk.phi(), snnk.tied(), snnk.site());
    Tensor h = at.call("adapter_down." + (normBefore ? 1 : 0), down, z);
    int d = x.size(-1);
    Initializer zeros = Initializer.zeros();
    Tensor up =
        downSample == 0
            ? h.mul(at.parameter("modulating_vector", zeros, d))
            : at.call("adapter_up", Layers.dense(d).initializer(zeros, zeros), h);
    return Tensors.of(x.add(up)).with(inputs.masks());
  }

  @Override
  public String toString() {
    return "snnkAdapter(%s)%s%s"
        .formatted(
            snnk,
            downSample == 0 ? "" : ".downSample(" + downSample + ")",
            normBefore ? ".normBefore(true)" : "");
  }
}
