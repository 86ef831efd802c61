package org.nnd.dsl;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Where a layer was declared, such as {@code glyphs.nnd:12}; empty if unknown. A component of layer
 * records that takes no part in their equality: all sites are equal.
 */
public record Site(String text) {
  public static final Site UNKNOWN = new Site("");

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static volatile Function<StackFrame, Optional<String>> resolver = f -> Optional.empty();
  private static volatile Function<String, List<String>> texts = file -> List.of();

  /**
   * {@return the line that is declaring a layer now} That is the nearest frame outside layers and
   * {@link Vocabulary} classes; a layer made while another one is lowered is declared where that
   * one was.
   */
  public static Site here() {
    return WALKER.walk(
        frames -> {
          for (StackFrame frame : (Iterable<StackFrame>) frames::iterator) {
            Class<?> type = frame.getDeclaringClass();
            if (type == Lowering.class) {
              return Lowering.current().map(Lowering::site).orElse(UNKNOWN);
            }
            if (!internal(type)) {
              return new Site(resolver.apply(frame).orElseGet(() -> line(frame)));
            }
          }
          return UNKNOWN;
        });
  }

  /**
   * Sets how frames are told to the user where their class file does not know, as in a shell that
   * compiles snippets: empty for the file and line in the class file.
   */
  public static void resolver(Function<StackFrame, Optional<String>> newResolver) {
    resolver = newResolver;
  }

  /**
   * Sets what finds the text of a file or cell by the name that sites call it by: all texts that
   * had the name.
   */
  public static void texts(Function<String, List<String>> newTexts) {
    texts = newTexts;
  }

  /**
   * {@return the lines on which a text stands that was given here, as {@code FILE:FIRST-LAST}; this
   * line where they are not found, for instance as the text was put together}
   */
  Site of(String given) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || given.isBlank()) {
      return this;
    }
    String file = text.substring(0, colon);
    int here = Integer.parseInt(text.substring(colon + 1)) - 1;
    List<String> wanted = given.lines().toList();
    return texts.apply(file).stream()
        .flatMapToInt(whole -> places(wanted, whole.lines().toList(), here))
        .mapToObj(at -> new Site("%s:%d-%d".formatted(file, at + 1, at + wanted.size())))
        .findFirst()
        .orElse(this);
  }

  /** Where some lines stand among others, first those from {@code here} on. */
  private static IntStream places(List<String> wanted, List<String> lines, int here) {
    int most = lines.size() - wanted.size();
    return IntStream.concat(
            IntStream.rangeClosed(here, most), IntStream.range(0, Math.min(here, most + 1)))
        .filter(at -> stands(wanted, lines.subList(at, at + wanted.size())));
  }

  /** Whether lines of a text block, indented there, are those of its value. */
  private static boolean stands(List<String> wanted, List<String> lines) {
    for (int i = 0; i < wanted.size(); i++) {
      String line = lines.get(i).strip();
      String value = wanted.get(i).strip();
      boolean last = i == wanted.size() - 1; // the closing quotes may follow
      boolean same = last ? line.startsWith(value) : line.equals(value);
      if (!same && !(line.indexOf('\\') >= 0 && unescaped(line).equals(value))) {
        return false;
      }
    }
    return true;
  }

  private static String unescaped(String line) {
    try {
      return line.translateEscapes();
    } catch (IllegalArgumentException notOfJava) {
      return line;
    }
  }

  /** {@return {@code "; declared at FILE:LINE"}, or nothing if unknown} */
  public String clause() {
    return text.isEmpty() ? "" : "; declared at " + text;
  }

  private static boolean internal(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
      if (c == Site.class
          || c.getName().startsWith("java.")
          || Layer.class.isAssignableFrom(c)
          || c.isAnnotationPresent(Vocabulary.class)) {
        return true;
      }
    }
    return false;
  }

  private static String line(StackFrame frame) {
    String file = frame.getFileName();
    return file == null ? "" : file + ":" + frame.getLineNumber();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Site;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
