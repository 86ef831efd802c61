package org.nnd.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.nnd.ir.NndException;

/** What is said where the system fails to read a file. */
final class FileErrors {
  private FileErrors() {}

  static NndException unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new NndException(file + ": does not exist", e);
    }
    return new NndException(
        "%s: cannot be read: %s: %s".formatted(file, e.getClass().getSimpleName(), e.getMessage()),
        e);
  }
}
