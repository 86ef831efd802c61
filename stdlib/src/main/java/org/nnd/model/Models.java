package org.nnd.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnd.data.Column;
import org.nnd.data.Field;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.layers.Merge;
import org.nnd.layers.Merged;
import org.nnd.layers.associative.NearestLabels;
import org.nnd.opencl.jocl.Device;

/** Makes models, to be imported statically. */
public final class Models {
  private Models() {}

  /**
   * {@return a network put together with its inputs, with initial values}
   *
   * @throws org.nnd.ir.NndException if the layers do not fit together: path of the layer, shapes
   *     met and expected, where it was declared
   */
  public static Model model(Layer network, InputSpec... inputs) {
    return Model.of(network, List.of(inputs), List.of());
  }

  /** {@return a network for inputs that a data set has, such as {@code data.input()}} */
  public static Model model(Layer network, Field first, Field... more) {
    InputSpec[] specs = new InputSpec[1 + more.length];
    specs[0] = Columns.spec(first);
    Arrays.setAll(specs, i -> i == 0 ? Columns.spec(first) : Columns.spec(more[i - 1]));
    return model(network, specs);
  }

  /**
   * {@return a smaller model that computes the same in inference: parallel branches and batch norms
   * folded into single kernels}
   */
  public static Model merge(Model model) {
    Map<String, Literal> weights = model.weights();
    Merged merged = Merge.merge(model.network(), model.inputs(), weights);
    return model.with(merged.layer(), merged.weights());
  }

  /**
   * {@return an empty memory of pictures, or of anything else that a model turns into features}
   *
   * @param encoder gives {@code [N, D]}; it is not trained
   * @param search how many classes and neighbours, and their weights; the capacity grows
   */
  public static VisualMemory visualMemory(Model encoder, NearestLabels search) {
    return new VisualMemory(encoder, search);
  }

  /** {@return the rows of a data set's column, {@code [rows, shape...]}} */
  public static Tensor tensor(Column column) {
    return Tensor.of(Columns.literal(column));
  }

  /** {@return a saved model} */
  public static Model load(Path file) {
    return ModelFile.load(file);
  }

  /** {@return the device that an index, {@code cpu}, {@code gpu} or a part of its name selects} */
  public static Device device(String selector) {
    return SessionDevice.of(selector);
  }
}
