package org.nnd.cli;

import java.util.concurrent.Callable;
import org.nnd.opencl.jocl.ProgramCache;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nnd cache} */
@Command(name = "cache", description = "Show or clear the cache of compiled kernels.")
final class CacheCommand implements Callable<Integer> {
  private final Output output;

  @Option(names = "--clear", description = "Delete what is there; it is compiled again when used.")
  private boolean clear;

  CacheCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    ProgramCache cache = ProgramCache.user();
    if (clear) {
      output.out().println("deleted " + kernels(cache.clear()));
    } else {
      output
          .out()
          .println(
              cache.directory()
                  + ": "
                  + kernels(cache.entries().size())
                  + ", "
                  + Bytes.text(cache.size())
                  + " of at most "
                  + Bytes.text(ProgramCache.LIMIT));
    }
    return CommandLine.ExitCode.OK;
  }

  private static String kernels(int count) {
    return count == 1 ? "1 compiled program" : count + " compiled programs";
  }
}
