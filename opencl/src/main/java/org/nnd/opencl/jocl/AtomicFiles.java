package org.nnd.opencl.jocl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that other processes see whole or not at all. */
final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes beside {@code target}, readable by the owner only, and renames over it. */
  static void write(Path target, byte[] content) throws IOException {
    Path part = Files.createTempFile(target.getParent(), ".part-", "");
    try {
      Files.write(part, content);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
