package org.nnd.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Javadoc as plain text. */
final class Javadoc {
  private static final Pattern INLINE = Pattern.compile("\\{@(\\w+)\\s+([^{}]*)}");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^\\s*@(param|return|throws|see|since)\\b");

  private Javadoc() {}

  /** {@return {@code comment} without its marks, inline tags innermost first} */
  static String plain(String comment) {
    String text = comment;
    for (Matcher inline = INLINE.matcher(text); inline.find(); inline = INLINE.matcher(text)) {
      String inner = inline.group(2).strip();
      String shown =
          switch (inline.group(1)) {
            case "return" -> "Returns " + inner + (inner.endsWith(".") ? "" : ".");
            case "link", "linkplain" -> link(inner);
            default -> inner;
          };
      text = text.substring(0, inline.start()) + shown + text.substring(inline.end());
    }
    return BLOCK
        .matcher(
            text.replaceAll("</?(?:p|ul|ol|pre|table|tr|tbody|thead)>", "\n")
                .replaceAll("<li>", "\n- ")
                .replaceAll("<[^<>\\n]{1,40}>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"))
        .replaceAll("$1:")
        .replaceAll("[ \\t]+\\n", "\n")
        .replaceAll("\\n{3,}", "\n\n")
        .strip();
  }

  /** The label of a link, else the name it leads to. */
  private static String link(String inner) {
    int label =
        inner.startsWith("#")
            ? inner.indexOf(' ')
            : inner.replaceAll("\\([^)]*\\)", "").indexOf(' ');
    String name = label > 0 ? inner.substring(inner.lastIndexOf(' ') + 1) : inner;
    return name.replaceFirst("^#", "").replace('#', '.');
  }
}
