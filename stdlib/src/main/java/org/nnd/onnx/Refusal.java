package org.nnd.onnx;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.nnd.format.WholeFile;
import org.nnd.ir.NndException;

/**
 * Errors of work on a file in one form: the file first, and of bounded length whatever the names in
 * the file are. What a file costs is not known before it is tried, so running out of memory or of
 * stack is an error of the file, too.
 */
final class Refusal {
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_MESSAGE = 2000;

  private Refusal() {}

  /**
   * {@return what the work gives}
   *
   * @throws NndException if it fails in a way that a file can bring about
   */
  static <T> T told(Path file, Supplier<T> work) {
    try {
      return work.get();
    } catch (NndException e) {
      throw named(file, e);
    } catch (OutOfMemoryError e) {
      throw WholeFile.tooLarge(file, e);
    } catch (StackOverflowError e) {
      throw new NndException(
          "%s: its operators depend on each other in too long a chain".formatted(file), e);
    }
  }

  private static NndException named(Path file, NndException e) {
    String message = e.getMessage();
    boolean complete = message.startsWith(file.toString());
    if (complete && message.length() <= LONGEST_MESSAGE) {
      return e;
    }
    return new NndException(
        shortened(complete ? message : file + ": " + message, LONGEST_MESSAGE),
        e.getCause() == null ? e : e.getCause());
  }

  /** {@return a name as errors show it} */
  static String shown(String name) {
    return shortened(name, LONGEST_NAME);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most
        ? text
        : "%s… (%,d characters)".formatted(text.substring(0, most), text.length());
  }
}
