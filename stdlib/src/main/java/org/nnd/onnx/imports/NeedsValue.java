package org.nnd.onnx.imports;

import java.util.Set;
import java.util.TreeSet;

/**
 * An operator must know, while the graph is made, a value that depends on inputs. The import is
 * then repeated with these bound to their present values.
 */
public final class NeedsValue extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Set<String> inputs;
  private final String by;

  /**
   * @param inputs names of the graph's inputs; none if it is the batch size that must be known
   * @param by the operator, for messages
   */
  public NeedsValue(Set<String> inputs, String by) {
    super(null, null, false, false);
    this.inputs = new TreeSet<>(inputs);
    this.by = by;
  }

  public Set<String> inputs() {
    return inputs;
  }

  public String by() {
    return by;
  }

  @Override
  public String getMessage() {
    return by + " needs the value of " + (inputs.isEmpty() ? "the batch size" : inputs);
  }
}
