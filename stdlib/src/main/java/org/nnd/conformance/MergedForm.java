package org.nnd.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.layers.Merge;
import org.nnd.layers.Merged;

/** The merged form of a case's layer: it computes the same, with the weights of the case. */
final class MergedForm {
  private MergedForm() {}

  /** {@return outputs in inference mode and weights, as {@code out.*} and {@code merged.*}} */
  static Map<String, Literal> of(Vector vector, Subject.OfLayer subject, Engine engine) {
    Map<String, Literal> inputs = vector.under("in");
    List<InputSpec> specs = VectorGraph.specs(inputs, engine.floats());
    Map<String, Literal> variables = new LinkedHashMap<>();
    vector
        .variables()
        .forEach((path, value) -> variables.put(path, convert(value, engine.floats())));
    Merged merged = Merge.merge(subject.layer(), specs, variables);
    Lowered lowered = Lower.lower(merged.layer(), specs, Mode.INFERENCE);
    checkWeights(merged, lowered);

    Map<String, Literal> results = new LinkedHashMap<>();
    if (vector.lowering() == Mode.INFERENCE) {
      List<String> wanted = List.copyOf(vector.under("out").keySet());
      Map<String, Literal> outputs =
          engine
              .run(lowered.graph(), VectorGraph.batch(inputs), inputs, merged.weights())
              .outputs();
      boolean only = outputs.size() == 1 && wanted.size() == 1;
      outputs.forEach((name, value) -> results.put("out." + (only ? wanted.get(0) : name), value));
    }
    Set<String> official = vector.under("merged").keySet();
    merged
        .weights()
        .forEach((path, value) -> results.put("merged." + officialName(official, path), value));
    return results;
  }

  private static Literal convert(Literal value, DType floats) {
    return floats == DType.F64 && value.dtype() == DType.F32
        ? Literal.of(value.toDoubles(), value.shape())
        : value;
  }

  private static void checkWeights(Merged merged, Lowered lowered) {
    Set<String> declared =
        lowered.variables().stream()
            .map(Variable::path)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!declared.equals(new TreeSet<>(merged.weights().keySet()))) {
      throw new NndException(
          "merging gives the weights %s, the merged network has %s"
              .formatted(new TreeSet<>(merged.weights().keySet()), declared));
    }
  }

  /** A single merged convolution is called {@code weight} and {@code bias} in the vectors. */
  private static String officialName(Set<String> official, String path) {
    return official.equals(Set.of("weight", "bias"))
        ? path.substring(path.lastIndexOf('.') + 1)
        : path;
  }

  /** {@return the case's {@code merged.*}, with the further folds that NND makes} */
  static Map<String, Literal> expected(Vector vector, List<Subject.Fold> folds) {
    Map<String, Literal> official = vector.under("merged");
    double eps = vector.real("bn_eps", 1e-5);
    for (Subject.Fold fold : folds) {
      for (String name : List.copyOf(official.keySet())) {
        String mean = fold.norm() + ".running_mean";
        if (name.equals(mean) || name.endsWith("." + mean)) {
          String prefix = name.substring(0, name.length() - mean.length());
          fold(official, prefix + fold.norm(), prefix + fold.into(), eps);
        }
      }
    }
    Map<String, Literal> full = new LinkedHashMap<>();
    official.forEach((name, value) -> full.put("merged." + name, value));
    return full;
  }

  /** {@code W (s x + t) + b = (W s) x + (b + W t)} for a norm {@code x s + t} per channel. */
  private static void fold(Map<String, Literal> weights, String norm, String into, double eps) {
    double[] gamma = weights.remove(norm + ".weight").toDoubles();
    double[] beta = weights.remove(norm + ".bias").toDoubles();
    double[] mean = weights.remove(norm + ".running_mean").toDoubles();
    double[] variance = weights.remove(norm + ".running_var").toDoubles();
    Literal weight = weights.get(into + ".weight");
    double[] w = weight.toDoubles();
    double[] b = weights.get(into + ".bias").toDoubles();
    int in = gamma.length;
    for (int o = 0; o < b.length; o++) {
      for (int i = 0; i < in; i++) {
        double scale = gamma[i] / Math.sqrt(variance[i] + eps);
        b[o] += w[o * in + i] * (beta[i] - mean[i] * scale);
        w[o * in + i] *= scale;
      }
    }
    weights.put(into + ".weight", Literal.of(w, weight.shape()));
    weights.put(into + ".bias", Literal.of(b, b.length));
  }
}
