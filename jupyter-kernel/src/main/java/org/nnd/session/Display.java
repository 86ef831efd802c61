package org.nnd.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.nnd.draw.Picture;

/**
 * Showing values, as scripts and cells do it. The names are those of IJava, so that its notebooks
 * run.
 */
public final class Display {
  private static volatile String last = "";

  private Display() {}

  /** Another snippet begins. */
  static void begin() {
    last = "";
  }

  /**
   * {@return whether {@code value} is what {@link #display} returned last, since {@link #begin}} As
   * the value of a cell it is not shown: what the user wanted to see is there.
   */
  static boolean isName(Object value) {
    return value instanceof String name && name.equals(last);
  }

  /**
   * Shows what {@code value} looks like.
   *
   * @return the name of what is shown now, for {@link #updateDisplay}
   */
  public static String display(Object value) {
    String id = newName(value);
    Screen screen = CurrentScreen.get();
    screen.show(id, screen.picture(value));
    return id;
  }

  /**
   * Shows what {@code value} looks like in the forms {@code types}, such as {@code "text/html"}.
   *
   * @return the name of what is shown now, for {@link #updateDisplay}
   */
  public static String display(Object value, String... types) {
    String id = newName(value);
    CurrentScreen.get().show(id, render(value, types));
    return id;
  }

  /** Shows {@code value} in place of what was shown as {@code id}. */
  public static void updateDisplay(String id, Object value) {
    Screen screen = CurrentScreen.get();
    screen.update(id, screen.picture(value));
  }

  /** Shows {@code value} in the forms {@code types} in place of what was shown as {@code id}. */
  public static void updateDisplay(String id, Object value, String... types) {
    CurrentScreen.get().update(id, render(value, types));
  }

  /** {@return what {@code value} looks like, without showing it} */
  public static Picture render(Object value) {
    return CurrentScreen.get().picture(value);
  }

  /**
   * {@return what {@code value} looks like in those of the forms {@code types} that it has} A text
   * is taken to be in the form asked for: {@code render("<b>x</b>", "text/html")}.
   */
  public static Picture render(Object value, String... types) {
    Picture full = CurrentScreen.get().picture(value);
    SortedMap<String, String> forms = new TreeMap<>(full.forms());
    if (value instanceof CharSequence text) {
      Arrays.stream(types)
          .filter(type -> !type.equals("text/plain"))
          .forEach(type -> forms.put(type, text.toString()));
    }
    forms.keySet().retainAll(Arrays.asList(types));
    return new Picture(full.plain(), forms);
  }

  /** Takes away what the cell has shown. In a terminal what was printed stays. */
  public static void clearOutput() {
    clearOutput(false);
  }

  /**
   * Takes away what the cell has shown.
   *
   * @param wait until there is something new to show, so that nothing flickers
   */
  public static void clearOutput(boolean wait) {
    CurrentScreen.get().clear(wait);
  }

  /** The kind of value, for the names of files, and what keeps displays of all sessions apart. */
  private static String newName(Object value) {
    String kind =
        switch (value) {
          case null -> "null";
          case CharSequence text -> "text";
          default -> value.getClass().getSimpleName().replaceAll("[^\\p{Alnum}]", "");
        };
    String name = kind.isEmpty() ? "value" : kind.toLowerCase(Locale.ROOT);
    last = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    return last;
  }
}
