package org.nnd.ir.gradient;

import java.util.List;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;

/** Reverse-mode derivatives as graph nodes. */
public final class Gradient {
  private Gradient() {}

  /**
   * {@return the gradients of a scalar, one for each of {@code wrt} and of its type; zeros where
   * the scalar does not depend on it}
   *
   * @param scalar a floating-point scalar
   * @param wrt floating-point nodes; an input or parameter stands for every node of that operation
   * @throws NndException if a node on the way cannot be differentiated (a while loop)
   */
  public static List<Node> of(Node scalar, List<Node> wrt) {
    if (scalar.rank() != 0 || !scalar.dtype().isFloat()) {
      throw new NndException(
          "gradients are those of a floating-point scalar, not of %s; reduce it first, for instance"
                  .formatted(scalar.type())
              + " by a sum or a mean");
    }
    return pullback(List.of(scalar), List.of(Operations.full(scalar.type(), 1)), wrt);
  }

  /**
   * {@return the vector-Jacobian products: for each of {@code wrt} the sum over {@code results} of
   * the cotangent times the derivative of the result}
   */
  public static List<Node> pullback(List<Node> results, List<Node> cotangents, List<Node> wrt) {
    for (Node variable : wrt) {
      TensorType type = variable.type();
      if (!type.dtype().isFloat()) {
        throw new NndException(
            "there is no gradient with respect to %s of type %s".formatted(variable.op(), type));
      }
    }
    return new Sweep(wrt).pullback(results, cotangents);
  }
}
