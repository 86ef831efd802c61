package org.nnd.model;

import java.util.List;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** Receptive fields of models, to be imported statically. */
public final class ReceptiveFields {
  private static final int NOISE_INPUTS = 16;

  private ReceptiveFields() {}

  /** {@return what the last result with positions sees of the input, in theory} */
  public static ReceptiveField receptiveField(Model model) {
    return receptiveField(model, "");
  }

  /**
   * {@return what a layer's result sees of the input, in theory}
   *
   * @throws org.nnd.ir.NndException if there is no such layer, or it has no result with positions
   */
  public static ReceptiveField receptiveField(Model model, String path) {
    return ReceptiveField.of(model, path);
  }

  /** {@return what every layer sees of the input, in theory, outer layers first} */
  public static List<ReceptiveField> receptiveFields(Model model) {
    return ReceptiveField.all(model);
  }

  /** {@return how much positions of noise matter to the last result with positions} */
  public static EffectiveReceptiveField effectiveReceptiveField(Model model) {
    InputSpec input = ReceptiveField.spatial(model);
    int[] shape = input.type().shape().at(NOISE_INPUTS);
    Literal noise = Initializer.normal(0, 1).sample(model.seed(), "receptiveField", shape);
    return effectiveReceptiveField(
        model, Tensor.of(input.dtype() == DType.F64 ? f64(noise) : noise));
  }

  private static Literal f64(Literal value) {
    return Literal.of(value.toDoubles(), value.shape());
  }

  /** {@return how much positions of the inputs matter to the last result with positions} */
  public static EffectiveReceptiveField effectiveReceptiveField(Model model, Tensor inputs) {
    return effectiveReceptiveField(model, "", inputs);
  }

  /** {@return how much positions of the inputs matter to a layer's result} */
  public static EffectiveReceptiveField effectiveReceptiveField(
      Model model, String path, Tensor inputs) {
    return EffectiveReceptiveField.of(model, path, inputs);
  }
}
