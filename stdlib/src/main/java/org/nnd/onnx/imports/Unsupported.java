package org.nnd.onnx.imports;

/** An operator, or a form of it, that cannot be imported. */
public final class Unsupported extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String operator;

  public Unsupported(String operator, String message) {
    super(message, null, false, false);
    this.operator = operator;
  }

  /**
   * {@return the operator's type, such as {@code Conv}, with its domain if it is not ONNX's own}
   */
  public String operator() {
    return operator;
  }
}
