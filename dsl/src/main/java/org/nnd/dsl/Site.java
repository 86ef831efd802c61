package org.nnd.dsl;

import java.lang.StackWalker.StackFrame;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a layer was declared, such as {@code glyphs.nnd:12}; empty if unknown. A component of layer
 * records that takes no part in their equality: all sites are equal.
 */
public record Site(String text) {
  public static final Site UNKNOWN = new Site("");

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static volatile Function<StackFrame, Optional<String>> resolver = f -> Optional.empty();

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
