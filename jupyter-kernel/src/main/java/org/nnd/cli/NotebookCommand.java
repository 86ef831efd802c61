package org.nnd.cli;

import java.util.concurrent.Callable;
import org.nnd.ir.NndException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nnd notebook [ARGS...]}, which the launcher does, for it ends with Jupyter itself. */
@Command(
    name = "notebook",
    description = "Start Jupyter with NND's kernel in it, installing Jupyter where that may be.")
final class NotebookCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "ARGS",
      description = "Given to Jupyter: a folder, a file, options.")
  private String[] args = {};

  @Override
  public Integer call() {
    throw new NndException("Jupyter is started by the launcher: ./nnd notebook");
  }
}
