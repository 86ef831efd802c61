package org.nnd.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nnd.ir.NndException;

/** Another data set with a function applied to every row of one f32 column. */
record Mapped(DataSet base, String column, int[] shape, UnaryOperator<float[]> function)
    implements DataSet {
  Mapped {
    shape = shape.clone();
    Field field = base.field(column);
    if (field.kind() != Kind.F32) {
      throw new NndException("map: column '%s' is %s, not F32".formatted(column, field.kind()));
    }
  }

  @Override
  public List<Field> fields() {
    return Fields.replace(base.fields(), base.field(column).withShape(shape));
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public Batch batch(int[] rows, long epoch) {
    Batch batch = base.batch(rows, epoch);
    return new Batch(
        batch.columns().stream().map(c -> c.name().equals(column) ? apply(c, rows) : c).toList());
  }

  private Column apply(Column from, int[] rows) {
    int in = from.rowSize();
    int out = (int) Shapes.count(shape);
    float[] to = new float[(int) Shapes.count(Shapes.batched(rows.length, shape))];
    for (int r = 0; r < rows.length; r++) {
      float[] row = function.apply(Arrays.copyOfRange(from.floats(), r * in, (r + 1) * in));
      if (row.length != out) {
        throw new NndException(
            "map of column '%s', row %d: the function gave %d values, expected %d for shape %s"
                .formatted(column, rows[r], row.length, out, Arrays.toString(shape)));
      }
      System.arraycopy(row, 0, to, r * out, out);
    }
    return Column.of(column, Shapes.batched(rows.length, shape), to);
  }
}
