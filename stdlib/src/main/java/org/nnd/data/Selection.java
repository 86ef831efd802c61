package org.nnd.data;

import java.util.Arrays;
import java.util.List;

/** Some rows of another data set, in an order of their own. */
record Selection(DataSet base, int[] rows) implements DataSet {
  Selection {
    rows = rows.clone();
    Fields.checkRows(rows, base.size());
  }

  @Override
  public List<Field> fields() {
    return base.fields();
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public Batch batch(int[] wanted, long epoch) {
    Fields.checkRows(wanted, size());
    return base.batch(Arrays.stream(wanted).map(i -> rows[i]).toArray(), epoch);
  }

  @Override
  public String toString() {
    return size() + " of " + base;
  }
}
