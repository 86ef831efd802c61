package org.nnd.opencl.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** One work-group: its items run one after the other from barrier to barrier. */
final class WorkGroup {
  private final int number;
  private final Map<String, Memory> arguments;
  private final Map<String, Memory> local = new HashMap<>();
  private final List<WorkItem> items = new ArrayList<>();
  private int localEpoch;
  private int globalEpoch;

  /**
   * @param at the group's coordinates
   */
  WorkGroup(Kernel kernel, int number, long[] at, Map<String, Memory> arguments, long n) {
    this.number = number;
    this.arguments = arguments;
    int count = kernel.local().stream().reduce(1, (a, b) -> a * b);
    for (int i = 0; i < count; i++) {
      WorkItem item = new WorkItem(this, i, n);
      int rest = i;
      for (int d = 0; d < kernel.local().size(); d++) {
        item.setPosition("group" + d, at[d]);
        item.setPosition("local" + d, rest % kernel.local().get(d));
        rest /= kernel.local().get(d);
      }
      items.add(item);
    }
  }

  int number() {
    return number;
  }

  int localEpoch() {
    return localEpoch;
  }

  int globalEpoch() {
    return globalEpoch;
  }

  Memory memory(Array array) {
    return array.isArgument() ? arguments.get(array.name()) : local.get(array.name());
  }

  void declare(Array array) {
    local.computeIfAbsent(
        array.name(), name -> new Memory(name, array.dtype(), array.size(), false));
  }

  void run(List<Stmt> statements) {
    int from = 0;
    for (int i = 0; i < statements.size(); i++) {
      if (hasBarrier(statements.get(i))) {
        runAlone(statements.subList(from, i));
        together(statements.get(i));
        from = i + 1;
      }
    }
    runAlone(statements.subList(from, statements.size()));
  }

  private void runAlone(List<Stmt> statements) {
    items.forEach(item -> item.run(statements));
  }

  static boolean hasBarrier(Stmt statement) {
    return switch (statement) {
      case Stmt.Barrier barrier -> true;
      case Stmt.For loop -> loop.body().stream().anyMatch(WorkGroup::hasBarrier);
      case Stmt.If choice ->
          choice.then().stream().anyMatch(WorkGroup::hasBarrier)
              || choice.otherwise().stream().anyMatch(WorkGroup::hasBarrier);
      default -> false;
    };
  }

  /** A statement with barriers inside: all items must take the same way. */
  private void together(Stmt statement) {
    switch (statement) {
      case Stmt.Barrier barrier -> {
        localEpoch++;
        globalEpoch += barrier.global() ? 1 : 0;
      }
      case Stmt.For loop -> {
        long to = uniform(item -> item.position(loop.to()));
        long i = uniform(item -> item.position(loop.from()));
        for (; i + loop.margin() < to; i += loop.step()) {
          for (WorkItem item : items) {
            item.setPosition(loop.name(), i);
          }
          run(loop.body());
        }
      }
      case Stmt.If choice ->
          run(
              uniform(item -> item.holds(choice.condition()) ? 1 : 0) != 0
                  ? choice.then()
                  : choice.otherwise());
      default -> throw new IllegalStateException("no barrier in " + statement);
    }
  }

  private long uniform(ToLongFunction<WorkItem> value) {
    long first = value.applyAsLong(items.get(0));
    for (WorkItem item : items) {
      if (value.applyAsLong(item) != first) {
        throw new IllegalStateException("a barrier that not all work-items of the group reach");
      }
    }
    return first;
  }
}
