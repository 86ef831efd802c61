package org.nnd.opencl.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;

/**
 * Writes the statements of a block, with fresh variable names. Values named here under a key can be
 * found again by it in this block and the blocks inside.
 */
public final class Body {
  private final List<Stmt> statements = new ArrayList<>();
  private final Map<Object, Expr> known = new HashMap<>();
  private final Map<String, Integer> names;
  private final Body parent;

  private Body(Body parent) {
    this.parent = parent;
    this.names = parent == null ? new HashMap<>() : parent.names;
  }

  public static Body top() {
    return new Body(null);
  }

  public List<Stmt> statements() {
    return statements;
  }

  /** {@return a name not used before in this kernel} */
  public String fresh(String base) {
    int count = names.merge(base, 1, Integer::sum);
    return base + "_" + (count - 1);
  }

  public void comment(String text) {
    statements.add(new Stmt.Comment(text));
  }

  /** {@return a constant that holds the value} */
  public Expr let(String base, Expr value) {
    return define(base, value, false);
  }

  /** {@return the value computed once per block for {@code key}} */
  public Expr once(Object key, String base, java.util.function.Supplier<Expr> value) {
    for (Body body = this; body != null; body = body.parent) {
      Expr found = body.known.get(key);
      if (found != null) {
        return found;
      }
    }
    Expr computed = value.get();
    boolean named = computed instanceof Expr.Variable || computed instanceof Expr.Real;
    Expr result = named ? computed : let(base, computed);
    known.put(key, result);
    return result;
  }

  public Expr.Variable mutable(String base, Expr value) {
    return define(base, value, true);
  }

  private Expr.Variable define(String base, Expr value, boolean mutable) {
    Expr.Variable variable = new Expr.Variable(fresh(base), value.type());
    statements.add(new Stmt.Let(variable, value, mutable));
    return variable;
  }

  /** {@return a position that holds {@code value}, known to be below {@code extent}} */
  public Index letIndex(String base, Index value, Dim extent) {
    return value.isConstant() ? value : axis(base, value, extent);
  }

  /** {@return an axis that starts at {@code value}, even a constant one, for lanes to run along} */
  public Index axis(String base, Index value, Dim extent) {
    String name = fresh(base);
    statements.add(new Stmt.LetIndex(name, value));
    return Index.of(new Index.Axis(name, extent));
  }

  /** {@return a position, computed here and named, of unknown range} */
  public Index named(String base, Index value) {
    String name = fresh(base);
    statements.add(new Stmt.LetIndex(name, value));
    return Index.of(new Index.Value(name));
  }

  /** {@return an integer value, named, as a position} */
  public Index position(String base, Expr value) {
    return position(define(base, new Expr.Convert(DType.I64, value), false));
  }

  /** {@return the present value of an i64 variable as a position} */
  public static Index position(Expr.Variable variable) {
    return Index.of(new Index.Value(variable.name()));
  }

  public void assign(Expr.Variable variable, Expr value) {
    statements.add(new Stmt.Assign(variable, value));
  }

  public void store(Array array, Index index, Expr value) {
    statements.add(new Stmt.Store(array, index, value));
  }

  public void prefetch(Array array, Index index) {
    statements.add(new Stmt.Prefetch(array, index));
  }

  public Array declare(Array array) {
    Array named =
        new Array(fresh(array.name()), array.dtype(), array.space(), array.size(), array.lanes());
    statements.add(new Stmt.Declare(named));
    return named;
  }

  public void barrier() {
    statements.add(new Stmt.Barrier(false));
  }

  /** A barrier that orders the group's writes to global memory as well. */
  public void globalBarrier() {
    statements.add(new Stmt.Barrier(true));
  }

  /** A body of a loop: receives the block and the loop's variable. */
  public interface LoopBody {
    void write(Body block, Index variable);
  }

  /** {@code for (v = 0; v < extent; v++)}; no loop where the extent is 1. */
  public void loop(String base, Dim extent, LoopBody body) {
    if (extent.is(1)) {
      body.write(this, Index.ZERO);
    } else {
      loop(base, Index.ZERO, Index.of(extent), 1, 1, extent, body);
    }
  }

  /**
   * {@code for (v = from; v + lanes <= to; v += step)}, the variable known to be below {@code
   * extent}.
   */
  public void loop(
      String base, Index from, Index to, long step, int lanes, Dim extent, LoopBody body) {
    Body block = new Body(this);
    String name = fresh(base);
    body.write(block, Index.of(new Index.Axis(name, extent)));
    if (!block.statements.isEmpty()) {
      statements.add(new Stmt.For(name, from, to, step, lanes - 1L, false, block.statements));
    }
  }

  public void when(Expr condition, Consumer<Body> then) {
    Body block = new Body(this);
    then.accept(block);
    statements.add(new Stmt.If(condition, block.statements, List.of()));
  }

  public void when(Expr condition, Consumer<Body> then, Consumer<Body> otherwise) {
    Body yes = new Body(this);
    then.accept(yes);
    Body no = new Body(this);
    otherwise.accept(no);
    statements.add(new Stmt.If(condition, yes.statements, no.statements));
  }

  /** {@return the condition {@code index < bound}} */
  public static Expr below(Index index, Index bound) {
    return new Expr.Compare(
        Comparison.LT, new Expr.Position(index, DType.I64), new Expr.Position(bound, DType.I64));
  }

  /** {@return the condition {@code low <= index < high}, or null where it always holds} */
  public static Expr and(Expr x, Expr y) {
    return x == null ? y : y == null ? x : new Expr.Binary(BinaryOp.AND, x, y);
  }
}
