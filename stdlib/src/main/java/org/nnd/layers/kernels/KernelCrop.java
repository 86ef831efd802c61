package org.nnd.layers.kernels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Child;
import org.nnd.dsl.Expand;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.LayerReport;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Share;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * Cuts the kernels of a network's {@link FlexConv} layers down to where their learnt masks exceed
 * the threshold. The weights stay; the result is compiled for kernels of the sizes that were found.
 */
public final class KernelCrop {
  private final Map<String, Literal> weights;
  private final Map<String, LayerReport> reports = new HashMap<>();

  private KernelCrop(Map<String, Literal> weights) {
    this.weights = weights;
  }

  /**
   * {@return the network with cropped kernels, for the same weights}
   *
   * @param weights parameters by path, such as a model's
   */
  public static Layer crop(Layer net, List<InputSpec> inputs, Map<String, Literal> weights) {
    KernelCrop crop = new KernelCrop(weights);
    Lower.lower(net, inputs, Mode.INFERENCE)
        .layers()
        .forEach(report -> crop.reports.putIfAbsent(report.path(), report));
    Lower.lower(net, inputs, Mode.INFERENCE).layers().stream()
        .filter(report -> report.kind().equals("flexConv"))
        .forEach(report -> crop.reports.put(report.path(), report));
    return crop.of(Expand.expand(net, inputs, Mode.INFERENCE), "");
  }

  private Layer of(Layer layer, String path) {
    String here = layer instanceof Share share ? share.name() : path;
    if (layer instanceof FlexConv flex) {
      return cropped(flex, here);
    }
    List<Layer> children = new ArrayList<>();
    for (Child child : layer.children()) {
      children.add(of(child.layer(), child.under(here)));
    }
    return children.isEmpty() ? layer : layer.withChildren(children);
  }

  private FlexConv cropped(FlexConv flex, String path) {
    String name = Paths.join(path, "mask_params");
    Literal mask = weights.get(name);
    LayerReport report = reports.get(path);
    if (mask == null || report == null) {
      throw new NndException("crop: there are no weights '" + name + "'");
    }
    org.nnd.ir.Node input = org.nnd.ir.Operations.input("x", report.inputs().get(0));
    return flex.cropped(mask, flex.taps(org.nnd.dsl.Tensor.of(input)));
  }
}
