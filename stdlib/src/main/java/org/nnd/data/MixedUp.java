package org.nnd.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nnd.ir.NndException;

/**
 * mixup (Zhang et al. 2018, equation 1): x = l * xi + (1 - l) * xj, y = l * yi + (1 - l) * yj, with
 * l from Beta(alpha, alpha) and j a random row. Class numbers turn into vectors of class weights.
 */
record MixedUp(DataSet base, double alpha, long seed, List<Field> fields) implements DataSet {

  static MixedUp of(DataSet base, double alpha, long seed) {
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new NndException("mixup: alpha must be above 0, got " + alpha);
    }
    List<Field> fields = new ArrayList<>();
    for (Field f : base.fields()) {
      fields.add(mixed(f));
    }
    return new MixedUp(base, alpha, seed, List.copyOf(fields));
  }

  private static Field mixed(Field field) {
    if (field.kind() == Kind.F32) {
      return field;
    }
    if (field.kind() == Kind.I32 && field.shape().length == 0 && !field.labels().isEmpty()) {
      int[] shape = {field.labels().size()};
      return new Field(field.name(), field.role(), Kind.F32, shape, field.labels());
    }
    throw new NndException(
        "mixup: column %s is neither f32 nor a class number with named classes, and has no mean"
            .formatted(field));
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public Batch batch(int[] rows, long epoch) {
    int[] partners = new int[rows.length];
    float[] weights = new float[rows.length];
    for (int r = 0; r < rows.length; r++) {
      SplittableRandom random = Streams.at(seed, epoch, rows[r]);
      partners[r] = random.nextInt(size());
      weights[r] = (float) Beta.symmetric(alpha, random);
    }
    Batch one = base.batch(rows, epoch);
    Batch other = base.batch(partners, epoch);
    List<Column> columns = new ArrayList<>();
    for (Field field : fields) {
      float[] a = values(one.column(field.name()), field);
      float[] b = values(other.column(field.name()), field);
      int size = (int) Shapes.count(field.shape());
      for (int i = 0; i < a.length; i++) {
        float w = weights[i / size];
        a[i] = w * a[i] + (1 - w) * b[i];
      }
      columns.add(Column.of(field.name(), Shapes.batched(rows.length, field.shape()), a));
    }
    return new Batch(columns);
  }

  /** The floats of a column; class numbers as rows with a single 1. */
  private static float[] values(Column column, Field field) {
    if (column.kind() == Kind.F32) {
      return column.floats().clone();
    }
    int classes = field.labels().size();
    float[] out = new float[column.rows() * classes];
    for (int r = 0; r < column.rows(); r++) {
      out[r * classes + column.ints()[r]] = 1;
    }
    return out;
  }
}
