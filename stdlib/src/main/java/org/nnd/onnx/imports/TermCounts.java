package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Literal;
import org.nnd.onnx.ElementType;

/** How often the n-grams of a pool occur in sequences of integers or strings, on the host. */
final class TermCounts {
  private TermCounts() {}

  static Map<String, Lowered> operators() {
    return Map.of("TfIdfVectorizer", TermCounts::count);
  }

  private static List<Value> count(NodeScope scope) {
    List<String> words = words(scope);
    int[] shape =
        scope.value(0) instanceof Value.Strings strings
            ? strings.shape()
            : scope.literal(0).shape();
    boolean batch = shape.length == 2;
    int rows = batch ? shape[0] : 1;
    int length = rows == 0 ? 0 : words.size() / rows;
    Map<List<String>, Integer> pool = pool(scope);
    List<Long> columns =
        scope.integers("ngram_indexes").orElseThrow(() -> scope.error("ngram_indexes is missing"));
    if (columns.stream().anyMatch(column -> column < 0)) {
      throw scope.error("ngram_indexes has a negative one");
    }
    int width =
        Math.toIntExact(Math.addExact(columns.stream().mapToLong(c -> c).max().orElse(-1), 1));
    double[] counts = new double[Math.multiplyExact(rows, width)];
    List<Float> weights = scope.reals("weights").orElse(List.of());
    String mode = scope.text("mode", "TF");
    for (int row = 0; row < rows; row++) {
      List<String> sequence = words.subList(row * length, (row + 1) * length);
      double[] found = occurrences(scope, sequence, pool);
      for (int i = 0; i < found.length; i++) {
        double weight = weights.isEmpty() ? 1 : weights.get(i);
        int at = row * width + columns.get(i).intValue();
        counts[at] +=
            switch (mode) {
              case "TF" -> found[i];
              case "IDF" -> found[i] > 0 ? weight : 0;
              case "TFIDF" -> found[i] * weight;
              default -> throw scope.error("the mode '" + mode + "'");
            };
      }
    }
    int[] result = batch ? new int[] {rows, width} : new int[] {width};
    return List.of(
        new Value.Known(
            Literal.ofDoubles(scope.storage(ElementType.FLOAT), counts, result),
            ElementType.FLOAT));
  }

  private static List<String> words(NodeScope scope) {
    if (scope.value(0) instanceof Value.Strings strings) {
      return strings.values();
    }
    List<String> words = new ArrayList<>();
    for (long word : scope.longs(0)) {
      words.add(Long.toString(word));
    }
    return words;
  }

  /** The n-grams with their numbers: first those of one word, then those of two, … */
  private static Map<List<String>, Integer> pool(NodeScope scope) {
    List<String> flat =
        scope
            .texts("pool_strings")
            .orElseGet(
                () ->
                    scope.integers("pool_int64s").orElse(List.of()).stream()
                        .map(String::valueOf)
                        .toList());
    List<Long> starts =
        scope.integers("ngram_counts").orElseThrow(() -> scope.error("ngram_counts is missing"));
    if (starts.stream().anyMatch(start -> start < 0 || start > flat.size())) {
      throw scope.error(
          "ngram_counts %s leave the pool of %,d words".formatted(starts, flat.size()));
    }
    Map<List<String>, Integer> pool = new HashMap<>();
    int number = 0;
    for (int n = 1; n <= starts.size(); n++) {
      long end = n < starts.size() ? starts.get(n) : flat.size();
      for (long at = starts.get(n - 1); at + n <= end; at += n) {
        pool.put(flat.subList((int) at, (int) at + n), number++);
      }
    }
    return pool;
  }

  /** Words of an n-gram may lie up to {@code max_skip_count} words apart, equally far. */
  private static double[] occurrences(
      NodeScope scope, List<String> words, Map<List<String>, Integer> pool) {
    double[] found = new double[pool.size()];
    // Longer ones are not in the pool; more words than there are cannot be skipped.
    long longest = pool.keySet().stream().mapToInt(List::size).max().orElse(0);
    long least = Math.clamp(scope.integer("min_gram_length"), 1, longest + 1);
    long most = Math.min(scope.integer("max_gram_length"), longest);
    long skips = Math.min(scope.integer("max_skip_count", 0), words.size());
    for (int n = (int) least; n <= most; n++) {
      for (int step = 1; step <= (n == 1 ? 1 : skips + 1); step++) {
        for (int start = 0; start + (n - 1L) * step < words.size(); start++) {
          List<String> gram = new ArrayList<>();
          for (int i = 0; i < n; i++) {
            gram.add(words.get(start + i * step));
          }
          if (pool.containsKey(gram)) {
            found[pool.get(gram)]++;
          }
        }
      }
    }
    return found;
  }
}
