package org.nnd.data.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.nnd.data.Messages.assertRefused;

import org.junit.jupiter.api.Test;
import org.nnd.ir.Literal;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableValuesTest {
  @Test
  void numbersAndFlagsAreRows() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("a", 1.5, 2.5),
            IntColumn.create("b", 3, 4),
            BooleanColumn.create("c", true, false));
    Literal value = Tables.tensor(table).value();
    assertArrayEquals(new int[] {2, 3}, value.shape());
    assertArrayEquals(new double[] {1.5, 3, 1, 2.5, 4, 0}, value.toDoubles());
  }

  @Test
  void whatIsNoNumberIsRefusedByColumnAndRow() {
    DoubleColumn holes = DoubleColumn.create("a", 1, Double.NaN);
    assertRefused("t: column 'a'", () -> Tables.tensor(Table.create("t", holes)));
    StringColumn words = StringColumn.create("w", "x");
    assertRefused("t: column 'w'", () -> Tables.tensor(Table.create("t", words)));
  }
}
