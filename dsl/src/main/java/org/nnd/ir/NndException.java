package org.nnd.ir;

/**
 * A mistake of the user or a failure outside the program, told in sentences for the user: what was
 * wrong, where, what was expected, what to do. The command line prints the message without a trace.
 */
public final class NndException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String details;

  public NndException(String message) {
    super(message);
    details = "";
  }

  public NndException(String message, Throwable cause) {
    super(message, cause);
    details = "";
  }

  /** The same error as {@code cause}, with lines that show more of the place. */
  public NndException(NndException cause, String details) {
    super(cause.getMessage(), cause);
    this.details = details;
  }

  /** {@return lines that show more of the place where it happened, if there are any} */
  public String details() {
    return details;
  }
}
