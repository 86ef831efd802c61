package org.nnd.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;

/**
 * What was measured at the end of every epoch, by name; {@code HistoryTable.of(history.epochs())}
 * makes a table of it.
 *
 * @param shares the names of the measures that are shares
 * @param end how training ended
 */
public record History(List<Map<String, Double>> epochs, Set<String> shares, End end) {
  /** How training ended. */
  public enum End {
    /** All epochs were done. */
    FINISHED,
    /** What early stopping watches did not get better any more. */
    STOPPED_EARLY
  }

  public History {
    epochs = epochs.stream().<Map<String, Double>>map(LinkedHashMap::new).toList();
    shares = Set.copyOf(shares);
  }

  /** {@return a measure at the end of the last epoch} */
  public double last(String name) {
    Double value = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1).get(name);
    if (value == null) {
      throw new NndException(
          "'%s' was not measured, only %s"
              .formatted(name, epochs.isEmpty() ? List.of() : epochs.get(0).keySet()));
    }
    return value;
  }

  private boolean isShare(String name) {
    return shares.contains(name.replaceFirst("^validation ", ""));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < epochs.size(); i++) {
      text.append("epoch %d: ".formatted(i + 1))
          .append(
              epochs.get(i).entrySet().stream()
                  .map(e -> e.getKey() + " " + Score.shown(e.getValue(), isShare(e.getKey())))
                  .collect(Collectors.joining(", ")))
          .append('\n');
    }
    return text + (end == End.FINISHED ? "finished" : "stopped early");
  }
}
