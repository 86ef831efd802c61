package org.nnd.jupyter;

import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** JJava's streams, which its extensions may use; what cells print goes through {@link Outlet}. */
final class CellStreams extends JupyterIO {
  CellStreams() {
    super(StandardCharsets.UTF_8);
  }

  /** From now on output belongs to the request of {@code env}. */
  void begin(ShellReplyEnvironment env) {
    setEnv(env);
  }
}
