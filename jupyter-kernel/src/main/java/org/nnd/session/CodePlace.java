package org.nnd.session;

import java.util.regex.Pattern;

/** What a place in a text of Java is part of. */
enum CodePlace {
  CODE,
  STRING,
  COMMENT;

  private static final Pattern MAGIC =
      Pattern.compile("[ \\t]*%%?(?!time\\b|explain\\b)\\p{Alpha}");

  /** {@return what the end of {@code code} is part of; an unclosed literal ends with its line} */
  static CodePlace atEndOf(String code) {
    int i = 0;
    while (i < code.length()) {
      if (isPlainMagic(code, i)) {
        i = line(code, i);
      } else if (code.startsWith("//", i) || i == 0 && code.startsWith("#!")) {
        i = line(code, i);
        if (i == code.length() && !code.endsWith("\n")) {
          return COMMENT;
        }
      } else if (code.startsWith("/*", i)) {
        int end = code.indexOf("*/", i + 2);
        if (end < 0) {
          return COMMENT;
        }
        i = end + 2;
      } else if (code.startsWith("\"\"\"", i)) {
        int end = code.indexOf("\"\"\"", i + 3);
        if (end < 0) {
          return STRING;
        }
        i = end + 3;
      } else if (code.charAt(i) == '"' || code.charAt(i) == '\'') {
        int end = literalEnd(code, i);
        if (end == code.length() && code.charAt(i) == '"' && !closed(code, i)) {
          return STRING;
        }
        i = end;
      } else {
        i++;
      }
    }
    return CODE;
  }

  /** Whether a line begins here whose slashes, stars and quotes are those of file names. */
  private static boolean isPlainMagic(String code, int at) {
    return (at == 0 || code.charAt(at - 1) == '\n')
        && MAGIC.matcher(code).region(at, code.length()).lookingAt();
  }

  private static int line(String code, int from) {
    int end = code.indexOf('\n', from);
    return end < 0 ? code.length() : end + 1;
  }

  /** Behind the literal that begins at {@code at}, or where its line ends. */
  private static int literalEnd(String code, int at) {
    int i = at + 1;
    while (i < code.length() && code.charAt(i) != '\n') {
      if (code.charAt(i) == code.charAt(at)) {
        return i + 1;
      }
      i += code.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i, code.length());
  }

  private static boolean closed(String code, int at) {
    int slashes = 0;
    for (int i = code.length() - 2; i > at && code.charAt(i) == '\\'; i--) {
      slashes++;
    }
    return code.length() > at + 1 && code.endsWith("\"") && slashes % 2 == 0;
  }
}
