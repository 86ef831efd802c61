package org.nnd.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nnd.ir.NndException;
import org.nnd.jupyter.KernelSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nnd kernel install} */
@Command(name = "install", description = "Make Jupyter know NND's kernel, as 'NND (Java)'.")
final class KernelInstallCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private KernelPlace place;

  KernelInstallCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    Path launcher = Path.of(System.getProperty("nnd.home", "")).toAbsolutePath().resolve("nnd");
    if (!Files.isExecutable(launcher)) {
      throw new NndException(
          launcher + ": there is no launcher, which Jupyter is to start; run 'nnd kernel install'");
    }
    KernelSpec spec = place.spec();
    spec.install(launcher);
    output.out().println("installed: " + spec.folder());
    return CommandLine.ExitCode.OK;
  }
}
