package org.nnd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;

/** Writes maps, lists, strings, numbers and booleans as JSON (RFC 8259). */
final class Json {
  private Json() {}

  /** Writes {@code value} to {@code file}, which is replaced once the text is complete. */
  static void write(Path file, Object value) {
    Path target = file.toAbsolutePath();
    try {
      String name = "." + target.getFileName() + ".part-" + ProcessHandle.current().pid();
      Path part = target.resolveSibling(name);
      try {
        Files.writeString(part, text(value, "\n") + "\n");
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new NndException(file + ": cannot be written (" + e + ")", e);
    }
  }

  private static String text(Object value, String indent) {
    String deeper = indent + "  ";
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> deeper + quoted(e.getKey().toString()) + ": " + text(e.getValue(), deeper))
              .collect(Collectors.joining(",", "{", indent + "}"));
      case List<?> list ->
          list.stream()
              .map(element -> deeper + text(element, deeper))
              .collect(Collectors.joining(",", "[", indent + "]"));
      case Boolean truth -> truth.toString();
      case Number number when Double.isFinite(number.doubleValue()) -> number.toString();
      case Number notANumber -> "null"; // JSON has none
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
