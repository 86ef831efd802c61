package org.nnd.ir;

/**
 * A mistake of the user or a failure outside the program, told in sentences for the user: what was
 * wrong, where, what was expected, what to do. The command line prints the message without a trace.
 */
public final class NndException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NndException(String message) {
    super(message);
  }

  public NndException(String message, Throwable cause) {
    super(message, cause);
  }
}
