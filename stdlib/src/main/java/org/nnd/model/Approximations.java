package org.nnd.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nnd.data.Batch;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.dsl.Expand;
import org.nnd.dsl.Identity;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Named;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.layers.Dense;
import org.nnd.layers.Merged;
import org.nnd.layers.Slots;
import org.nnd.layers.Slots.Slot;
import org.nnd.layers.snnk.Bundling;
import org.nnd.layers.snnk.LinearInFeatures;
import org.nnd.layers.snnk.RandomFeatures;
import org.nnd.layers.snnk.Replacement;
import org.nnd.layers.snnk.SnnkLayer;

/**
 * Dense layers of trained models as layers of random features, and their weights in closed form.
 * What runs on data runs on the model's device; the equations are solved on the host in float64.
 */
@Vocabulary
public final class Approximations {
  private static final double SMALL = 1e-6;

  private Approximations() {}

  /**
   * {@return the model with SNNK layers, with {@code Psi} of the trained weights, for dense layers
   * that the rule's activation follows: {@code approximate(m, d ->
   * snnk(d.out()).activation("sin"))}}
   */
  public static Model approximate(Model model, Function<Dense, SnnkLayer> rule) {
    return with(
        model,
        Replacement.replace(model.network(), model.inputs(), model.weights(), model.seed(), rule));
  }

  /**
   * {@return the model with its longest row of dense layers and activations bundled into one layer,
   * with so many random projections for each activation}
   */
  public static Model bundled(Model model, int... features) {
    return bundled(model, stage -> stage, features);
  }

  /** {@return the same, with further options of every stage: {@code s -> s.orthogonal()}} */
  public static Model bundled(Model model, UnaryOperator<RandomFeatures> change, int... features) {
    return with(
        model,
        Bundling.bundle(
            model.network(), model.inputs(), model.weights(), model.seed(), change, features));
  }

  private static Model with(Model model, Merged merged) {
    return model.with(merged.layer(), merged.weights());
  }

