package org.nnd.opencl.kernel;

import java.util.List;
import org.nnd.ir.Dim;

/**
 * A kernel program.
 *
 * @param name the function's name in OpenCL C
 * @param comment lines for the reader: operations, the part of the description, shapes, schedule
 * @param arguments arrays in argument order; each becomes a pointer and an offset in elements, and
 *     the batch size {@code N} follows them all
 * @param groups number of work-groups per dimension (the variables {@code group0} …)
 * @param local work-items per group and dimension (the variables {@code local0} …)
 * @param flops floating-point operations that the mathematics needs (not counting waste)
 * @param bytes bytes that must cross the memory bus at least once
 */
public record Kernel(
    String name,
    List<String> comment,
    List<Array> arguments,
    List<GroupCount> groups,
    List<Integer> local,
    List<Stmt> body,
    Dim flops,
    Dim bytes) {

  /** {@code ceil(items / perGroup)}. */
  public record GroupCount(Dim items, int perGroup) {
    public static GroupCount of(long count) {
      return new GroupCount(Dim.of(count), 1);
    }

    public long at(long n) {
      return Math.ceilDiv(items.at(n), (long) perGroup);
    }
  }

  public Kernel {
    comment = List.copyOf(comment);
    arguments = List.copyOf(arguments);
    groups = List.copyOf(groups);
    local = List.copyOf(local);
    body = List.copyOf(body);
  }

  /** {@return the variable that numbers the work-groups of a dimension} */
  public static Index group(int dimension, GroupCount count) {
    Dim extent =
        count.perGroup() == 1
            ? count.items()
            : count.items().isFixed()
                ? Dim.of(Math.ceilDiv(count.items().fixed(), count.perGroup()))
                : count.items();
    return extent.is(1) ? Index.ZERO : Index.of(new Index.Axis("group" + dimension, extent));
  }

  /** {@return the variable that numbers the work-items of a group} */
  public static Index local(int dimension, int size) {
    return size == 1 ? Index.ZERO : Index.of(new Index.Axis("local" + dimension, Dim.of(size)));
  }
}
