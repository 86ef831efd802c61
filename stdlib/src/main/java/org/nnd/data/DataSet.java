package org.nnd.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nnd.ir.NndException;

/**
 * Named columns of examples, read by row number. A data set may hold its rows in arrays or make
 * them when they are asked for (pictures in a folder); reading is safe from several threads. Data
 * sets never change: what looks like a change returns a new view.
 */
public interface DataSet {
  /** What the columns are, in the order in which batches hold them. */
  List<Field> fields();

  /** The number of examples. */
  int size();

  /**
   * These rows, in this order. Rows may repeat.
   *
   * @param epoch how often the data has been gone through: augmented examples differ from epoch to
   *     epoch, others do not look at it
   * @throws NndException where a row is out of range or cannot be read
   */
  Batch batch(int[] rows, long epoch);

  /** These rows as they are in the first epoch. */
  default Batch batch(int... rows) {
    return batch(rows, 0);
  }

  /** All rows in their order. */
  default Batch all() {
    return batch(IntStream.range(0, size()).toArray(), 0);
  }

  /** What the column {@code name} is; refused where there is none. */
  default Field field(String name) {
    return fields().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NndException(
                    "no column '%s'; there are %s"
                        .formatted(name, fields().stream().map(Field::name).toList())));
  }

  /** The input, where there is exactly one. */
  default Field input() {
    return Fields.single(fields(), Field.Role.INPUT);
  }

  /** The target, where there is exactly one. */
  default Field target() {
    return Fields.single(fields(), Field.Role.TARGET);
  }

  /** The shape of one example of {@link #input()}. */
  default int[] inputShape() {
    return input().shape();
  }

  /** The names of the classes of {@link #target()}; empty where it has none. */
  default List<String> labels() {
    return target().labels();
  }

  /** The rows {@code rows}, in this order. */
  default DataSet select(int[] rows) {
    return new Selection(this, rows);
  }

  /** The first {@code n} rows. */
  default DataSet take(int n) {
    return select(IntStream.range(0, Fields.part(n, size(), "take")).toArray());
  }

  /** All but the first {@code n} rows. */
  default DataSet skip(int n) {
    return select(IntStream.range(Fields.part(n, size(), "skip"), size()).toArray());
  }

  /** The same rows in an order fixed by the seed. */
  default DataSet shuffle(long seed) {
    return select(Streams.permutation(size(), Streams.at(seed)));
  }

  /** A random part with {@code fraction} of the rows to train on, and the rest. */
  default TrainTest split(double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new NndException("split: the fraction must lie between 0 and 1, got " + fraction);
    }
    DataSet mixed = shuffle(seed);
    int n = (int) StrictMath.round(fraction * size());
    return new TrainTest(mixed.take(n), mixed.skip(n));
  }

  /**
   * Column {@code column} (f32) with every row replaced by {@code f(row)}, of shape {@code shape}.
   */
  default DataSet map(String column, int[] shape, UnaryOperator<float[]> f) {
    return new Mapped(this, column, shape, f);
  }

  /**
   * The input {@code [C, ...]} with {@code (x - mean[c]) / std[c]} in place of x. One number serves
   * all channels.
   */
  default DataSet normalise(float[] mean, float[] std) {
    Field field = input();
    return map(field.name(), field.shape(), Normalise.of(field, mean, std));
  }

  /**
   * Distorts the input {@code [C, H, W]} by these steps, one after the other. What is drawn depends
   * on (seed, epoch, row) alone.
   */
  default DataSet augment(long seed, Augmentation... steps) {
    return Augmented.of(this, seed, List.of(steps));
  }

  /**
   * Mixes every example with a random other one (Zhang et al. 2018, "mixup", equation 1) with
   * weights drawn from Beta(alpha, alpha); class numbers become vectors {@code [classes]} of
   * weights.
   */
  default DataSet mixup(double alpha, long seed) {
    return MixedUp.of(this, alpha, seed);
  }

  /** Batches of this size, shuffled in every epoch. */
  default Loader loader(int batchSize) {
    return Loader.of(this, batchSize);
  }

  /** Rows held in arrays: one column per field, of the kind and shape that the field has. */
  static DataSet of(List<Field> fields, List<Column> columns) {
    return new InMemory(fields, columns);
  }

  /** Examples "features" f32 {@code [n]} with class numbers "label" i32; classes are numbered. */
  static DataSet of(float[][] features, int[] labels) {
    return of(new int[] {Arrays2D.width(features)}, features, labels);
  }

  /** Examples "features" f32 {@code shape}, flat in C order, with class numbers "label" i32. */
  static DataSet of(int[] shape, float[][] features, int[] labels) {
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    return of(
        shape, features, labels, IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  /** The same, with names for the classes. */
  static DataSet of(int[] shape, float[][] features, int[] labels, List<String> classes) {
    return of(
        List.of(Field.input("features", Kind.F32, shape), Field.classes("label", classes)),
        List.of(
            Arrays2D.column("features", shape, features),
            Column.of("label", new int[] {labels.length}, labels)));
  }

  /** Examples "features" f32 {@code [n]} with targets "target" f32 {@code [m]} (regression). */
  static DataSet of(float[][] features, float[][] targets) {
    int[] in = {Arrays2D.width(features)};
    int[] out = {Arrays2D.width(targets)};
    return of(
        List.of(Field.input("features", Kind.F32, in), Field.target("target", Kind.F32, out)),
        List.of(
            Arrays2D.column("features", in, features), Arrays2D.column("target", out, targets)));
  }
}
