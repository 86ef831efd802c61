package org.nnd.draw;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours the texts of the levels: comments, keywords, types, numbers, names of values. Colours are
 * mixed with that of the text around, so that they are read on light and on dark backgrounds.
 */
final class Highlight {
  /** To be put once before highlighted text. */
  static final String STYLE =
      """
      .nnd .hc{opacity:.62;font-style:italic}
      .nnd .hk{color:#0072b2;color:color-mix(in srgb,#0a84d0 68%,currentColor);font-weight:600}
      .nnd .ht{color:#009e73;color:color-mix(in srgb,#00a578 68%,currentColor)}
      .nnd .hn{color:#d55e00;color:color-mix(in srgb,#e06a10 72%,currentColor)}
      .nnd .hv{color:#c0629a;color:color-mix(in srgb,#cc6aa6 72%,currentColor)}
      """;

  private static final Set<String> C_WORDS =
      Set.of(
          "__kernel",
          "__global",
          "__local",
          "__constant",
          "__private",
          "__attribute__",
          "kernel",
          "global",
          "local",
          "const",
          "restrict",
          "volatile",
          "for",
          "if",
          "else",
          "while",
          "do",
          "return",
          "break",
          "continue",
          "barrier",
          "static",
          "inline",
          "typedef",
          "struct");
  private static final Pattern C_TYPE =
      Pattern.compile(
          "(?:void|bool|(?:u?(?:char|short|int|long)|float|double|half)(?:2|4|8|16)?|size_t)");
  private static final Pattern C =
      Pattern.compile(
          "(?<c>//[^\\n]*|/\\*.*?\\*/)|(?<s>\"(?:[^\"\\\\\\n]|\\\\.)*\")|(?<p>(?m:^)[ \\t]*#[^\\n]*)"
              + "|(?<w>[A-Za-z_]\\w*)|(?<n>0[xX][0-9a-fA-F]+|\\d+\\.?\\d*(?:[eE][+-]?\\d+)?[fFuUlL]*)",
          Pattern.DOTALL);

  private static final Pattern GRAPH =
      Pattern.compile(
          "(?<c>//[^\\n]*)|(?<s>\"(?:[^\"\\\\\\n]|\\\\.)*\")|(?<v>%[\\w.#]+)"
              + "|(?<t>\\b(?:f16|f32|f64|bf16|i8|u8|i32|i64|bool)\\b(?:\\[[^\\]\\n]*\\])?)"
              + "|(?<w>(?<== )[a-z][\\w.-]*|\\b(?:graph|return|update|body|condition|then|otherwise)\\b)"
              + "|(?<n>\\b\\d+\\.?\\d*(?:[eE][+-]?\\d+)?\\b)");

  private Highlight() {}

  /** {@return OpenCL C in colours} */
  static Markup openCl(String code) {
    return block(code, C, true);
  }

  /** {@return a tensor graph, a kernel program or a plan in colours} */
  static Markup graph(String text) {
    return block(text, GRAPH, false);
  }

  private static Markup block(String text, Pattern pattern, boolean c) {
    Markup out = new Markup().open("pre");
    Matcher matcher = pattern.matcher(text);
    int at = 0;
    while (matcher.find()) {
      out.text(text.substring(at, matcher.start()));
      String kind = kind(matcher, c);
      if (kind.isEmpty()) {
        out.text(matcher.group());
      } else {
        out.element("span", matcher.group(), "class", kind);
      }
      at = matcher.end();
    }
    return out.text(text.substring(at)).close();
  }

  private static String kind(Matcher matcher, boolean c) {
    if (matcher.group("c") != null) {
      return "hc";
    }
    // Generated code is full of numbers: in colours they would double its size.
    if (matcher.group("n") != null) {
      return c ? "" : "hn";
    }
    if (matcher.group("s") != null) {
      return "hn";
    }
    if (!c) {
      return matcher.group("v") != null ? "hv" : matcher.group("t") != null ? "ht" : "hk";
    }
    if (matcher.group("p") != null) {
      return "hv";
    }
    String word = matcher.group("w");
    return C_WORDS.contains(word) ? "hk" : C_TYPE.matcher(word).matches() ? "ht" : "";
  }
}
