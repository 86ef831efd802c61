package org.nnd.format;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name a user probably meant. */
final class NearestName {
  private NearestName() {}

  /** {@code "; did you mean 'x'?"} where a name is near, else how many names there are. */
  static String hint(String wanted, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(n -> distance(wanted, n)))
        .filter(n -> distance(wanted, n) <= Math.max(2, wanted.length() / 3))
        .map(n -> "; did you mean '" + n + "'?")
        .orElse("; it holds " + names.size() + " others");
  }

  /** The edits that turn one text into the other (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(same, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
