package org.nnd.data.tables;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.NndException;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The metrics of a training run as a table: a row per epoch, a column per metric. */
public final class HistoryTable {
  private HistoryTable() {}

  /**
   * Column "epoch", counted from 1, and a column for every metric in the order in which they first
   * appear. A metric that an epoch does not have is missing in its row.
   *
   * @throws NndException where a metric is not finite: a table would take it for missing
   */
  public static Table of(List<Map<String, Double>> epochs) {
    Set<String> metrics = new LinkedHashSet<>();
    epochs.forEach(e -> metrics.addAll(e.keySet()));
    IntColumn number = IntColumn.create("epoch");
    for (int i = 1; i <= epochs.size(); i++) {
      number.append(i);
    }
    Table table = Table.create("history", number);
    for (String metric : metrics) {
      DoubleColumn column = DoubleColumn.create(metric);
      for (int i = 0; i < epochs.size(); i++) {
        append(column, i, epochs.get(i));
      }
      table.addColumns(column);
    }
    return table;
  }

  private static void append(DoubleColumn column, int epoch, Map<String, Double> metrics) {
    if (!metrics.containsKey(column.name())) {
      column.appendMissing();
      return;
    }
    double value = metrics.get(column.name());
    if (!Double.isFinite(value)) {
      throw new NndException(
          "history, epoch %d: %s is %s, which a table would take for a missing value"
              .formatted(epoch + 1, column.name(), value));
    }
    column.append(value);
  }
}
