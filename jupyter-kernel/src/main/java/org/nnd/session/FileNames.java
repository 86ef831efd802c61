package org.nnd.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Names of files, as they are completed. */
final class FileNames {
  private static final int MOST = 500;

  private FileNames() {}

  /**
   * {@return the paths that begin with {@code prefix}, folders with a slash at their ends} Hidden
   * files are among them where the prefix has their dot.
   */
  static List<String> startingWith(String prefix) {
    int slash = prefix.lastIndexOf('/') + 1;
    String name = prefix.substring(slash);
    try (Stream<Path> files = Files.list(Path.of(prefix.substring(0, slash)))) {
      return files
          .filter(file -> matches(file.getFileName().toString(), name))
          .map(file -> prefix.substring(0, slash) + file.getFileName() + end(file))
          .sorted()
          .limit(MOST)
          .toList();
    } catch (IOException | InvalidPathException e) {
      return List.of(); // there is no such folder
    }
  }

  private static boolean matches(String file, String prefix) {
    return file.startsWith(prefix) && (prefix.startsWith(".") || !file.startsWith("."));
  }

  private static String end(Path file) {
    return Files.isDirectory(file) ? "/" : "";
  }
}
