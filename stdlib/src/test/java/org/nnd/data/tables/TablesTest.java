package org.nnd.data.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.data.Batch;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesTest {
  private static Table flowers() {
    return Table.create(
        "flowers",
        DoubleColumn.create("length", 1.0, 2.0, 3.0, 6.0),
        IntColumn.create("petals", new int[] {5, 5, 5, 5}),
        StringColumn.create("colour", "red", "blue", "red", "white"),
        BooleanColumn.create("wild", true, false, true, true),
        StringColumn.create("species", "rose", "iris", "rose", "lily"));
  }

  @Test
  void everyColumnBecomesFeatures() {
    Encoding encoding = TableSpec.classify("species").fit(flowers());
    DataSet data = encoding.encode(flowers());
    assertEquals(
        List.of("length", "petals", "colour=blue", "colour=red", "colour=white", "wild"),
        encoding.featureNames());
    assertEquals(List.of("iris", "lily", "rose"), data.labels());
    Batch all = data.all();
    assertArrayEquals(new int[] {4, 6}, all.column("features").shape());
    assertArrayEquals(
        new float[] {
          1, 5, 0, 1, 0, 1,
          2, 5, 1, 0, 0, 0,
          3, 5, 0, 1, 0, 1,
          6, 5, 0, 0, 1, 1
        },
        all.column("features").floats());
    assertArrayEquals(new int[] {2, 0, 2, 1}, all.column("label").ints());
  }

  @Test
  void statisticsAreThoseOfTheTableFittedTo() {
    Encoding encoding =
        TableSpec.regress("length").features("length2", "petals").standardise().fit(withLength2());
    DataSet data = encoding.encode(withLength2());
    double deviation = Math.sqrt((4 + 1 + 0 + 9) / 4.0);
    float[] x = data.all().column("features").floats();
    assertEquals((1 - 3) / deviation, x[0], 1e-6);
    assertEquals((6 - 3) / deviation, x[6], 1e-6);
    // A constant column becomes 0, not NaN.
    assertEquals(0, x[1]);
    assertEquals(Field.target("target", Kind.F32, 1), data.target());
    assertArrayEquals(new float[] {1, 2, 3, 6}, data.all().column("target").floats());
    Table later =
        Table.create(
            "later",
            DoubleColumn.create("length2", 9.0),
            IntColumn.create("petals", new int[] {5}));
    assertEquals(
        (9 - 3) / deviation, encoding.inputs(later).all().column("features").floats()[0], 1e-6);
  }

  private static Table withLength2() {
    Table t = flowers();
    return t.addColumns(t.doubleColumn("length").copy().setName("length2"));
  }

  @Test
  void categoriesMayStayNumbersForEmbeddings() {
    DataSet data =
        TableSpec.classify("species")
            .features("colour", "length")
            .codes("colour")
            .fit(flowers())
            .encode(flowers());
    assertArrayEquals(new int[] {1, 0, 1, 2}, data.all().column("colour").ints());
    assertEquals(
        new Field(
            "colour", Field.Role.INPUT, Kind.I32, new int[0], List.of("blue", "red", "white")),
        data.field("colour"));
    assertArrayEquals(new int[] {1}, data.field("features").shape());
  }

  @Test
  void whatTheTableFittedToDidNotHaveIsRefused() {
    Encoding encoding = TableSpec.classify("species").features("colour").fit(flowers());
    Table later =
        Table.create(
            "later.csv",
            StringColumn.create("colour", "red", "green"),
            StringColumn.create("species", "rose", "rose"));
    assertRefused(
        "later.csv: column 'colour', row 1: 'green' was not among the 3 categories fitted to:"
            + " blue, red, white",
        () -> encoding.encode(later));
    later.replaceColumn(StringColumn.create("colour", "red", "red"));
    later.replaceColumn(StringColumn.create("species", "rose", "tulip"));
    assertRefused("column 'species', row 1: 'tulip' was not among", () -> encoding.encode(later));
    assertEquals(2, encoding.inputs(later).size());
    assertRefused(
        "later.csv: no column 'colour'; there are [species]",
        () -> encoding.inputs(later.removeColumns("colour")));
  }

  @Test
  void missingValuesAreNamedOrFilled() {
    Table t = flowers();
    t.doubleColumn("length").setMissing(2);
    TableSpec spec = TableSpec.classify("species").features("length");
    assertRefused(
        "flowers: column 'length', row 2: the value is missing; drop the row or fill it",
        () -> spec.fit(t));
    Encoding encoding = spec.missing(Missing.MEAN).fit(t);
    assertArrayEquals(
        new float[] {1, 2, 3, 6}, encoding.encode(t).all().column("features").floats());
    Table unfinished = flowers();
    unfinished.stringColumn("species").set(1, "");
    assertRefused(
        "column 'species', row 1: the value is missing",
        () -> TableSpec.classify("species").fit(unfinished));
    Table infinite = flowers();
    infinite.doubleColumn("length").set(3, Double.POSITIVE_INFINITY);
    assertRefused(
        "column 'length', row 3: Infinity is not a finite number",
        () -> TableSpec.classify("species").fit(infinite));
  }

  @Test
  void targetsAreWhatTheyAreSaidToBe() {
    DataSet numbers =
        TableSpec.classify("petals").features("length").fit(counted()).encode(counted());
    assertEquals(List.of("2", "10"), numbers.labels());
    assertArrayEquals(new int[] {1, 0, 1}, numbers.all().column("label").ints());
    DataSet flags = TableSpec.classify("wild").features("length").fit(flowers()).encode(flowers());
    assertEquals(List.of("false", "true"), flags.labels());
    assertRefused(
        "column 'length', row 1: 0.5 is not a whole number and cannot be a class",
        () -> TableSpec.classify("length").features("petals").fit(counted()));
    assertRefused(
        "column 'species' holds STRING, expected numbers",
        () -> TableSpec.regress("species").features("length").fit(flowers()).encode(flowers()));
  }

  private static Table counted() {
    return Table.create(
        "counted",
        DoubleColumn.create("length", 1.0, 0.5, 3.0),
        IntColumn.create("petals", new int[] {10, 2, 10}));
  }

  @Test
  void wrongSpecificationsSayWhatThereIs() {
    assertRefused(
        "flowers: no column 'kind'; there are [length, petals, colour, wild, species]",
        () -> TableSpec.classify("kind").fit(flowers()));
    assertRefused(
        "the target 'species' is among the features",
        () -> TableSpec.classify("species").features("species").fit(flowers()));
    assertRefused(
        "codes: 'size' is not among the features",
        () -> TableSpec.classify("species").codes("size").fit(flowers()));
    Table dated = flowers().addColumns(DateColumn.create("day", new java.time.LocalDate[4]));
    assertRefused(
        "column 'day' holds LOCAL_DATE; numbers, text and booleans can be learnt from",
        () -> TableSpec.classify("species").fit(dated));
  }

  @Test
  void theHistoryIsARowPerEpoch() {
    Map<String, Double> first = new LinkedHashMap<>();
    first.put("loss", 2.5);
    first.put("accuracy", 0.1);
    Table table = HistoryTable.of(List.of(first, Map.of("loss", 1.5, "validation", 0.3)));
    assertEquals(List.of("epoch", "loss", "accuracy", "validation"), table.columnNames());
    assertEquals(List.of(1, 2), table.intColumn("epoch").asList());
    assertEquals(1.5, table.doubleColumn("loss").get(1));
    assertTrue(table.doubleColumn("accuracy").isMissing(1));
    assertTrue(table.doubleColumn("validation").isMissing(0));
    assertRefused(
        "history, epoch 2: loss is NaN",
        () -> HistoryTable.of(List.of(first, Map.of("loss", Double.NaN))));
    assertEquals(0, HistoryTable.of(List.of()).rowCount());
  }
}
