package org.nnd.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What every script and cell has without saying so: the imports listed in {@code prelude.imports},
 * and the members of this class.
 */
public final class Prelude {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final List<String> IMPORTS = readImports();

  /** The arguments after the script's name on the command line. */
  public static volatile String[] args = {};

  private Prelude() {}

  /** Prints {@code value} and ends the line; an array prints its elements. */
  public static void println(Object value) {
    System.out.println(text(value));
  }

  /** Ends the line. */
  public static void println() {
    System.out.println();
  }

  /** Prints {@code value}; an array prints its elements. */
  public static void print(Object value) {
    System.out.print(text(value));
  }

  /** {@return {@code value} as it is printed: an array by its elements} */
  static String text(Object value) {
    if (value == null || !value.getClass().isArray()) {
      return String.valueOf(value);
    }
    String nested = Arrays.deepToString(new Object[] {value});
    return nested.substring(1, nested.length() - 1);
  }

  /** {@return the import lines, without comments} */
  static List<String> imports() {
    return IMPORTS;
  }

  /** {@return whether {@code code} is an import that is there already} */
  static boolean imports(String code) {
    return IMPORTS.contains(SPACES.matcher(code.strip()).replaceAll(" "));
  }

  private static List<String> readImports() {
    try (InputStream resource = Prelude.class.getResourceAsStream("prelude.imports")) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("prelude.imports", e);
    }
  }
}
