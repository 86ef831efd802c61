package org.nnd.format;

import java.nio.file.Files;
import java.nio.file.Path;
import org.nnd.ir.NndException;

/** What formats that need all of a file at once refuse alike. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Refuses pipes, devices and folders: opening a pipe may wait for ever, and a device has no end.
   */
  public static void check(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new NndException(path + ": cannot be read: it is a folder, a pipe or a device");
    }
  }

  /** {@return what to throw where the contents turn out to need more memory than there is} */
  public static NndException tooLarge(Path path, OutOfMemoryError e) {
    return new NndException(
        "%s: needs more memory than the %,d MB that Java may use here"
            .formatted(path, Runtime.getRuntime().maxMemory() >> 20),
        e);
  }
}
