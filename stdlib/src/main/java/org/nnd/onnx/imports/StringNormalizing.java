package org.nnd.onnx.imports;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Strings in one case, without stop words. */
final class StringNormalizing {
  private StringNormalizing() {}

  static Map<String, Lowered> operators() {
    return Map.of("StringNormalizer", StringNormalizing::normalize);
  }

  /** Of [C] or [1, C]; without any word left, one empty string. */
  private static List<Value> normalize(NodeScope scope) {
    if (!(scope.value(0) instanceof Value.Strings strings)) {
      throw scope.error("strings are wanted");
    }
    String change = scope.text("case_change_action", "NONE");
    List<String> stop = scope.texts("stopwords").orElse(List.of());
    boolean sensitive = scope.flag("is_case_sensitive", false);
    List<String> kept =
        strings.values().stream()
            .filter(word -> stop.stream().noneMatch(s -> same(word, s, sensitive)))
            .map(word -> changed(scope, word, change))
            .toList();
    List<String> result = kept.isEmpty() ? List.of("") : kept;
    int count = result.size();
    int[] shape = strings.shape().length == 2 ? new int[] {1, count} : new int[] {count};
    return List.of(new Value.Strings(result, shape));
  }

  private static boolean same(String word, String stop, boolean sensitive) {
    return sensitive ? word.equals(stop) : word.equalsIgnoreCase(stop);
  }

  private static String changed(NodeScope scope, String word, String change) {
    return switch (change) {
      case "NONE" -> word;
      case "LOWER" -> word.toLowerCase(Locale.ROOT);
      case "UPPER" -> word.toUpperCase(Locale.ROOT);
      default -> throw scope.error("the case change '" + change + "'");
    };
  }
}
