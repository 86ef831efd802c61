package org.nnd.draw;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Any value as text. Arrays, lists, sets and maps are written with their elements, however deep
 * they lie in each other; what contains itself is written once. Other values, and collections with
 * a text of their own, are written as they say.
 */
public final class ValueText {
  private static final int MOST_ELEMENTS = 1000;
  private static final int ROOM = 20_000;

  private final StringBuilder text = new StringBuilder();
  private final Deque<Object> within = new ArrayDeque<>();
  private final int most;
  private final int room;

  private ValueText(int most, int room) {
    this.most = most;
    this.room = room;
  }

  /** {@return the text of a value with all its elements, as it is printed} */
  public static String whole(Object value) {
    return of(value, Integer.MAX_VALUE, Integer.MAX_VALUE, List.of());
  }

  /**
   * {@return the text of a value as a result is shown: of many elements the first ones, and how
   * many more there are}
   */
  public static String shown(Object value) {
    return inside(value, List.of());
  }

  /** {@return the same for an element of the collections {@code within}} */
  static String inside(Object value, List<Object> within) {
    return of(value, MOST_ELEMENTS, ROOM, within);
  }

  private static String of(Object value, int most, int room, List<Object> within) {
    var writer = new ValueText(most, room);
    writer.within.addAll(within);
    writer.write(value);
    return writer.text.toString();
  }

  private void write(Object value) {
    boolean array = value != null && value.getClass().isArray();
    if (!array && !(isPlain(value) && (value instanceof Collection || value instanceof Map))) {
      text.append(value);
    } else if (within.stream().anyMatch(outer -> outer == value)) {
      text.append(array ? "[...]" : value instanceof Map ? "(this Map)" : "(this Collection)");
    } else {
      within.push(value);
      switch (value) {
        case Collection<?> list -> all(list.iterator(), list.size(), "[", "]");
        case Map<?, ?> map -> all(map.entrySet().iterator(), map.size(), "{", "}");
        default -> {
          int length = Array.getLength(value);
          all(
              IntStream.range(0, length).mapToObj(i -> Array.get(value, i)).iterator(),
              length,
              "[",
              "]");
        }
      }
      within.pop();
    }
  }

  private void all(Iterator<?> elements, int size, String open, String close) {
    text.append(open);
    for (int i = 0; elements.hasNext(); i++) {
      text.append(i == 0 ? "" : ", ");
      if (i >= most || text.length() > room) {
        text.append(String.format(Locale.ROOT, "… %,d more", size - i));
        break;
      }
      Object element = elements.next();
      if (open.equals("{") && element instanceof Map.Entry<?, ?> entry) {
        write(entry.getKey());
        text.append('=');
        write(entry.getValue());
      } else {
        write(element);
      }
    }
    text.append(close);
  }

  /** Whether the text of a value is what the JDK makes of its elements. */
  private static boolean isPlain(Object value) {
    try {
      return value != null
          && value
              .getClass()
              .getMethod("toString")
              .getDeclaringClass()
              .getName()
              .startsWith("java.util.");
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // every object has it
    }
  }
}
