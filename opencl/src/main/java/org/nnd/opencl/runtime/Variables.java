package org.nnd.opencl.runtime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;

/**
 * The values that live between calls (parameters, buffers, optimiser state), by name, in the
 * device's memory. Safe for use by several threads; a value's type and shape stay as first put.
 */
public final class Variables implements AutoCloseable {
  private record Entry(DType dtype, int[] shape, Buffer buffer) {
    boolean holds(DType otherType, int[] otherShape) {
      return dtype == otherType && Arrays.equals(shape, otherShape);
    }

    String type() {
      return dtype + Arrays.toString(shape);
    }
  }

  private final Device device;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long state;
  private boolean closed;

  public Variables(Device device) {
    this.device = device;
  }

  public Device device() {
    return device;
  }

  public synchronized Set<String> names() {
    return Set.copyOf(entries.keySet());
  }

  public synchronized boolean contains(String name) {
    return entries.containsKey(name);
  }

  /**
   * Sets a value, making the variable if it is new.
   *
   * @throws NndException if the variable exists with another type or shape
   */
  public synchronized void put(String name, Literal value) {
    checkOpen();
    changed();
    Entry entry = entries.get(name);
    if (entry == null) {
      entries.put(name, entry(name, value));
      return;
    }
    if (!entry.holds(value.dtype(), value.shape())) {
      throw new NndException(
          "the variable '%s' is %s and cannot be set to %s%s"
              .formatted(name, entry.type(), value.dtype(), Arrays.toString(value.shape())));
    }
    Transfers.write(entry.buffer, 0, value);
  }

  private Entry entry(String name, Literal value) {
    long bytes = (long) value.count() * value.dtype().bytes();
    Entry entry;
    try {
      Buffer buffer = device.allocate(Math.max(bytes, 4) + Transfers.SLACK);
      entry = new Entry(value.dtype(), value.shape().clone(), buffer);
    } catch (NndException e) {
      throw new NndException("the variable '%s': %s".formatted(name, e.getMessage()), e);
    }
    try {
      Transfers.write(entry.buffer, 0, value);
      return entry;
    } catch (RuntimeException e) {
      entry.buffer.close();
      throw e;
    }
  }

  /**
   * {@return a copy of a variable's value, after everything submitted so far}
   *
   * @throws NndException if there is no such variable
   */
  public synchronized Literal get(String name) {
    Entry entry = entry(name);
    return Transfers.read(entry.buffer, 0, entry.dtype, entry.shape.clone());
  }

  /**
   * Checks that the variable is there and is what a graph expects.
   *
   * @throws NndException if not
   */
  synchronized void check(String name, TensorType expected, long batch) {
    Entry entry = entry(name);
    if (!entry.holds(expected.dtype(), expected.shape().at(batch))) {
      throw new NndException(
          "the variable '%s' is %s, the graph expects %s%s"
              .formatted(
                  name,
                  entry.type(),
                  expected,
                  expected.shape().isFixed() ? "" : " with N = " + batch));
    }
  }

  /** {@return a number that is another one after each change} */
  synchronized long state() {
    return state;
  }

  /** To be called whenever values have been, or will be, changed. */
  synchronized void changed() {
    state++;
  }

  synchronized Buffer buffer(String name) {
    return entry(name).buffer;
  }

  private Entry entry(String name) {
    checkOpen();
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new NndException(
          "there is no variable '%s'; there are %s".formatted(name, entries.keySet()));
    }
    return entry;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the variables have been closed");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    entries.values().forEach(entry -> entry.buffer.close());
    entries.clear();
  }
}
