package org.nnd.session;

/** White space and comments before a piece of code. */
final class Blanks {
  private Blanks() {}

  /** {@return how many characters of white space and comments {@code code} begins with} */
  static int length(String code) {
    int i = 0;
    while (i < code.length()) {
      if (Character.isWhitespace(code.charAt(i))) {
        i++;
      } else if (code.startsWith("//", i)) {
        i = after(code, "\n", i);
      } else if (code.startsWith("/*", i)) {
        i = after(code, "*/", i + 2);
      } else {
        return i;
      }
    }
    return i;
  }

  /** {@return whether {@code code} is white space and comments, the last of which is not closed} */
  static boolean endOpen(String code) {
    int comment = code.lastIndexOf("/*");
    return comment >= 0
        && length(code) == code.length()
        && length(code.substring(0, comment)) == comment
        && code.indexOf("*/", comment + 2) < 0
        && code.substring(0, comment).lastIndexOf("//")
            <= code.substring(0, comment).lastIndexOf('\n');
  }

  private static int after(String code, String mark, int from) {
    int at = code.indexOf(mark, from);
    return at < 0 ? code.length() : at + mark.length();
  }
}
