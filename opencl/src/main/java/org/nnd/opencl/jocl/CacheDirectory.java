package org.nnd.opencl.jocl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.nnd.ir.NndException;

/**
 * The directory for what NND can make again: {@code $NND_CACHE_DIR}, else {@code
 * $XDG_CACHE_HOME/nnd}, else {@code ~/.cache/nnd}. The system property {@code nnd.cache.dir} comes
 * before all of them.
 */
public final class CacheDirectory {
  private CacheDirectory() {}

  /** The directory itself; it need not exist yet. */
  public static Path root() {
    String property = System.getProperty("nnd.cache.dir", "");
    if (!property.isBlank()) {
      return Path.of(property).toAbsolutePath();
    }
    String own = environment("NND_CACHE_DIR");
    if (!own.isBlank()) {
      return Path.of(own).toAbsolutePath();
    }
    String xdg = environment("XDG_CACHE_HOME");
    // The XDG specification tells to ignore relative paths.
    return xdg.isBlank() || !Path.of(xdg).isAbsolute()
        ? Path.of(System.getProperty("user.home"), ".cache", "nnd").toAbsolutePath()
        : Path.of(xdg, "nnd");
  }

  /** A directory below {@link #root()}, created if missing, readable by its owner only. */
  public static Path create(String name) {
    return create(root().resolve(name));
  }

  static Path create(Path directory) {
    try {
      if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createDirectories(directory);
      }
      return directory;
    } catch (IOException e) {
      throw new NndException(
          "cannot create the cache directory "
              + directory
              + " ("
              + e
              + "); set NND_CACHE_DIR to a directory that can be written",
          e);
    }
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }
}
