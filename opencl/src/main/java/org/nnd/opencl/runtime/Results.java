package org.nnd.opencl.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.opencl.jocl.Buffer;

/**
 * The outputs of one run, read from the device when asked for. They stay what they are when the
 * executable runs again: what has not been read by then is copied aside on the device, unless these
 * results have been closed.
 */
public final class Results implements AutoCloseable {
  private final Executable executable;
  private final Layout layout;
  private final Map<String, Literal> read = new HashMap<>();

  /** Outputs copied aside, and where each starts; before that, outputs are in the layout. */
  private Buffer aside;

  private final Map<String, Long> offsets = new HashMap<>();

  /** Why nothing more can be read, or null. */
  private String gone;

  Results(Executable executable, Layout layout) {
    this.executable = executable;
    this.layout = layout;
  }

  /**
   * {@return an output, once it is computed}
   *
   * @throws NndException if the graph has no output of that name
   * @throws IllegalStateException if the results or the executable have been closed before the
   *     output was read
   */
  public Literal get(String name) {
    Node node = executable.graph().outputs().get(name);
    if (node == null) {
      throw new NndException(
          "no output '%s'; there are %s".formatted(name, executable.graph().outputs().keySet()));
    }
    synchronized (executable) {
      Literal known = read.get(name);
      if (known == null) {
        known = fetch(name, node);
        read.put(name, known);
        freeWhenAllIsRead(name);
      }
      return known;
    }
  }

  /** {@return all outputs by name} */
  public Map<String, Literal> all() {
    Map<String, Literal> all = new LinkedHashMap<>();
    executable.graph().outputs().keySet().forEach(name -> all.put(name, get(name)));
    return all;
  }

  private Literal fetch(String name, Node node) {
    if (gone != null) {
      throw new IllegalStateException(
          "the output '%s' was not read before the %s closed".formatted(name, gone));
    }
    if (aside == null) {
      return layout.read(node);
    }
    int[] shape = node.shape().at(layout.batch());
    return Transfers.read(aside, offsets.get(name), node.dtype(), shape);
  }

  /** Copies what has not been read to memory of its own, before the arena is used again. */
  void setAside() {
    if (gone != null) {
      return;
    }
    long size = 0;
    Map<String, Node> outputs = executable.graph().outputs();
    for (Map.Entry<String, Node> output : outputs.entrySet()) {
      if (!read.containsKey(output.getKey())) {
        offsets.put(output.getKey(), size);
        size +=
            Math.ceilDiv(bytes(output.getValue()), (long) MemoryPlan.ALIGNMENT)
                * MemoryPlan.ALIGNMENT;
      }
    }
    if (size == 0) {
      return; // What is left has no elements.
    }
    aside = executable.device().allocate(size);
    offsets.forEach(
        (name, offset) -> {
          Place place = layout.place(outputs.get(name));
          place.copyTo(new Place(aside, offset), bytes(outputs.get(name)));
        });
  }

  private void freeWhenAllIsRead(String name) {
    offsets.remove(name);
    if (aside != null && offsets.isEmpty()) {
      aside.close();
    }
  }

  private long bytes(Node node) {
    return node.shape().count().at(layout.batch()) * node.dtype().bytes();
  }

  /** The executable is closed: nothing more can be read that is not read or aside. */
  void discard() {
    gone = "executable was";
  }

  /** What has not been read is not wanted. */
  @Override
  public void close() {
    synchronized (executable) {
      if (gone == null) {
        gone = "results were";
      }
      if (aside != null) {
        aside.close();
      }
    }
  }
}
