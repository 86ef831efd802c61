package org.nnd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;

/**
 * A network's graph with its loss and what is measured beside it.
 *
 * @param loss the mean over the batch
 * @param examples their number, f32
 * @param sums loss and metrics, added up over the examples
 */
record Forward(List<Node> inputs, Tensor loss, Tensor examples, Map<String, Tensor> sums) {
  static final String LOSS = "loss";

  static Forward of(Graph network, Loss loss, List<Metric> metrics, List<Target> targets) {
    List<Node> inputs = new ArrayList<>(network.inputs());
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    network.outputs().forEach((name, node) -> outputs.put(name, Tensor.of(node)));
    Map<String, Tensor> wanted = new LinkedHashMap<>();
    for (Target target : targets) {
      Node node = Operations.input(target.name(), target.type());
      inputs.add(node);
      wanted.put(target.name(), Tensor.of(node));
    }
    Tensors given = Tensors.of(outputs);
    Tensors expected = Tensors.of(wanted);
    Tensor value = loss.of(given, expected);
    if (value.rank() != 0 || value.dtype() != DType.F32) {
      throw new NndException("a loss is an f32 scalar, this one is " + value.type());
    }
    Tensor examples = Tensor.of(Operations.size(DType.F32, Dim.BATCH));
    Map<String, Tensor> sums = new LinkedHashMap<>();
    sums.put(LOSS, value.mul(examples));
    for (Metric metric : metrics) {
      List<Pair> pairs = Pair.all(given, expected);
      for (Pair pair : pairs) {
        sums.put(name(metric, pair, pairs.size()), metric.of(pair.output(), pair.target()).sum());
      }
    }
    return new Forward(inputs, value, examples, sums);
  }

  /** {@return a metric's name, with the output's where there are several} */
  private static String name(Metric metric, Pair pair, int pairs) {
    return pairs == 1 ? metric.name() : metric.name() + " " + pair.name();
  }
}
