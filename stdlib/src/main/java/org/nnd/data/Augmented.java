package org.nnd.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nnd.ir.NndException;

/** A data set of pictures that are distorted anew in every epoch. */
record Augmented(DataSet base, long seed, List<Augmentation> steps, Field input)
    implements DataSet {

  /** Finds the size of the results by sending a blank picture through the steps. */
  static Augmented of(DataSet base, long seed, List<Augmentation> steps) {
    Field field = Fields.picture(base.fields(), "augment");
    int[] s = field.shape();
    Picture blank = new Picture(s[0], s[1], s[2], new float[(int) Shapes.count(s)]);
    Picture out = run(blank, steps, Streams.at(seed));
    return new Augmented(
        base, seed, List.copyOf(steps), field.withShape(out.channels(), out.height(), out.width()));
  }

  @Override
  public List<Field> fields() {
    return Fields.replace(base.fields(), input);
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public Batch batch(int[] rows, long epoch) {
    Batch batch = base.batch(rows, epoch);
    List<Column> columns = new ArrayList<>(batch.columns());
    columns.replaceAll(c -> c.name().equals(input.name()) ? distort(c, rows, epoch) : c);
    return new Batch(columns);
  }

  private Column distort(Column from, int[] rows, long epoch) {
    int[] s = from.shape();
    int in = from.rowSize();
    int[] shape = Shapes.batched(rows.length, input.shape());
    float[] to = new float[(int) Shapes.count(shape)];
    for (int r = 0; r < rows.length; r++) {
      float[] pixels = Arrays.copyOfRange(from.floats(), r * in, (r + 1) * in);
      Picture picture =
          run(new Picture(s[1], s[2], s[3], pixels), steps, Streams.at(seed, epoch, rows[r]));
      int[] got = {picture.channels(), picture.height(), picture.width()};
      if (!Arrays.equals(got, input.shape())) {
        throw new NndException(
            "augment, row %d: a step returned a picture %s where a blank one had %s"
                .formatted(rows[r], Arrays.toString(got), Arrays.toString(input.shape())));
      }
      System.arraycopy(
          picture.pixels(), 0, to, r * picture.pixels().length, picture.pixels().length);
    }
    return Column.of(input.name(), shape, to);
  }

  private static Picture run(Picture picture, List<Augmentation> steps, SplittableRandom random) {
    for (Augmentation step : steps) {
      picture = step.apply(picture, random);
    }
    return picture;
  }
}
