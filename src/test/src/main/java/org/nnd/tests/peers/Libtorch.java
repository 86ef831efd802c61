package org.nnd.tests.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.NndException;

/**
 * The newer PyTorch that DJL brings, on the programs that the older one has traced: whichever of
 * the two is faster counts. It runs in a JVM of its own, so that its libraries and NND's do not
 * meet.
 */
final class Libtorch implements AutoCloseable {
  private static final int TRIES = 5;

  private final Path folder;
  private Optional<Child> child = Optional.empty();
  private boolean absent;

  /**
   * @param folder for what DJL unpacks, half a gigabyte
   */
  Libtorch(Path folder) {
    this.folder = folder;
  }

  /** A traced program that runs faster here. */
  record Faster(Child child, double seconds) {}

  /**
   * {@return this build with a program loaded, if it runs it in less time}
   *
   * @param files with program.pt
   * @param seconds that the other build takes
   */
  Optional<Faster> ifFaster(Path files, int threads, double seconds) {
    if (absent) {
      return Optional.empty();
    }
    try {
      Child asked = child(threads);
      asked.ask("load " + files);
      double least = Double.MAX_VALUE;
      for (int i = 0; i < TRIES; i++) {
        least = Math.min(least, Double.parseDouble(asked.ask("run 1")));
        if (i > 0 && least > 3 * seconds) {
          break;
        }
      }
      return least < seconds ? Optional.of(new Faster(asked, least)) : Optional.empty();
    } catch (NndException e) {
      absent = child.isPresent() && !child.get().running();
      return Optional.empty();
    }
  }

  private Child child(int threads) {
    if (child.isEmpty()) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-Dai.djl.offline=true");
      command.add("-DDJL_CACHE_DIR=" + folder);
      command.add("-DENGINE_CACHE_DIR=" + folder);
      command.add("-Dai.djl.pytorch.num_threads=" + threads);
      command.add("-Dai.djl.pytorch.num_interop_threads=1");
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.add(LibtorchChild.class.getName());
      child = Optional.of(new Child(command, folder.resolveSibling("libtorch-errors")));
    }
    return child.get();
  }

  @Override
  public void close() {
    child.ifPresent(Child::close);
  }
}
