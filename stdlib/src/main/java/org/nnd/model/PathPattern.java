package org.nnd.model;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;

/**
 * A pattern of variable paths such as {@code stem.*} or {@code *.bias}: a star stands for any text,
 * dots included. A pattern without a star means the variable of that path, or all variables of the
 * layer of that path.
 */
public record PathPattern(String text) {
  public PathPattern {
    if (text.isBlank()) {
      throw new NndException("a path pattern is empty; '*' stands for every path");
    }
  }

  /** {@return whether a path is meant} */
  public boolean matches(String path) {
    return text.contains("*")
        ? Pattern.matches(
            List.of(text.split("\\*", -1)).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")),
            path)
        : path.equals(text) || path.startsWith(text + ".");
  }

  /**
   * {@return those of the paths that fit}
   *
   * @throws NndException if none does
   */
  public List<String> among(Collection<String> paths) {
    List<String> found = paths.stream().filter(this::matches).toList();
    if (found.isEmpty()) {
      throw new NndException(
          "no variable fits '%s'; there are, for instance, %s"
              .formatted(text, paths.stream().limit(5).toList()));
    }
    return found;
  }

  @Override
  public String toString() {
    return text;
  }
}
