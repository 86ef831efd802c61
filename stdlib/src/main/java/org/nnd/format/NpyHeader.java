package org.nnd.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnd.ir.NndException;

/**
 * The header of a {@code .npy} array: a Python dictionary with exactly the keys {@code descr},
 * {@code fortran_order} and {@code shape} (numpy.lib.format, versions 1 to 3).
 *
 * @param kind NumPy's letter for the kind of elements: b, i, u, f
 * @param size bytes of an element
 */
record NpyHeader(boolean bigEndian, char kind, int size, boolean fortranOrder, int[] shape) {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*['\"](\\w+)['\"]\\s*:\\s*('[^']*'|\"[^\"]*\"|True|False|\\([0-9,\\sL]*\\))\\s*,?");
  private static final Pattern TYPE = Pattern.compile("([<>|=]?)([a-zA-Z?])([0-9]{0,4})");

  static NpyHeader parse(String text) {
    String dictionary = text.strip();
    if (!dictionary.startsWith("{") || !dictionary.endsWith("}")) {
      throw new NndException("the header is no dictionary: " + shortened(dictionary));
    }
    String body = dictionary.substring(1, dictionary.length() - 1);
    String type = null;
    Boolean fortran = null;
    int[] shape = null;
    Matcher entry = ENTRY.matcher(body);
    int at = 0;
    while (entry.find(at) && entry.start() == at) {
      String value = entry.group(2);
      switch (entry.group(1)) {
        case "descr" -> type = unquoted(value);
        case "fortran_order" -> fortran = value.equals("True");
        case "shape" -> shape = shape(value);
        default ->
            throw new NndException("the header has the unknown key '" + entry.group(1) + "'");
      }
      at = entry.end();
    }
    if (!body.substring(at).isBlank()) {
      throw new NndException("the header cannot be read: " + shortened(body.substring(at)));
    }
    if (type == null || fortran == null || shape == null) {
      throw new NndException("the header lacks descr, fortran_order or shape: " + shortened(body));
    }
    return typed(type, fortran, shape);
  }

  private static NpyHeader typed(String descr, boolean fortran, int[] shape) {
    Matcher type = TYPE.matcher(descr);
    if (!type.matches() || "biuf?".indexOf(type.group(2).charAt(0)) < 0) {
      throw new NndException(
          "elements of type '%s' cannot be read; numbers and booleans can".formatted(descr));
    }
    char kind = type.group(2).equals("?") ? 'b' : type.group(2).charAt(0);
    int size = type.group(3).isEmpty() ? 1 : Integer.parseInt(type.group(3));
    boolean known =
        switch (kind) {
          case 'b' -> size == 1;
          case 'f' -> size == 2 || size == 4 || size == 8;
          default -> size == 1 || size == 2 || size == 4 || size == 8;
        };
    if (!known) {
      throw new NndException("elements of type '%s' cannot be read".formatted(descr));
    }
    return new NpyHeader(type.group(1).equals(">"), kind, size, fortran, shape);
  }

  private static int[] shape(String tuple) {
    List<Integer> sizes = new ArrayList<>();
    long count = 1;
    for (String part : tuple.substring(1, tuple.length() - 1).replace("L", "").split(",")) {
      if (!part.isBlank()) {
        sizes.add(size(part.strip()));
        count = Math.min(count * Math.max(1, sizes.get(sizes.size() - 1)), 1L << 40);
      }
    }
    if (count > Integer.MAX_VALUE) {
      throw new NndException("the shape %s has more than 2^31 - 1 elements".formatted(tuple));
    }
    return sizes.stream().mapToInt(i -> i).toArray();
  }

  private static int size(String part) {
    try {
      return Integer.parseInt(part);
    } catch (NumberFormatException e) {
      throw new NndException("the shape has the size " + shortened(part), e);
    }
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1);
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  int count() {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    return count;
  }
}
