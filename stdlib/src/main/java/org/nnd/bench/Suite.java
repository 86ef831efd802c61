package org.nnd.bench;

import java.util.List;
import java.util.function.Supplier;

/** Cases that belong together; made when they are asked for, as some look into whole networks. */
public record Suite(String name, String description, Supplier<List<Case>> made) {
  public List<Case> cases() {
    return made.get();
  }

  /** {@return this suite with those of its cases whose {@code suite/name} fits a pattern} */
  public Suite matching(Pattern pattern) {
    return new Suite(
        name,
        description,
        () -> cases().stream().filter(c -> pattern.fits(name + "/" + c.name())).toList());
  }

  /** A pattern of the shell: {@code *} for any text, {@code ?} for any character. */
  public record Pattern(String glob) {
    public boolean fits(String text) {
      StringBuilder regex = new StringBuilder();
      for (char c : glob.toCharArray()) {
        regex.append(
            switch (c) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> java.util.regex.Pattern.quote(String.valueOf(c));
            });
      }
      return text.matches(regex.toString());
    }
  }
}
