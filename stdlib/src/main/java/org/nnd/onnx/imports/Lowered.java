package org.nnd.onnx.imports;

import java.util.List;

/** The meaning of an operator in the tensor graph. */
@FunctionalInterface
public interface Lowered {
  /**
   * {@return the results in the operator's order; there may be more than the node names}
   *
   * @throws NeedsValue if the operator must know a value that depends on inputs
   * @throws Unsupported if this form of the operator has no meaning here
   * @throws org.nnd.ir.NndException if the operator's inputs or attributes are wrong
   */
  List<Value> lower(NodeScope scope);
}
