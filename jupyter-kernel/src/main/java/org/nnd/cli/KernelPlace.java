package org.nnd.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.nnd.jupyter.KernelSpec;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where Jupyter is to find the kernel. */
final class KernelPlace {
  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Choice choice = new Choice();

  private static final class Choice {
    @Option(names = "--user", description = "For yourself alone. This is the default.")
    private boolean user;

    @Option(
        names = "--prefix",
        paramLabel = "FOLDER",
        description = "For all users of the Jupyter in this folder, such as /usr/local or a venv.")
    private Optional<Path> prefix = Optional.empty();
  }

  KernelSpec spec() {
    return choice
        .prefix
        .map(KernelSpec::ofPrefix)
        .orElseGet(() -> KernelSpec.ofUser(System.getenv()));
  }
}
