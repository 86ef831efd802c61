package org.nnd.jupyter;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** What cells have beside the language of scripts: IJava's and JJava's way to the kernel. */
public final class NotebookNames {
  private NotebookNames() {}

  /** {@return the kernel, as JJava calls it} */
  public static BaseKernel kernel() {
    return BaseKernel.notebookKernel();
  }

  /** {@return the kernel, as IJava calls it} */
  public static BaseKernel getKernelInstance() {
    return BaseKernel.notebookKernel();
  }

  /** {@return what the magic {@code %name} gives for these arguments} */
  public static <T> T lineMagic(String name, List<String> arguments) throws Exception {
    return kernel().getMagicsRegistry().evalLineMagic(kernel(), name, arguments);
  }

  /** {@return what the magic {@code %%name} gives for these arguments and lines} */
  public static <T> T cellMagic(String name, List<String> arguments, String body) throws Exception {
    return kernel().getMagicsRegistry().evalCellMagic(kernel(), name, arguments, body);
  }
}
