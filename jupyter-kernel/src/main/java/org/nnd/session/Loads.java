package org.nnd.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;

/**
 * {@code load("other.nnd");} at the top level of a source evaluates that script in its place, what
 * it declares included; the path is relative to the source that says it. It is a directive, not a
 * method, because what a method declares could not be seen by the next line.
 *
 * @param open the scripts being evaluated, outermost first, as absolute paths
 */
record Loads(List<Path> open) {

  private static final Pattern LOAD =
      Pattern.compile("load\\s*\\(\\s*\"([^\"\\\\]+\\.nnd)\"\\s*\\)\\s*;?");

  /** {@return the path that {@code piece} loads, as written, where it is a load} */
  static Optional<String> target(Piece piece) {
    Matcher load = LOAD.matcher(piece.bare());
    return load.matches() ? Optional.of(load.group(1)) : Optional.empty();
  }

  static Loads of(Source source) {
    return new Loads(List.of()).enter(source);
  }

  /** {@return the script that {@code piece} loads; thrown when it cannot be read or is open} */
  Source read(Piece piece, String target) {
    Path path = piece.source().resolve(target).normalize();
    if (open.contains(identity(path))) {
      String names =
          open.subList(open.indexOf(identity(path)), open.size()).stream()
              .map(p -> p.getFileName() + " -> ")
              .collect(Collectors.joining());
      throw new NndException("these scripts load each other: " + names + path.getFileName());
    }
    return Source.read(path);
  }

  Loads enter(Source source) {
    var deeper = new ArrayList<>(open);
    source.path().map(Loads::identity).ifPresent(deeper::add);
    return new Loads(List.copyOf(deeper));
  }

  private static Path identity(Path path) {
    try {
      return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
