package org.nnd.opencl.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;

/**
 * The values that live between calls (parameters, buffers, optimiser state), by name, in the
 * device's memory. Safe for use by several threads; a value's type and shape stay as first put.
 */
public final class Variables implements AutoCloseable {
  private record Entry(Literal prototype, Buffer buffer) {}

  private final Device device;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

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
    Entry entry = entries.get(name);
    if (entry != null && !entry.prototype.type().equals(value.type())) {
      throw new NndException(
          "%s has type %s and cannot be set to a %s"
              .formatted(name, entry.prototype.type(), value.type()));
    }
    if (entry == null) {
      long bytes = (long) value.count() * value.dtype().bytes();
      entry = new Entry(prototype(value), device.allocate(Math.max(bytes, 4) + Transfers.SLACK));
      entries.put(name, entry);
    }
    Transfers.write(entry.buffer, 0, value);
  }

  /**
   * {@return a copy of a variable's value, after everything submitted so far}
   *
   * @throws NndException if there is no such variable
   */
  public synchronized Literal get(String name) {
    Entry entry = entry(name);
    return Transfers.read(entry.buffer, 0, entry.prototype.dtype(), entry.prototype.shape());
  }

  synchronized Buffer buffer(String name) {
    return entry(name).buffer;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new NndException("there is no variable " + name + "; there are " + entries.keySet());
    }
    return entry;
  }

  /** A literal that keeps type and shape without holding on to the data. */
  private static Literal prototype(Literal value) {
    return value.count() == 0
        ? value
        : new Literal(
            value.dtype(), value.shape(), Literal.zeros(value.dtype(), value.shape()).array());
  }

  @Override
  public synchronized void close() {
    entries.values().forEach(entry -> entry.buffer.close());
    entries.clear();
  }
}
