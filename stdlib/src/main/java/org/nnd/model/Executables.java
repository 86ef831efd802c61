package org.nnd.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.runtime.Executable;

/**
 * The graphs compiled for a device, at most so many; the one not used for longest goes. What goes
 * is not closed, it may be running: its memory returns when nothing refers to it any more.
 */
final class Executables {
  private final Device device;
  private final LinkedHashMap<Graph, Executable> compiled;

  Executables(Device device, int most) {
    this.device = device;
    this.compiled =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Graph, Executable> eldest) {
            return size() > most;
          }
        };
  }

  Device device() {
    return device;
  }

  /** {@return the graph, compiled now unless an equal one was} */
  synchronized Executable of(Graph graph) {
    return compiled.computeIfAbsent(
        graph,
        g -> {
          Interruption.check("interrupted before a network was compiled");
          return Executable.compile(device, g);
        });
  }

  /** {@return how many graphs are held} */
  synchronized int size() {
    return compiled.size();
  }
}
