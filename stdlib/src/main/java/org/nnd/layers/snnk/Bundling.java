package org.nnd.layers.snnk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nnd.dsl.Combinators;
import org.nnd.dsl.Expand;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Paths;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.layers.Activation;
import org.nnd.layers.Dense;
import org.nnd.layers.Merged;
import org.nnd.layers.Slots;
import org.nnd.layers.Slots.Slot;

/**
 * Bundles the dense layers of a network that follow each other, with the activations between, into
 * one {@link Bundle} (Sehanobish et al. 2024): with {@code Theta_0 = Psi_0(W_0, b_0)} and {@code
 * Theta_i = Psi_i(W_i Theta_(i-1), b_i)}, the outputs are {@code Theta_L Phi_L(… Phi_0(x))}, and a
 * last dense layer without activation multiplies {@code Theta_L}.
 */
public final class Bundling {
  /** A dense layer with the activation after it, or none. */
  private record Step(int dense, Optional<Activation> activation, int end) {}

  private Bundling() {}

  /**
   * {@return the network with its longest row of dense layers bundled}
   *
   * @param features random projections of each layer with an activation; the last number serves
   *     those that follow
   * @param change further options of every stage, such as {@code s -> s.orthogonal()}
   * @throws NndException if there are no dense layers to bundle
   */
  public static Merged bundle(
      Layer network,
      List<InputSpec> inputs,
      Map<String, Literal> weights,
      long seed,
      UnaryOperator<RandomFeatures> change,
      int... features) {
    if (features.length == 0) {
      throw new NndException("bundle: expected the number of features of at least one layer");
    }
    Layer expanded = Expand.expand(network, inputs, Mode.INFERENCE);
    List<Slot> row = new ArrayList<>(Slots.of(expanded, ""));
    List<Step> run = longest(row);
    Map<String, Literal> values = new LinkedHashMap<>(weights);
    String path = row.get(run.get(0).dense()).path();
    List<RandomFeatures> stages = new ArrayList<>();
    double[][] product = new double[0][];
    Optional<Literal> lastBias = Optional.empty();
    for (Step step : run) {
      String at = row.get(step.dense()).path();
      Literal weight = Replacement.remove(values, at, "weight");
      Optional<Literal> bias = Optional.ofNullable(Replacement.remove(values, at, "bias"));
      double[][] w = rows(weight);
      double[][] through = stages.isEmpty() ? w : times(w, product);
      if (step.activation().isEmpty()) {
        product = through;
        lastBias = bias;
        continue;
      }
      int m = features[Math.min(stages.size(), features.length - 1)];
      RandomFeatures stage =
          change
              .apply(
                  RandomFeatures.of(m, row.get(step.dense()).layer().site())
                      .activation(step.activation().get().kind()))
              .bias(bias.isPresent());
      product = rows(psi(stage, seed, Paths.join(path, "stages." + stages.size()), through, bias));
      stages.add(stage);
    }
    Bundle bundle =
        new Bundle(
            product.length,
            stages,
            lastBias.isPresent(),
            row.get(run.get(0).dense()).layer().site());
    put(values, Paths.join(path, "Wbar"), product);
    lastBias.ifPresent(b -> values.put(Paths.join(path, "bias"), b));
    for (int i = run.get(0).dense(); i < run.get(run.size() - 1).end(); i++) {
      row.set(i, row.get(i).with(i == run.get(0).dense() ? bundle : Combinators.identity()));
    }
    return new Merged(Slots.rebuild(expanded, row.iterator()), values);
  }

  private static Literal psi(
      RandomFeatures stage, long seed, String path, double[][] weight, Optional<Literal> bias) {
    int columns = weight[0].length;
    double[] flat = new double[weight.length * columns];
    for (int i = 0; i < weight.length; i++) {
      System.arraycopy(weight[i], 0, flat, i * columns, columns);
    }
    return Replacement.psi(stage, seed, path, flat, new int[] {weight.length, columns}, bias);
  }

  /** The longest run of dense layers with an activation each, and one without at the end. */
  private static List<Step> longest(List<Slot> row) {
    List<Step> best = List.of();
    for (int i = 0; i < row.size(); i++) {
      List<Step> run = run(row, i);
      boolean bundles = run.stream().anyMatch(step -> step.activation().isPresent());
      if (bundles && run.size() > best.size()) {
        best = run;
      }
    }
    if (best.isEmpty()) {
      throw new NndException(
          "bundle: the network has no dense layer with an activation after it in its main row");
    }
    return best;
  }

  private static List<Step> run(List<Slot> row, int start) {
    List<Step> run = new ArrayList<>();
    int i = start;
    while (i < row.size() && row.get(i).layer() instanceof Dense) {
      int next = Replacement.nextFunction(row, i);
      if (next >= row.size() || !(row.get(next).layer() instanceof Activation activation)) {
        run.add(new Step(i, Optional.empty(), i + 1));
        break;
      }
      run.add(new Step(i, Optional.of(activation), next + 1));
      i = Replacement.nextFunction(row, next);
    }
    return run;
  }

  private static double[][] rows(Literal matrix) {
    double[] values = matrix.toDoubles();
    int columns = matrix.shape()[1];
    double[][] rows = new double[matrix.shape()[0]][columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, i * columns, rows[i], 0, columns);
    }
    return rows;
  }

  private static void put(Map<String, Literal> values, String path, double[][] rows) {
    int columns = rows[0].length;
    float[] flat = new float[rows.length * columns];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / columns][i % columns];
    }
    values.put(path, Literal.of(flat, rows.length, columns));
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[0].length; j++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }
}
