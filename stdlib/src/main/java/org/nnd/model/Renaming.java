package org.nnd.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnd.ir.NndException;

/**
 * Names of tensors in a file to paths of a model, by rules such as {@code encoder.*.ln} to {@code
 * blocks.*.norm}. A name follows the one rule with the most text that fits it, or stays as it is. A
 * star stands for any text and stands for the same text on the other side; a rule without stars is
 * for the tensor of that name and for all under it, and an empty side for no prefix at all.
 */
final class Renaming {
  private final List<Rule> rules;

  /** Groups of the pattern are the texts that go into the other side, between its parts. */
  private record Rule(String from, Pattern pattern, List<String> to) {
    static Rule of(String from, String to) {
      List<String> left = parts(from);
      List<String> right = parts(to);
      if (left.size() != right.size()) {
        throw new NndException(
            "the names '%s' and '%s' have not the same number of stars".formatted(from, to));
      }
      if (left.size() > 1) {
        return new Rule(from, pattern(left, "(.*)", ""), right);
      }
      String open = to.isEmpty() ? "" : to + (from.isEmpty() ? "." : "");
      return from.isEmpty()
          ? new Rule(from, Pattern.compile("(.*)"), List.of(open, ""))
          : new Rule(
              from, pattern(left, "", to.isEmpty() ? "\\.(.+)" : "(|\\..+)"), List.of(to, ""));
    }

    private static List<String> parts(String text) {
      return List.of(text.split("\\*", -1));
    }

    private static Pattern pattern(List<String> parts, String between, String end) {
      return Pattern.compile(
          String.join(between, parts.stream().map(Pattern::quote).toList()) + end);
    }

    Optional<String> apply(String name) {
      Matcher matcher = pattern.matcher(name);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      StringBuilder out = new StringBuilder(to.get(0));
      for (int i = 1; i < to.size(); i++) {
        out.append(matcher.group(i)).append(to.get(i));
      }
      return Optional.of(out.toString());
    }
  }

  Renaming(Map<String, String> names) {
    Comparator<Rule> longest = Comparator.comparing(rule -> -rule.from.replace("*", "").length());
    rules =
        names.entrySet().stream()
            .map(e -> Rule.of(e.getKey(), e.getValue()))
            .sorted(longest.thenComparing(Rule::from))
            .toList();
  }

  /**
   * {@return the names in a file by the paths that they stand for}
   *
   * @throws NndException if a rule fits none, or two names become one path
   */
  Map<String, String> byPath(Collection<String> names) {
    for (Rule rule : rules) {
      if (names.stream().noneMatch(name -> rule.apply(name).isPresent())) {
        throw new NndException(
            "no tensor fits the name '%s'; there are, for instance, %s"
                .formatted(rule.from, names.stream().limit(5).toList()));
      }
    }
    Map<String, String> byPath = new LinkedHashMap<>();
    for (String name : names) {
      String path =
          rules.stream().flatMap(rule -> rule.apply(name).stream()).findFirst().orElse(name);
      String other = byPath.put(path, name);
      if (other != null) {
        throw new NndException(
            "the tensors '%s' and '%s' would both be '%s'".formatted(other, name, path));
      }
    }
    return byPath;
  }
}
