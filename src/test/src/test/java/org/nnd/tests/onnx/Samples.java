package org.nnd.tests.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Values for lowered networks. */
final class Samples {
  private Samples() {}

  /** {@return values of all variables, none at a special place such as 0 or 1} */
  static Map<String, Literal> variables(Lowered lowered) {
    Map<String, Literal> values = new LinkedHashMap<>();
    for (Variable variable : lowered.variables()) {
      Literal initial = variable.initial(1);
      boolean keep = variable.kind() == Variable.Kind.STATE || !initial.dtype().isFloat();
      values.put(variable.path(), keep ? initial : moved(variable, initial));
    }
    return values;
  }

  private static Literal moved(Variable variable, Literal initial) {
    long at = variable.path().hashCode();
    boolean buffer = variable.kind() == Variable.Kind.BUFFER;
    double[] values = initial.toDoubles();
    for (int i = 0; i < values.length; i++) {
      at = at * 6364136223846793005L + 1442695040888963407L; // Knuth's generator: these are many
      double noise = (at >> 32) * 0x1p-31;
      values[i] += buffer ? 0.1 * Math.abs(noise) : noise * (0.1 * Math.abs(values[i]) + 0.01);
    }
    return Literal.ofDoubles(initial.dtype(), values, initial.shape());
  }

  /** {@return batches of these sizes for the inputs of a network} */
  static Exported.Batch[] batches(Lowered lowered, long... sizes) {
    List<Exported.Batch> batches = new ArrayList<>();
    for (long size : sizes) {
      Random random = new Random(size);
      Map<String, Literal> inputs = new LinkedHashMap<>();
      for (Node input : lowered.graph().inputs()) {
        String name = ((Op.Input) input.op()).name();
        inputs.put(name, random(random, input.dtype(), input.shape().at(size)));
      }
      batches.add(new Exported.Batch(size, inputs));
    }
    return batches.toArray(new Exported.Batch[0]);
  }

  private static Literal random(Random random, DType dtype, int[] shape) {
    Literal zeros = Literal.zeros(dtype, shape);
    double[] values = new double[zeros.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = dtype.isFloat() ? random.nextGaussian() : random.nextInt(2);
    }
    return Literal.ofDoubles(dtype, values, shape);
  }
}
