package org.nnd.ir;

/**
 * An error the user can act on. The message says what was wrong, where, what was expected and what
 * to do; it is shown without a stack trace.
 */
public final class NndException extends RuntimeException {
  public NndException(String message) {
    super(message);
  }

  public NndException(String message, Throwable cause) {
    super(message, cause);
  }
}
