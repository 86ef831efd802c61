package org.nnd.bench.suites;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.bench.Values;
import org.nnd.bench.Work;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.composite.Losses;
import org.nnd.layers.Merge;
import org.nnd.layers.Merged;
import org.nnd.train.Optimizer;

/** Works of whole layers and networks. */
final class Networks {
  private static final long SEED = 1;
  private static final InputSpec PICTURE = InputSpec.of(3, 224, 224);

  private Networks() {}

  /** {@return a network of pictures with its initial weights, merged for inference} */
  static Merged merged(Layer network) {
    Map<String, org.nnd.ir.Literal> initial =
        Lower.lower(network, List.of(PICTURE), Mode.INFERENCE).initial(SEED);
    return Merge.merge(network, List.of(PICTURE), initial);
  }

  /** {@return a layer as it predicts, on inputs of f32 by name} */
  static Work predict(Layer layer, Map<String, Shape> inputs) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    inputs.forEach((name, shape) -> types.put(name, TensorType.f32(shape)));
    return predict(layer, types, Values.random());
  }

  static Work predict(Layer layer, Map<String, TensorType> inputs, Values data) {
    Lowered lowered = Lower.lower(layer, inputs, Mode.INFERENCE);
    return new Work.Forward(lowered.graph(), data.with(lowered.initial(SEED)));
  }

  /** {@return what a merged network says of pictures} */
  static Work predict(Merged network, TensorType pictures) {
    Lowered lowered = Lower.lower(network.layer(), Map.of("x", pictures), Mode.INFERENCE);
    Values weights = Values.random().with(lowered.initial(SEED)).with(network.weights());
    return new Work.Forward(lowered.graph(), weights);
  }

  /**
   * {@return a step of training a classifier}
   *
   * @param classes of the logits, the last axis of the output
   */
  static Work train(
      Layer network, TensorType input, int classes, Optimizer optimizer, Values data) {
    Lowered lowered = Lower.lower(network, Map.of("x", input), Mode.TRAINING);
    Node logits = lowered.graph().output();
    Shape examples = logits.shape().without(List.of(logits.rank() - 1));
    Node labels = Operations.input("labels", new TensorType(DType.I32, examples));
    Node each = Losses.crossEntropy(logits, labels, 0);
    Node loss = Operations.mean(each, Operations.axes(each.rank()));
    Set<String> trained =
        lowered.variables().stream()
            .filter(variable -> variable.kind() == Variable.Kind.PARAMETER)
            .map(Variable::path)
            .collect(Collectors.toSet());
    Graph forward = Graph.of(List.of(), Map.of(Work.Step.LOSS, loss), lowered.graph().updates());
    return new Work.Step(forward, trained, optimizer, data.with(lowered.initial(SEED)));
  }
}
