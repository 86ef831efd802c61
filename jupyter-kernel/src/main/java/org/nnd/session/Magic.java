package org.nnd.session;

import java.util.List;
import org.nnd.ir.NndException;

/**
 * A command in the manner of notebooks. What it returns is shown; {@code null} where there is
 * nothing to show.
 */
@FunctionalInterface
public interface Magic {
  /** Does it. */
  Object run(Call call) throws Exception;

  /**
   * How a magic was called.
   *
   * @param arguments the words after its name; quotes keep spaces together
   * @param body the lines below a {@code %%name}, empty for a {@code %name}
   */
  record Call(List<String> arguments, String body) {
    /** {@return the only argument} */
    String single(String name, String what) {
      if (arguments.size() != 1) {
        throw new NndException("%" + name + " takes " + what + " and nothing else");
      }
      return arguments.getFirst();
    }
  }
}
