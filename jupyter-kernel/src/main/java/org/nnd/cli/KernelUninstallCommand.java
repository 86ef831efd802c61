package org.nnd.cli;

import java.util.concurrent.Callable;
import org.nnd.jupyter.KernelSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nnd kernel uninstall} */
@Command(name = "uninstall", description = "Make Jupyter forget NND's kernel.")
final class KernelUninstallCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private KernelPlace place;

  KernelUninstallCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    KernelSpec spec = place.spec();
    output
        .out()
        .println((spec.uninstall() ? "removed: " : "it was not installed: ") + spec.folder());
    return CommandLine.ExitCode.OK;
  }
}
