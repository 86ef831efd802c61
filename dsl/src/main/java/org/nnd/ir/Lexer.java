package org.nnd.ir;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a graph into tokens: marks, words and quoted strings; comments vanish. */
final class Lexer {
  private static final String MARKS = "(){}[],=:#%";

  /**
   * @param text of a string without its quotes
   */
  record Token(Kind kind, String text, int line) {
    boolean is(String mark) {
      return kind != Kind.STRING && text.equals(mark);
    }

    /** {@return how to call this token in a message} */
    String described() {
      return kind == Kind.END ? "the end" : "'" + text + "'";
    }
  }

  enum Kind {
    MARK,
    WORD,
    STRING,
    END
  }

  private final String text;
  private int position;
  private int line = 1;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (tokens.get(tokens.size() - 1).kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    skip();
    if (position == text.length()) {
      return new Token(Kind.END, "", line);
    }
    char c = text.charAt(position);
    if (MARKS.indexOf(c) >= 0) {
      position++;
      return new Token(Kind.MARK, String.valueOf(c), line);
    }
    return c == '"' ? string() : word();
  }

  private void skip() {
    while (position < text.length()) {
      if (text.startsWith("//", position)) {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(text.charAt(position))) {
        line += text.charAt(position++) == '\n' ? 1 : 0;
      } else {
        return;
      }
    }
  }

  private Token word() {
    int start = position;
    while (position < text.length()
        && MARKS.indexOf(text.charAt(position)) < 0
        && text.charAt(position) != '"'
        && !Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return new Token(Kind.WORD, text.substring(start, position), line);
  }

  private Token string() {
    StringBuilder value = new StringBuilder();
    for (position++; position < text.length(); position++) {
      char c = text.charAt(position);
      if (c == '"') {
        position++;
        return new Token(Kind.STRING, value.toString(), line);
      } else if (c == '\\' && position + 1 < text.length()) {
        char escaped = text.charAt(++position);
        value.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
      } else {
        value.append(c);
      }
    }
    throw new NndException("line %d: a string without its closing quote".formatted(line));
  }
}
