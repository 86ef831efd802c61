package org.nnd.opencl.kernel;

import java.util.Arrays;
import org.nnd.ir.DType;

/**
 * An array that the {@link Interpreter} reads and writes, with a record of who accessed each
 * element since when, so that bad accesses are found.
 */
public final class Memory {
  private static final int NONE = -1;
  private static final int MANY = -2;

  private final String name;
  private final DType dtype;
  private final double[] reals;
  private final long[] integers;
  private final boolean[] written;
  private final Access lastWrite;
  private final Access lastRead;

  /** Who accessed each element last: work-group, work-item, and barriers passed before. */
  private record Access(int[] group, int[] item, int[] epoch) {
    static Access of(int size) {
      Access access = new Access(new int[size], new int[size], new int[size]);
      Arrays.fill(access.group, NONE);
      return access;
    }

    void set(int i, Worker worker, int now) {
      group[i] = worker.group();
      item[i] = worker.item();
      epoch[i] = now;
    }

    /** Whether nothing orders the recorded access before that of {@code worker}. */
    boolean races(int i, Worker worker, int now) {
      if (group[i] == NONE) {
        return false;
      }
      return group[i] != worker.group() || (item[i] != worker.item() && epoch[i] == now);
    }
  }

  /** A work-item. */
  record Worker(int group, int item) {}

  /**
   * @param written whether the elements have values already
   */
  public Memory(String name, DType dtype, int size, boolean written) {
    this.name = name;
    this.dtype = dtype;
    this.reals = dtype.isFloat() ? new double[size] : null;
    this.integers = dtype.isFloat() ? null : new long[size];
    this.written = new boolean[size];
    Arrays.fill(this.written, written);
    this.lastWrite = Access.of(size);
    this.lastRead = Access.of(size);
  }

  public int size() {
    return written.length;
  }

  public DType dtype() {
    return dtype;
  }

  /** {@return element {@code i} as a double} */
  public double get(int i) {
    return reals != null ? reals[i] : integers[i];
  }

  /** {@return element {@code i} of an integer or bool array} */
  public long getInteger(int i) {
    return integers[i];
  }

  public void set(int i, double value) {
    if (reals != null) {
      reals[i] = value;
    } else {
      integers[i] = (long) value;
    }
    written[i] = true;
  }

  public void setInteger(int i, long value) {
    integers[i] = value;
    written[i] = true;
  }

  /** Forgets who accessed what: a kernel has ended. */
  public void settle() {
    Arrays.fill(lastWrite.group, NONE);
    Arrays.fill(lastRead.group, NONE);
  }

  /** Notes a read; throws {@link IllegalStateException} if it is a bad one. */
  void checkRead(long index, Worker worker, int epoch) {
    int i = checkBounds("read", index);
    if (!written[i]) {
      throw new IllegalStateException("%s[%d] is read, but was never written".formatted(name, i));
    }
    if (lastWrite.races(i, worker, epoch)) {
      throw race(i, lastWrite, "written", worker, "read");
    }
    if (lastRead.races(i, worker, epoch)) {
      boolean otherGroup = lastRead.group[i] != worker.group;
      lastRead.group[i] = otherGroup ? MANY : worker.group;
      lastRead.item[i] = MANY;
    } else {
      lastRead.set(i, worker, epoch);
    }
  }

  /** Notes a write; throws {@link IllegalStateException} if it is a bad one. */
  void checkWrite(long index, Worker worker, int epoch) {
    int i = checkBounds("written", index);
    if (lastWrite.races(i, worker, epoch)) {
      throw race(i, lastWrite, "written", worker, "written");
    }
    if (lastRead.races(i, worker, epoch)) {
      throw race(i, lastRead, "read", worker, "written");
    }
    lastWrite.set(i, worker, epoch);
    written[i] = true;
  }

  private int checkBounds(String verb, long index) {
    if (index < 0 || index >= written.length) {
      throw new IllegalStateException(
          "%s[%d] is %s, but %s has %d elements"
              .formatted(name, index, verb, name, written.length));
    }
    return (int) index;
  }

  private IllegalStateException race(
      int i, Access before, String done, Worker worker, String doing) {
    return new IllegalStateException(
        "race: %s[%d] was %s by item %s of group %s and is %s by item %d of group %d"
            .formatted(
                name,
                i,
                done,
                before.item[i] == MANY ? "several" : "" + before.item[i],
                before.group[i] == MANY ? "several" : "" + before.group[i],
                doing,
                worker.item,
                worker.group));
  }
}
