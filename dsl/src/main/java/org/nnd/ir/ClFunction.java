package org.nnd.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a kernel function in OpenCL C text: what its parameters are, and where its parts
 * stand. Macros are not expanded: what a parameter is must be written out.
 *
 * @param returns offset of its {@code void}
 * @param nameAt offset of its name
 * @param body offset behind the brace that opens its body
 */
public record ClFunction(
    String source, String name, List<Parameter> parameters, int returns, int nameAt, int body) {
  private static final Pattern KERNEL = Pattern.compile("\\b(?:__kernel|kernel)\\b");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern HIDDEN =
      Pattern.compile(
          "//[^\n]*|/\\*.*?(?:\\*/|\\z)|\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*'"
              + "|(?m:^)[ \t]*#(?:\\\\\r?\n|[^\n])*",
          Pattern.DOTALL);

  /**
   * A parameter as it was written.
   *
   * @param type without qualifiers, such as {@code float} or {@code uint}
   * @param space {@code global}, {@code local}, {@code constant}, or empty
   * @param constant whether it is, or points to, {@code const}
   * @param line of the source, from 1
   */
  public record Parameter(
      String name, String type, boolean pointer, String space, boolean constant, int line) {
    /** Prints {@code __global const float* x}. */
    @Override
    public String toString() {
      return (space.isEmpty() ? "" : "__" + space + " ")
          + (constant ? "const " : "")
          + type
          + (pointer ? "* " : " ")
          + name;
    }
  }

  public ClFunction {
    parameters = List.copyOf(parameters);
  }

  /**
   * {@return the kernel function of a name}
   *
   * @throws NndException if there is none, or a parameter is not understood
   */
  public static ClFunction find(String source, String name) {
    String code = HIDDEN.matcher(source).replaceAll(m -> m.group().replaceAll("[^\n]", " "));
    List<String> found = new ArrayList<>();
    Matcher kernel = KERNEL.matcher(code);
    while (kernel.find()) {
      Scan scan = new Scan(source, code, kernel.end());
      scan.attributes();
      int returns = scan.at;
      if (scan.word().equals("void")) {
        scan.attributes();
        int nameAt = scan.at;
        found.add(scan.word());
        if (found.get(found.size() - 1).equals(name)) {
          return scan.rest(name, returns, nameAt);
        }
      }
    }
    throw new NndException(
        found.isEmpty()
            ? "its source has no kernel function; expected '__kernel void %s(…) { … }'"
                .formatted(name)
            : "its source has no kernel function '%s'; it has %s"
                .formatted(name, String.join(", ", found)));
  }

  /** {@return the line of an offset, from 1} */
  public int lineOf(int offset) {
    return (int) source.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
  }

  /** {@return the column of an offset, from 1} */
  public int columnOf(int offset) {
    return offset - source.lastIndexOf('\n', offset - 1);
  }

  /** Reads on from a place; comments, strings and directives are blank in {@code code}. */
  private static final class Scan {
    private final String source;
    private final String code;
    private int at;

    Scan(String source, String code, int at) {
      this.source = source;
      this.code = code;
      this.at = at;
    }

    private void spaces() {
      while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
        at++;
      }
    }

    /** The next word, or nothing where something else stands. */
    String word() {
      spaces();
      Matcher word = WORD.matcher(code).region(at, code.length());
      if (!word.lookingAt()) {
        return "";
      }
      at = word.end();
      return word.group();
    }

    /** Skips {@code __attribute__((…))}. */
    void attributes() {
      spaces();
      while (code.startsWith("__attribute__", at)) {
        at += "__attribute__".length();
        spaces();
        at = closing(at) + 1;
        spaces();
      }
    }

    /** The offset of the parenthesis that closes the one at an offset. */
    private int closing(int open) {
      int depth = 0;
      for (int i = open; i < code.length(); i++) {
        depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
      throw new NndException("a parenthesis of its source is not closed");
    }

    ClFunction rest(String name, int returns, int nameAt) {
      spaces();
      if (at >= code.length() || code.charAt(at) != '(') {
        throw new NndException("expected '(' behind '%s' in its source".formatted(name));
      }
      int close = closing(at);
      List<Parameter> parameters = parameters(at + 1, close);
      at = close + 1;
      attributes();
      if (at >= code.length() || code.charAt(at) != '{') {
        throw new NndException(
            "expected '{' behind the parameters of '%s' in its source".formatted(name));
      }
      return new ClFunction(source, name, parameters, returns, nameAt, at + 1);
    }

    private List<Parameter> parameters(int from, int to) {
      List<Parameter> parameters = new ArrayList<>();
      String text = code.substring(from, to);
      if (text.isBlank() || text.strip().equals("void")) {
        return parameters;
      }
      int start = from;
      for (int i = from; i <= to; i++) {
        if (i == to || code.charAt(i) == ',') {
          parameters.add(parameter(start, code.substring(start, i)));
          start = i + 1;
        }
      }
      return parameters;
    }

    private Parameter parameter(int from, String text) {
      int lead = text.length() - text.stripLeading().length();
      int line = (int) source.substring(0, from + lead).chars().filter(c -> c == '\n').count() + 1;
      if (!text.matches("[\\sA-Za-z0-9_*]+") || text.indexOf('*') != text.lastIndexOf('*')) {
        throw new NndException(
            "its parameter '%s' is not understood; expected such as '__global const float* x' or"
                    .formatted(oneLine(text))
                + " 'int n'");
      }
      List<String> types = new ArrayList<>();
      String space = "";
      boolean constant = false;
      int star = text.indexOf('*');
      Matcher words = WORD.matcher(text);
      while (words.find()) {
        String word = words.group().replaceAll("^__|__$", "");
        switch (word) {
          case "global", "local", "constant" -> space = word;
          case "private", "restrict", "volatile" -> {}
          case "const" -> constant |= star < 0 || words.start() < star;
          default -> types.add(words.group());
        }
      }
      if (types.size() < 2) {
        throw new NndException(
            "its parameter '%s' has no type or no name".formatted(oneLine(text)));
      }
      String name = types.remove(types.size() - 1);
      return new Parameter(name, plain(types), star >= 0, space, constant, line);
    }

    private static String oneLine(String text) {
      return text.strip().replaceAll("\\s+", " ");
    }

    /** One name for the ways to write an integer type. */
    private static String plain(List<String> words) {
      List<String> rest = new ArrayList<>(words);
      boolean unsigned = rest.remove("unsigned");
      rest.remove("signed");
      if (rest.size() > 1) {
        rest.remove("int");
      }
      String type = rest.isEmpty() ? "int" : String.join(" ", rest);
      return unsigned ? "u" + type : type;
    }
  }
}
