package org.nnd.opencl.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;

/** The outputs of one run, read from the device when asked for; valid until the next run. */
public final class Results {
  private final Executable executable;
  private final Layout layout;

  Results(Executable executable, Layout layout) {
    this.executable = executable;
    this.layout = layout;
  }

  /**
   * {@return an output, once it is computed}
   *
   * @throws NndException if the graph has no output of that name
   */
  public Literal get(String name) {
    Node node = executable.graph().outputs().get(name);
    if (node == null) {
      throw new NndException(
          "no output '%s'; there are %s".formatted(name, executable.graph().outputs().keySet()));
    }
    synchronized (executable) {
      return layout.read(node);
    }
  }

  /** {@return all outputs by name} */
  public Map<String, Literal> all() {
    Map<String, Literal> all = new LinkedHashMap<>();
    executable.graph().outputs().keySet().forEach(name -> all.put(name, get(name)));
    return all;
  }
}
