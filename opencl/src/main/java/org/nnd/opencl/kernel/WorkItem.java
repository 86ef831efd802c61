package org.nnd.opencl.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;

/** The state of one work-item: its variables, its private memory, and access to the rest. */
final class WorkItem {
  private final long n;
  private final Memory.Worker worker;
  private final WorkGroup group;
  private final Map<String, Long> positions = new HashMap<>();
  private final Map<String, Object> variables = new HashMap<>();
  private final Map<String, Memory> scratch = new HashMap<>();
  private final Evaluation evaluation = new Evaluation(this);

  WorkItem(WorkGroup group, int number, long n) {
    this.group = group;
    this.worker = new Memory.Worker(group.number(), number);
    this.n = n;
  }

  long position(Index index) {
    return index.evaluate(positions, n);
  }

  void setPosition(String name, long value) {
    positions.put(name, value);
  }

  Object variable(String name) {
    return variables.get(name);
  }

  /** An i64 variable may be used as a position. */
  private void setVariable(Expr.Variable variable, Object value) {
    variables.put(variable.name(), value);
    if (variable.type().equals(VType.scalar(DType.I64))) {
      positions.put(variable.name(), ((long[]) value)[0]);
    }
  }

  private Memory memory(Array array) {
    return array.space() == Array.Space.PRIVATE ? scratch.get(array.name()) : group.memory(array);
  }

  private int epoch(Array array) {
    return array.isArgument() ? group.globalEpoch() : group.localEpoch();
  }

  Object load(Array array, long index, int lanes) {
    if (array.space() == Array.Space.WRITE) {
      throw new IllegalStateException(array.name() + " is read, but was declared for writing");
    }
    Memory memory = memory(array);
    double[] reals = array.dtype().isFloat() ? new double[lanes] : null;
    long[] integers = array.dtype().isFloat() ? null : new long[lanes];
    for (int l = 0; l < lanes; l++) {
      memory.checkRead(index + l, worker, epoch(array));
      if (reals != null) {
        reals[l] = memory.get((int) (index + l));
      } else {
        integers[l] = memory.getInteger((int) (index + l));
      }
    }
    return reals != null ? reals : integers;
  }

  private void store(Stmt.Store store) {
    Array array = store.array();
    if (array.space() == Array.Space.READ) {
      throw new IllegalStateException(array.name() + " is written, but was declared for reading");
    }
    long index = position(store.index());
    Object value = evaluation.value(store.value());
    Memory memory = memory(array);
    int lanes = store.value().type().lanes();
    for (int l = 0; l < lanes; l++) {
      memory.checkWrite(index + l, worker, epoch(array));
      int at = (int) (index + l);
      if (value instanceof double[] x) {
        memory.set(at, Arithmetic.stored(array.dtype(), x[l]));
      } else {
        memory.setInteger(at, Arithmetic.wrap(array.dtype(), ((long[]) value)[l]));
      }
    }
  }

  boolean holds(Expr condition) {
    return evaluation.integers(condition)[0] != 0;
  }

  void run(List<Stmt> statements) {
    statements.forEach(this::run);
  }

  /** Runs a statement without barriers. */
  void run(Stmt statement) {
    switch (statement) {
      case Stmt.Comment comment -> {}
      case Stmt.Let let -> setVariable(let.variable(), evaluation.value(let.value()));
      case Stmt.LetIndex let -> setPosition(let.name(), position(let.value()));
      case Stmt.Assign assign -> setVariable(assign.variable(), evaluation.value(assign.value()));
      case Stmt.Store store -> {
        try {
          store(store);
        } catch (IllegalStateException e) {
          throw new IllegalStateException(
              "in a store to " + store.array().name() + ": " + e.getMessage(), e);
        }
      }
      case Stmt.Prefetch prefetch -> {}
      case Stmt.Declare declare -> declare(declare.array());
      case Stmt.For loop -> {
        long to = position(loop.to());
        for (long i = position(loop.from()); i + loop.margin() < to; i += loop.step()) {
          setPosition(loop.name(), i);
          run(loop.body());
          to = position(loop.to());
        }
      }
      case Stmt.If choice -> run(holds(choice.condition()) ? choice.then() : choice.otherwise());
      case Stmt.Barrier barrier -> throw new IllegalStateException("a barrier in one work-item");
      case Stmt.Source source ->
          throw new IllegalStateException("OpenCL C written by hand runs on devices only");
    }
  }

  private void declare(Array array) {
    if (array.space() == Array.Space.PRIVATE) {
      scratch.put(array.name(), new Memory(array.name(), array.dtype(), array.size(), false));
    } else {
      group.declare(array);
    }
  }
}
