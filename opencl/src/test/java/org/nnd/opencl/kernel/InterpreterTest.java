package org.nnd.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;

/** The interpreter finds every kind of bad access, and leaves good kernels alone. */
class InterpreterTest {
  private static final int ITEMS = 4;
  private static final Array X = Array.argument("x", DType.F32, Array.Space.READ_WRITE);
  private static final Index ITEM = Kernel.local(0, ITEMS);

  /** Two groups of four work-items over the eight elements 0, 1, … */
  private static Memory run(Consumer<Body> write) {
    Body body = Body.top();
    write.accept(body);
    Kernel kernel =
        new Kernel(
            "test",
            List.of(),
            List.of(X),
            List.of(Kernel.GroupCount.of(2)),
            List.of(ITEMS),
            body.statements(),
            Dim.ZERO,
            Dim.ZERO);
    Memory memory = new Memory("x", DType.F32, 2 * ITEMS, true);
    for (int i = 0; i < memory.size(); i++) {
      memory.set(i, i);
    }
    Interpreter.run(kernel, List.of(memory), 1);
    return memory;
  }

  private static String failure(Consumer<Body> write) {
    return assertThrows(IllegalStateException.class, () -> run(write)).getMessage();
  }

  private static Index group() {
    return Kernel.group(0, Kernel.GroupCount.of(2));
  }

  private static Index mine() {
    return group().times(ITEMS).plus(ITEM);
  }

  private static Expr load(Array array, Index at) {
    return new Expr.Load(array, at, 1);
  }

  private static Expr one() {
    return new Expr.Real(1, DType.F32);
  }

  @Test
  void anItemMayChangeItsOwnElement() {
    Memory result =
        run(body -> body.store(X, mine(), new Expr.Binary(BinaryOp.ADD, load(X, mine()), one())));
    for (int i = 0; i < result.size(); i++) {
      assertEquals(i + 1, result.get(i));
    }
  }

  @Test
  void accessesOutside() {
    assertEquals(
        "test: in a store to x: x[8] is written, but x has 8 elements",
        failure(body -> body.store(X, mine().plus(1), one())));
    assertEquals(
        "test: x[-1] is read, but x has 8 elements",
        failure(body -> body.let("v", load(X, mine().plus(-1)))));
    assertEquals(
        "test: x[8] is read, but x has 8 elements",
        failure(body -> body.let("v", new Expr.Load(X, mine(), 2))));
  }

  @Test
  void racesBetweenGroups() {
    assertEquals(
        "test: in a store to x: race: x[0] was written by item 0 of group 0 and is written by item"
            + " 0 of group 1",
        failure(
            body ->
                body.when(
                    new Expr.Compare(Comparison.EQ, position(ITEM), position(Index.ZERO)),
                    then -> then.store(X, Index.ZERO, one()))));
  }

  private static Expr position(Index index) {
    return new Expr.Position(index, DType.I64);
  }

  /** Every item reads the next item's element after that has been written. */
  private static void shift(Body body, Consumer<Body> between) {
    body.store(X, mine(), one());
    between.accept(body);
    Index next = ITEM.plus(1).modulo(Dim.of(ITEMS));
    body.let("v", load(X, group().times(ITEMS).plus(next)));
  }

  @Test
  void racesInsideAGroup() {
    assertEquals(
        "test: in a store to x: race: x[1] was read by item 0 of group 0 and is written by item 1"
            + " of group 0",
        failure(body -> shift(body, b -> {})));
    // A barrier for local memory does not order global memory.
    assertEquals(
        "test: race: x[1] was written by item 1 of group 0 and is read by item 0 of group 0",
        failure(body -> shift(body, Body::barrier)));
    run(body -> shift(body, Body::globalBarrier));
  }

  @Test
  void localMemoryIsSharedAfterABarrier() {
    List<String> failures = new ArrayList<>();
    for (boolean wait : new boolean[] {true, false}) {
      try {
        Memory result =
            run(
                body -> {
                  Array local = body.declare(Array.local("part", DType.F32, ITEMS));
                  body.store(local, ITEM, load(X, mine()));
                  if (wait) {
                    body.barrier();
                  }
                  Index other = Index.of(ITEMS - 1L).minus(ITEM);
                  body.store(X, mine(), load(local, other));
                });
        assertEquals(3, result.get(0));
        assertEquals(4, result.get(7));
      } catch (IllegalStateException e) {
        failures.add(e.getMessage());
      }
    }
    assertEquals(1, failures.size(), failures::toString);
  }

  @Test
  void whatWasNotWrittenIsNotRead() {
    assertEquals(
        "test: part_0[2] is read, but was never written",
        failure(
            body -> {
              Array part = body.declare(Array.scratch("part", DType.F32, 4));
              body.store(part, Index.ZERO, one());
              body.let("v", load(part, Index.of(2)));
            }));
  }

  @Test
  void barriersAreForAll() {
    assertEquals(
        "test: a barrier that not all work-items of the group reach",
        failure(body -> body.when(Body.below(ITEM, Index.of(2)), Body::barrier)));
    assertEquals(
        "test: a barrier that not all work-items of the group reach",
        failure(
            body ->
                body.loop(
                    "i", Index.ZERO, ITEM, 1, 1, Dim.of(ITEMS), (block, i) -> block.barrier())));
  }
}
