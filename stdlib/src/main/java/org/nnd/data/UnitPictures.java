package org.nnd.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A data set whose u8 column is seen as f32 in 0..1. The bytes stay bytes until a batch is read:
 * pictures take a quarter of the memory.
 */
record UnitPictures(DataSet base, String column) implements DataSet {

  /** Pictures of {@code shape} with their classes, both in rows of the same order. */
  static DataSet of(int[] shape, byte[] pixels, int[] labels, List<String> classes) {
    DataSet bytes =
        DataSet.of(
            List.of(Field.input("image", Kind.U8, shape), Field.classes("label", classes)),
            List.of(
                new Column("image", Kind.U8, Shapes.batched(labels.length, shape), pixels),
                Column.of("label", new int[] {labels.length}, labels)));
    return new UnitPictures(bytes, "image");
  }

  @Override
  public List<Field> fields() {
    Field f = base.field(column);
    return Fields.replace(
        base.fields(), new Field(f.name(), f.role(), Kind.F32, f.shape(), f.labels()));
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public Batch batch(int[] rows, long epoch) {
    List<Column> columns = new ArrayList<>(base.batch(rows, epoch).columns());
    columns.replaceAll(c -> c.name().equals(column) ? unit(c) : c);
    return new Batch(columns);
  }

  private static Column unit(Column bytes) {
    byte[] in = (byte[]) bytes.array();
    float[] out = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] = (in[i] & 0xFF) / 255f;
    }
    return Column.of(bytes.name(), bytes.shape(), out);
  }
}
