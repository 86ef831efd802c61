package org.nnd.ir;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One operation applied to operands. Immutable; two nodes are equal only if they are the same
 * object (a {@link Graph} merges those that compute the same). An operand always has a smaller
 * serial number than its user, so serial order is a topological order.
 */
public final class Node {
  private static final AtomicLong SERIALS = new AtomicLong();

  private final long serial = SERIALS.getAndIncrement();
  private final Op op;
  private final List<Node> operands;
  private final List<TensorType> types;
  private final Origin origin;

  private Node(Op op, List<Node> operands, List<TensorType> types, Origin origin) {
    this.op = op;
    this.operands = operands;
    this.types = types;
    this.origin = origin;
  }

  /**
   * {@return the operation applied to the operands, originating at {@link Origin#current()}}
   *
   * @throws NndException if the operand types do not fit the operation
   */
  public static Node of(Op op, List<Node> operands) {
    List<Node> copy = List.copyOf(operands);
    return new Node(op, copy, TypeRules.infer(op, copy), Origin.current());
  }

  public static Node of(Op op, Node... operands) {
    return of(op, List.of(operands));
  }

  /** {@return this operation on other operands, with this node's origin} */
  public Node withOperands(List<Node> newOperands) {
    return newOperands.equals(operands) ? this : origin.during(() -> of(op, newOperands));
  }

  /** {@return the same operation on the same operands with a new serial number} */
  Node renewed() {
    return new Node(op, operands, types, origin);
  }

  public long serial() {
    return serial;
  }

  public Op op() {
    return op;
  }

  public List<Node> operands() {
    return operands;
  }

  public Node operand(int index) {
    return operands.get(index);
  }

  /** {@return the types of the results; all operations but the control operations have one} */
  public List<TensorType> types() {
    return types;
  }

  /** {@return the type of the only result} */
  public TensorType type() {
    if (types.size() != 1) {
      throw new IllegalStateException("a " + op + " has " + types.size() + " results");
    }
    return types.get(0);
  }

  public Shape shape() {
    return type().shape();
  }

  public DType dtype() {
    return type().dtype();
  }

  public int rank() {
    return shape().rank();
  }

  public Origin origin() {
    return origin;
  }

  @Override
  public String toString() {
    return "#" + serial + " " + op + " : " + types;
  }
}
