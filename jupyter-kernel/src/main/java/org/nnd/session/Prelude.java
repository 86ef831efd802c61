package org.nnd.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.nnd.draw.ValueText;

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

  /** Prints {@code value} and ends the line; arrays print their elements. */
  public static void println(Object value) {
    System.out.println(ValueText.whole(value));
  }

  /** Ends the line. */
  public static void println() {
    System.out.println();
  }

  /** Prints {@code value}; arrays print their elements. */
  public static void print(Object value) {
    System.out.print(ValueText.whole(value));
  }

  /** Prints values in a format of {@link java.util.Formatter}, with a point in numbers. */
  public static void printf(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
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
