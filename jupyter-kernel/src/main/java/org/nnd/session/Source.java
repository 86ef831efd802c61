package org.nnd.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.nnd.ir.NndException;

/**
 * Text to evaluate, and the name that errors call it by.
 *
 * @param name the file as the user wrote it ({@code models/net.nnd}), or a cell ({@code cell 3});
 *     other files are loaded relative to it
 * @param text the whole text, lines ended by {@code \n} or {@code \r\n}
 * @param script whether it is a script, which may hold what were several cells
 */
public record Source(String name, String text, boolean script) {

  /** A cell, or other text that is one whole. */
  public Source(String name, String text) {
    this(name, text, false);
  }

  /** {@return the script at {@code path}, which must be UTF-8; a byte-order mark is dropped} */
  public static Source read(Path path) {
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
      String text = decoder.decode(ByteBuffer.wrap(Files.readAllBytes(path))).toString();
      return new Source(
          path.toString(), text.startsWith("\uFEFF") ? text.substring(1) : text, true);
    } catch (CharacterCodingException e) {
      throw new NndException(path + ": not a text in UTF-8; a script is saved in UTF-8", e);
    } catch (IOException e) {
      throw new NndException(unreadable(path), e);
    }
  }

  private static String unreadable(Path path) {
    if (Files.isDirectory(path)) {
      return path + ": is a directory; a script is a file";
    }
    return path + (Files.exists(path) ? ": cannot be read" : ": no such file");
  }

  /** {@return the file that the name means, if it can be one} */
  Optional<Path> path() {
    try {
      return Optional.of(Path.of(name));
    } catch (InvalidPathException aCell) {
      return Optional.empty();
    }
  }

  /** {@return the path that {@code other}, written in this text, means} */
  Path resolve(String other) {
    return path().map(path -> path.resolveSibling(other)).orElse(Path.of(other));
  }

  /** {@return the text for the compiler: a shebang line becomes a comment of the same length} */
  String code() {
    return text.startsWith("#!") ? "//" + text.substring(2) : text;
  }

  /** {@return the line that holds {@code offset}, from 1} */
  int lineAt(int offset) {
    int line = 1;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** {@return the column of {@code offset} in its line, from 1} */
  int columnAt(int offset) {
    int at = Math.min(offset, text.length());
    return at - text.lastIndexOf('\n', at - 1);
  }

  /** {@return line {@code line}, from 1, without its end; empty where there is none} */
  String line(int line) {
    return text.lines().skip(line - 1L).findFirst().orElse("");
  }
}
