package org.nnd.draw;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.format.TextTable;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.layers.memory.Memories;

/**
 * Retrieval from a modern Hopfield network (Ramsauer et al. 2021): the energy of states over the
 * updates, and the states themselves, as pictures where their sizes are squares.
 */
public final class RetrievalPicture {
  private static final int MOST_STATES = 6;
  private static final int MOST_STEPS = 8;
  private static final int LEAST_SIDE = 4;

  private RetrievalPicture() {}

  /**
   * {@return how states come to rest}
   *
   * @param stored patterns {@code [S, D]}
   * @param state where to begin, {@code [L, D]}
   * @param beta the inverse temperature
   * @param steps how many updates
   */
  public static Picture retrieval(Tensor stored, Tensor state, double beta, int steps) {
    if (stored.rank() != 2 || state.rank() != 2) {
      throw new NndException(
          "retrieval shows stored patterns [S, D] and states [L, D], got %s and %s"
              .formatted(stored.shape(), state.shape()));
    }
    List<Tensor> states = Memories.hopfieldTrajectory(stored, state, beta, steps);
    int count = state.size(0);
    List<double[]> energies = new ArrayList<>();
    List<Literal> values = new ArrayList<>();
    for (Tensor now : states) {
      energies.add(Memories.hopfieldEnergy(stored, now, beta).value().toDoubles());
      values.add(now.value());
    }
    Literal patterns = stored.value();
    int[] nearest = new int[count];
    for (int i = 0; i < count; i++) {
      nearest[i] = nearest(patterns, values.get(steps), i);
    }
    Chart chart = chart(energies, count);
    Markup content = new Markup().open("div", "class", "row").add(chart.svg());
    content.open("div").add(pictures(patterns, values, nearest)).close().close();
    return Picture.of(plain(energies, patterns, values, nearest))
        .with(Picture.HTML, Page.of(content))
        .with(Picture.SVG, chart.alone());
  }

  private static Chart chart(List<double[]> energies, int count) {
    List<Curve> curves = new ArrayList<>();
    int shown = Math.min(count, MOST_STATES);
    for (int i = 0; i < shown; i++) {
      double[] x = new double[energies.size()];
      double[] y = new double[energies.size()];
      for (int step = 0; step < x.length; step++) {
        x[step] = step;
        y[step] = energies.get(step)[i];
      }
      curves.add(Curve.line(count == 1 ? "" : "" + i, x, y, Palette.SERIES.get(i)));
    }
    return new Chart(count == 1 ? "energy" : "energy of state", "update", curves);
  }

  /** A row for each state, a column for each update, the nearest pattern last. */
  private static Markup pictures(Literal patterns, List<Literal> values, int[] nearest) {
    int features = patterns.shape()[1];
    int side = (int) Math.round(Math.sqrt(features));
    boolean square = side * side == features && side >= LEAST_SIDE;
    int rows = square ? side : 1;
    int columns = square ? side : features;
    ColourScale scale = ColourScale.of(Statistics.of(patterns));
    int size = Raster.scale(columns, square ? 56 : 120, 12);
    Markup table = new Markup().open("table", "class", "t").open("thead").open("tr");
    table.element("th", "state");
    List<Integer> steps = steps(values.size());
    steps.forEach(step -> table.element("th", step == 0 ? "at first" : "after " + step));
    table.element("th", "nearest pattern").close().close().open("tbody");
    for (int i = 0; i < Math.min(nearest.length, MOST_STATES); i++) {
      table.open("tr").element("td", "" + i);
      for (int step : steps) {
        table.open("td").add(picture(values.get(step), i, rows, columns, scale, size)).close();
      }
      table.open("td").add(picture(patterns, nearest[i], rows, columns, scale, size));
      table.element("span", "pattern " + nearest[i], "class", "m").close().close();
    }
    return table.close().close().add(scale.legend());
  }

  private static List<Integer> steps(int count) {
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (count <= MOST_STEPS || i < MOST_STEPS - 1 || i == count - 1) {
        steps.add(i);
      }
    }
    return steps;
  }

  private static Markup picture(
      Literal value, int row, int rows, int columns, ColourScale scale, int size) {
    int start = row * rows * columns;
    return Raster.image(
        HeatMap.paint(rows, columns, (y, x) -> scale.rgb(value.get(start + y * columns + x))),
        size,
        "state " + row);
  }

  private static int nearest(Literal patterns, Literal states, int state) {
    int best = 0;
    for (int i = 1; i < patterns.shape()[0]; i++) {
      best =
          distance(patterns, i, states, state) < distance(patterns, best, states, state) ? i : best;
    }
    return best;
  }

  private static double distance(Literal patterns, int pattern, Literal states, int state) {
    int features = patterns.shape()[1];
    double sum = 0;
    for (int i = 0; i < features; i++) {
      double d = patterns.get(pattern * features + i) - states.get(state * features + i);
      sum += d * d;
    }
    return Math.sqrt(sum);
  }

  private static String plain(
      List<double[]> energies, Literal patterns, List<Literal> values, int[] nearest) {
    List<TextTable.Column> columns = new ArrayList<>();
    columns.add(TextTable.Column.number("state"));
    for (int step = 0; step < energies.size(); step++) {
      columns.add(TextTable.Column.number(step == 0 ? "energy" : "after " + step));
    }
    columns.add(TextTable.Column.number("nearest"));
    columns.add(TextTable.Column.number("distance"));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < nearest.length; i++) {
      List<String> row = new ArrayList<>(List.of("" + i));
      for (double[] energy : energies) {
        row.add(Shown.number(energy[i]));
      }
      row.add("" + nearest[i]);
      row.add(Shown.number(distance(patterns, nearest[i], values.get(values.size() - 1), i)));
      rows.add(row);
    }
    return TextTable.text(columns, rows).stripTrailing();
  }
}
