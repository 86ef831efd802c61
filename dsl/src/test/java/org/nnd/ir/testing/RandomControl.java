package org.nnd.ir.testing;

import static org.nnd.ir.Operations.results;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.CustomCode;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.testing.Pool.Entry;

/** The random steps that hold graphs. */
final class RandomControl {
  private final Pool pool;
  private final Random random;

  RandomControl(Pool pool) {
    this.pool = pool;
    this.random = pool.random;
  }

  /** carry' = carry ∘ element with ∘ one of + - max min; the sequence of carries is a result. */
  void scan() {
    Entry carry = pool.any(e -> !e.is(DType.BOOL) && e.rank() < 4);
    int length = pool.choose(List.of(0, 1, 2, 3, 5));
    Shape rows = carry.node().shape().prepend(Dim.of(length));
    Entry sequence = pool.like(carry.type().withShape(rows));
    Entry factor = pool.like(carry.type());
    BinaryOp function =
        pool.choose(List.of(BinaryOp.ADD, BinaryOp.SUBTRACT, BinaryOp.MAXIMUM, BinaryOp.MINIMUM));
    TensorType type = carry.type();
    Graph body =
        Operations.trace(
            List.of(type, type, type),
            x -> {
              Node next = Operations.binary(function, x.get(0), x.get(1));
              return List.of(next, Operations.multiply(next, x.get(2)));
            });
    Node scan =
        Node.of(
            new Op.Scan(body, 1, 1, length, random.nextBoolean()),
            carry.node(),
            sequence.node(),
            factor.node());
    double last = carry.bound() + length * sequence.bound();
    pool.add(results(scan).get(0), last, !type.dtype().isFloat());
    pool.add(results(scan).get(1), last * factor.bound(), !type.dtype().isFloat());
  }

  /** Adds x to a sum while a counter is below a limit. */
  void repeat() {
    Entry x = pool.any(e -> !e.is(DType.BOOL));
    int times = random.nextInt(4);
    List<TensorType> state = List.of(TensorType.scalar(DType.I32), x.type(), x.type());
    Graph condition =
        Operations.trace(state, s -> List.of(Operations.compare(Comparison.LT, s.get(0), times)));
    Graph body =
        Operations.trace(
            state,
            s ->
                List.of(Operations.add(s.get(0), 1), Operations.add(s.get(1), s.get(2)), s.get(2)));
    Node loop =
        Node.of(new Op.While(condition, body), Operations.scalar(DType.I32, 0), x.node(), x.node());
    pool.add(results(loop).get(1), (times + 1) * x.bound(), !x.node().dtype().isFloat());
    pool.add(results(loop).get(0), 4, true);
  }

  void cond() {
    Entry x = pool.any(e -> !e.is(DType.BOOL));
    Entry y = pool.like(x.type());
    Entry predicate = pool.like(TensorType.scalar(DType.BOOL));
    List<TensorType> types = List.of(x.type(), x.type());
    Graph then =
        Operations.trace(types, a -> List.of(Operations.subtract(a.get(0), a.get(1)), a.get(0)));
    Graph otherwise =
        Operations.trace(types, a -> List.of(a.get(1), Operations.maximum(a.get(0), a.get(1))));
    Node cond = Node.of(new Op.Cond(then, otherwise), predicate.node(), x.node(), y.node());
    results(cond).forEach(r -> pool.add(r, x.bound() + y.bound(), !x.node().dtype().isFloat()));
  }

  void composite() {
    Entry x = pool.any(e -> !e.is(DType.BOOL));
    Entry y = pool.like(x.type());
    Node node =
        Operations.composite(
            "sum_of_magnitudes",
            Map.of("note", "made at random"),
            List.of(x.node(), y.node()),
            a ->
                Operations.add(
                    Operations.unary(UnaryOp.ABS, a.get(0)),
                    Operations.unary(UnaryOp.ABS, a.get(1))));
    pool.add(node, x.bound() + y.bound(), !x.node().dtype().isFloat());
  }

  void custom() {
    Entry x = pool.any(e -> e.is(DType.F32));
    Entry y = pool.like(x.type());
    List<Node> operands = List.of(x.node(), y.node());
    CustomCode code = SumAndDifference.code(x.type());
    Node node =
        Node.of(
            new Op.Custom(code, Optional.empty(), Optional.of(SumAndDifference.graph(x.type()))),
            operands);
    Operations.results(node).forEach(r -> pool.add(r, x.bound() + y.bound(), false));
  }
}
