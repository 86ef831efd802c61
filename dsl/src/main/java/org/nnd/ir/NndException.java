package org.nnd.ir;

/**
 * What a user did wrong, or what the machine would not do: the message says what was wrong, where,
 * what was expected and what to do. Shown without a stack trace.
 */
public final class NndException extends RuntimeException {
  public NndException(String message) {
    super(message);
  }

  public NndException(String message, Throwable cause) {
    super(message, cause);
  }
}
