package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.nnd.data.Messages.assertRefused;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSetTest {
  /** Row r holds r and 10 r, of class r mod 3. */
  static DataSet numbered(int rows) {
    float[][] x = new float[rows][];
    Arrays.setAll(x, r -> new float[] {r, 10 * r});
    return DataSet.of(x, IntStream.range(0, rows).map(r -> r % 3).toArray());
  }

  @Test
  void rowsComeContiguousWithTheirLeadingSize() {
    Batch batch = numbered(7).batch(5, 0, 5);
    assertEquals(3, batch.size());
    assertArrayEquals(new int[] {3, 2}, batch.column("features").shape());
    assertArrayEquals(new float[] {5, 50, 0, 0, 5, 50}, batch.column("features").floats());
    assertArrayEquals(new int[] {2, 0, 2}, batch.column("label").ints());
    assertEquals(0, numbered(7).batch(new int[0], 0).size());
  }

  @Test
  void fieldsSayWhatTheNetworkMeets() {
    DataSet data = numbered(7);
    assertArrayEquals(new int[] {2}, data.inputShape());
    assertEquals(List.of("0", "1", "2"), data.labels());
    assertEquals(Kind.I32, data.target().kind());
    DataSet regression = DataSet.of(new float[][] {{1, 2}}, new float[][] {{3}});
    assertEquals(Field.target("target", Kind.F32, 1), regression.target());
  }

  @Test
  void partsCoverAllRowsOnce() {
    TrainTest parts = numbered(50).split(0.7, 3);
    assertEquals(35, parts.train().size());
    assertEquals(15, parts.test().size());
    float[] seen = new float[50];
    for (DataSet part : List.of(parts.train(), parts.test())) {
      float[] x = part.all().column("features").floats();
      for (int i = 0; i < x.length; i += 2) {
        seen[(int) x[i]]++;
      }
    }
    float[] once = new float[50];
    Arrays.fill(once, 1);
    assertArrayEquals(once, seen);
    assertEquals(parts.train().all(), numbered(50).split(0.7, 3).train().all());
    assertNotEquals(parts.train().all(), numbered(50).split(0.7, 4).train().all());
  }

  @Test
  void mapAndNormaliseChangeOneColumn() {
    DataSet sums = numbered(4).map("features", new int[] {1}, r -> new float[] {r[0] + r[1]});
    assertArrayEquals(new float[] {22, 33}, sums.batch(2, 3).column("features").floats());
    assertArrayEquals(new int[] {1}, sums.inputShape());
    DataSet scaled = numbered(4).normalise(new float[] {1, 10}, new float[] {2, 5});
    assertArrayEquals(new float[] {0.5f, 2}, scaled.batch(2).column("features").floats());
    // The rows underneath stay as they were.
    DataSet data = numbered(4);
    data.normalise(new float[] {1}, new float[] {2}).all();
    assertEquals(numbered(4).all(), data.all());
  }

  @Test
  void badRowsAreNamed() {
    int[] y = {0, 1};
    assertRefused(
        "features, row 1: 1 values, expected 2 for shape [2]",
        () -> DataSet.of(new float[][] {{1, 2}, {3}}, y));
    assertRefused(
        "column 'features', row 1, element 0: NaN is not a finite number",
        () -> DataSet.of(new float[][] {{1, 2}, {Float.NaN, 3}}, y));
    assertRefused(
        "column 'label', row 1: class -1, expected 0..0",
        () -> DataSet.of(new float[][] {{1}, {2}}, new int[] {0, -1}));
    assertRefused(
        "column 'label', row 0: class 2, expected 0..1",
        () ->
            DataSet.of(
                new int[] {1}, new float[][] {{1}, {2}}, new int[] {2, 0}, List.of("a", "b")));
    assertRefused(
        "column 'label' has 1 rows, 'features' has 2",
        () -> DataSet.of(new float[][] {{1}, {2}}, new int[] {0}));
  }

  @Test
  void wrongRequestsSayWhatThereIs() {
    DataSet data = numbered(5);
    assertRefused("row 5 is outside the data set's 0..4", () -> data.batch(5));
    assertRefused("take(6): the data set has 5 examples", () -> data.take(6));
    assertRefused("between 0 and 1, got 1.0", () -> data.split(1, 0));
    assertRefused(
        "no column 'image'; there are [features, label]", () -> data.all().column("image"));
    assertRefused("column 'label' holds I32, not F32", () -> data.all().column("label").floats());
    assertRefused("map: column 'label' is I32", () -> data.map("label", new int[0], r -> r));
    assertRefused(
        "row 3: the function gave 1 values, expected 2",
        () -> data.map("features", new int[] {2}, r -> new float[1]).batch(3));
    assertRefused(
        "3 means and 3 deviations for the 2 channels",
        () -> data.normalise(new float[3], new float[] {1, 1, 1}));
  }
}
