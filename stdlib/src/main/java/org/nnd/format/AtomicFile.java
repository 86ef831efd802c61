package org.nnd.format;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.nnd.ir.NndException;

/**
 * Writes a file beside its target and renames it: a reader sees the old file or the new one, never
 * a part, and a process killed at any moment leaves the old one in place. Where the process can
 * still do something, as when it is interrupted from the keyboard, the part beside goes, too.
 */
public final class AtomicFile {
  /** What goes into the file. */
  @FunctionalInterface
  public interface Contents {
    void writeTo(FileChannel channel) throws IOException;
  }

  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::removeUnfinished, "nnd-files"));
  }

  private AtomicFile() {}

  private static void removeUnfinished() {
    for (Path beside : UNFINISHED) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException e) {
        // The process ends; nobody could do anything about it.
      }
    }
  }

  /**
   * Writes {@code contents} to {@code target}, making its folder where it is missing. The bytes are
   * on the disk before the file takes its name.
   *
   * @throws NndException where the file cannot be written; {@code target} is as before then
   */
  public static void write(Path target, Contents contents) {
    Path file = target.toAbsolutePath();
    Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      UNFINISHED.add(beside);
      try {
        try (FileChannel channel =
            FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          contents.writeTo(channel);
          channel.force(true);
        }
        move(beside, file);
      } finally {
        Files.deleteIfExists(beside);
        UNFINISHED.remove(beside);
      }
    } catch (IOException e) {
      throw new NndException("%s: cannot be written: %s".formatted(target, reason(e)), e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The kind of failure and its message: for file system errors the message alone is a path. */
  static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
