package org.nnd.jupyter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The cells of this session, and what they gave. */
final class CellHistory {
  /** The present session has the number 1; the client may call it 0. */
  private static final int SESSION = 1;

  /**
   * A cell that was executed.
   *
   * @param number its execution count
   * @param output the text of its value, empty where it had none
   */
  private record Entry(int number, String input, String output) {
    List<Object> shown(boolean withOutput) {
      return List.of(SESSION, number, withOutput ? List.of(input, output) : input);
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(int number, String input, String output) {
    entries.add(new Entry(number, input, output));
  }

  /** {@return the content of the reply to {@code request}} */
  synchronized Map<String, Object> reply(HistoryRequest request) {
    Stream<Entry> found =
        switch (request) {
          case HistoryRequest.Tail tail -> last(entries, tail.getMaxReturnLength());
          case HistoryRequest.Range range -> range(range);
          case HistoryRequest.Search search -> search(search);
          default -> Stream.of();
        };
    List<List<Object>> rows = found.map(e -> e.shown(request.includeOutput())).toList();
    return Map.of("status", "ok", "history", rows);
  }

  private static Stream<Entry> last(List<Entry> all, int count) {
    return all.stream().skip(count > 0 ? Math.max(0, all.size() - count) : 0);
  }

  private Stream<Entry> range(HistoryRequest.Range range) {
    boolean here = range.getSessionIndex() == 0 || range.getSessionIndex() == SESSION;
    int stop = range.getStop() > 0 ? range.getStop() : Integer.MAX_VALUE;
    return entries.stream().filter(e -> here && e.number >= range.getStart() && e.number < stop);
  }

  /** The pattern is a glob, as shells have it. */
  private Stream<Entry> search(HistoryRequest.Search search) {
    String glob = search.getPattern() == null ? "*" : search.getPattern();
    String expression = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    Pattern pattern = Pattern.compile(expression, Pattern.DOTALL);
    List<Entry> found = entries.stream().filter(e -> pattern.matcher(e.input).matches()).toList();
    if (search.filterUnique()) {
      Map<String, Entry> latest = new LinkedHashMap<>();
      found.forEach(e -> latest.remove(e.input));
      for (Entry e : found) {
        latest.remove(e.input);
        latest.put(e.input, e);
      }
      found = List.copyOf(latest.values());
    }
    return last(found, search.getMaxReturnLength());
  }
}