  /**
   * {@return a model whose SNNK layers and bundles match the layers of another model that they have
   * replaced, each on what that one got there: the least squares over all positions of all
   * examples}
   *
   * @param teacher the model before; weights that both have are taken from it
   */
  public static Model distil(Model student, Model teacher, DataSet data) {
    Counterparts counterparts = new Counterparts();
    Layer before = Expand.expand(teacher.network(), teacher.inputs(), Mode.INFERENCE);
    Layer after = Expand.expand(student.network(), student.inputs(), Mode.INFERENCE);
    Layer tapped = counterparts.tapped(before, after);
    Lowered lowered = Lower.lower(tapped, teacher.inputs(), Mode.INFERENCE);
    if (counterparts.pairs().isEmpty()) {
      throw new NndException("distil: the networks are the same; there is nothing to match");
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (Counterparts.Pair pair : counterparts.pairs()) {
      outputs.put("in " + pair.path(), pair.inputs().get(0));
      outputs.put("out " + pair.path(), pair.outputs().get(0));
    }
    Graph graph = Graph.of(lowered.graph().inputs(), outputs);
    Map<String, Literal> values = new LinkedHashMap<>(student.weights());
    teacher
        .weights()
        .forEach(
            (name, value) ->
                values.computeIfPresent(
                    name, (n, own) -> own.type().equals(value.type()) ? value : own));
    Model fitted = student.with(values);
    List<Fit> fits = new ArrayList<>();
    for (Counterparts.Pair pair : counterparts.pairs()) {
      fits.add(new Fit(fitted, pair.student(), pair.path()));
    }
    eachBatch(
        data,
        rows -> {
          Map<String, Literal> got = teacher.run(graph, inputs(teacher, rows), rows.size());
          for (Fit fit : fits) {
            Literal features = fit.features(got.get("in " + fit.path()));
            fit.add(features, got.get("out " + fit.path()));
          }
        });
    fits.forEach(fit -> fit.store(-1));
    return fitted;
  }

  /**
   * {@return the model with the weights of its last layer, a {@code bundle} or {@code snnk}, that
   * give the least mean square error plus {@code ridge |W|^2}} Class numbers become vectors with a
   * one.
   */
  public static Model leastSquares(Model model, DataSet data, double ridge) {
    if (!(ridge >= 0)) {
      throw new NndException("leastSquares: the ridge must be at least 0, got " + ridge);
    }
    Layer expanded = Expand.expand(model.network(), model.inputs(), Mode.INFERENCE);
    List<Slot> row = new ArrayList<>(Slots.of(expanded, ""));
    int last = row.size() - 1;
    while (last > 0 && row.get(last).layer() instanceof Identity) {
      last--;
    }
    Layer end = row.get(last).layer();
    LinearInFeatures layer =
        LinearInFeatures.of(end)
            .orElseThrow(
                () ->
                    new NndException(
                        "leastSquares: the last layer must be a bundle or snnk layer, it is "
                            + end));
    String path = row.get(last).path();
    row.set(last, row.get(last).with(layer.features()));
    Graph features =
        Lower.lower(Slots.rebuild(expanded, row.iterator()), model.inputs(), Mode.INFERENCE)
            .graph();
    Model solved = model.with(model.weights());
    Fit fit = new Fit(solved, layer, path);
    Field target = data.target();
    int classes = fit.outputs();
    eachBatch(
        data,
        rows -> {
          Map<String, Literal> got = solved.run(features, inputs(solved, rows), rows.size());
          Literal x = got.get("y");
          fit.add(x, oneHot(Columns.literal(rows.column(target.name())), classes));
        });
    fit.store(ridge);
    return solved;
  }

  private static Literal oneHot(Literal target, int classes) {
    if (target.dtype().isFloat()) {
      return target;
    }
    float[] ones = new float[target.count() * classes];
    for (int i = 0; i < target.count(); i++) {
      if (target.get(i) >= classes) {
        throw new NndException(
            "leastSquares: class %.0f of the data; the model has %d outputs"
                .formatted(target.get(i), classes));
      }
      ones[i * classes + (int) target.get(i)] = 1;
    }
    return Literal.of(ones, target.count(), classes);
  }

  private interface Rows {
    void take(Batch rows);
  }

  private static void eachBatch(DataSet data, Rows each) {
    for (int from = 0; from < data.size(); from += Chunks.ROWS) {
      int first = from;
      int[] rows = new int[Math.min(Chunks.ROWS, data.size() - from)];
      Arrays.setAll(rows, i -> first + i);
      each.take(data.batch(rows));
    }
  }

  private static Map<String, Literal> inputs(Model model, Batch rows) {
    Map<String, Literal> values = new LinkedHashMap<>();
    for (InputSpec input : model.inputs()) {
      values.put(input.name(), Columns.literal(rows.column(input.name())));
    }
    return values;
  }

  /** The equations of one layer. */
  private static final class Fit {
    private final Model model;
    private final LinearInFeatures layer;
    private final String path;
    private final LeastSquares equations;
    private final int width;
    private final int outputs;

    Fit(Model model, LinearInFeatures layer, String path) {
      this.model = model;
      this.layer = layer;
      this.path = path;
      int[] shape = model.parameter(Paths.join(path, layer.solved())).shape();
      outputs = shape[0];
      width = shape[1];
      equations = new LeastSquares(width + bias(), outputs);
    }

    String path() {
      return path;
    }

    int outputs() {
      return outputs;
    }

    /** {@return the layer's features of inputs {@code [..., in]}, {@code [rows, width]}} */
    Literal features(Literal inputs) {
      int in = inputs.shape()[inputs.shape().length - 1];
      int rows = inputs.count() / in;
      Literal flat = new Literal(inputs.dtype(), new int[] {rows, in}, inputs.array());
      Layer inPlace = path.isEmpty() ? layer.features() : new Named(path, layer.features());
      InputSpec spec = new InputSpec("x", DType.F32, in);
      Graph graph = Lower.lower(inPlace, List.of(spec), Mode.INFERENCE).graph();
      return model.run(graph, Map.of("x", flat), rows).get("y");
    }

    /** Adds features {@code [..., width]}, and a one for the bias. */
    void add(Literal x, Literal y) {
      double[] xs = x.toDoubles();
      double[] ys = y.toDoubles();
      if (xs.length / width != ys.length / outputs || ys.length % outputs != 0) {
        throw new NndException(
            "%s: %s of features do not fit targets %s; %d numbers for each row are expected"
                .formatted(path, x.type(), y.type(), outputs));
      }
      for (int i = 0; i < xs.length / width; i++) {
        double[] row = Arrays.copyOfRange(xs, i * width, i * width + width + bias());
        if (bias() == 1) {
          row[width] = 1;
        }
        equations.add(row, Arrays.copyOfRange(ys, i * outputs, (i + 1) * outputs));
      }
    }

    private int bias() {
      return layer.hasBias() ? 1 : 0;
    }

    /** Solves with a ridge; a negative one stands for a small share of the features' scale. */
    void store(double ridge) {
      double[][] solution = equations.solve(ridge < 0 ? SMALL * equations.scale() : ridge);
      float[] weights = new float[outputs * width];
      float[] bias = new float[outputs];
      for (int k = 0; k < outputs; k++) {
        for (int j = 0; j < width; j++) {
          weights[k * width + j] = (float) solution[k][j];
        }
        bias[k] = layer.hasBias() ? (float) solution[k][width] : 0;
      }
      model.setParameter(Paths.join(path, layer.solved()), Literal.of(weights, outputs, width));
      if (layer.hasBias()) {
        model.setParameter(Paths.join(path, "bias"), Literal.of(bias, outputs));
      }
    }
  }
}
