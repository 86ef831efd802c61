package org.nnd.tests.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.bench.Contender;
import org.nnd.bench.Peer;
import org.nnd.bench.Work;
import org.nnd.format.Npz;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * PyTorch of a Python interpreter (Debian's python3-torch, or what the environment variable
 * NND_TORCH_PYTHON names), in a process of its own; and the newer libtorch of DJL where that runs
 * what the former has traced in less time.
 */
public final class PyTorch implements Peer {
  private final Path folder = Folders.temporary("nnd-torch");
  private final Libtorch libtorch = new Libtorch(Folders.make(folder.resolve("libtorch")));
  private int cases;
  private Optional<Child> child = Optional.empty();

  @Override
  public String name() {
    return "PyTorch";
  }

  /** {@return the interpreter that has PyTorch, if there is one} */
  static Optional<String> python() {
    String named = System.getenv("NND_TORCH_PYTHON");
    List<String> tried =
        named == null || named.isEmpty() ? List.of("/usr/bin/python3", "python3") : List.of(named);
    return tried.stream().filter(PyTorch::hasTorch).findFirst();
  }

  private static boolean hasTorch(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import torch, numpy")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Child child(int threads) {
    if (child.isEmpty()) {
      String python =
          python()
              .orElseThrow(
                  () ->
                      new NndException(
                          "no Python with PyTorch and NumPy was found: `apt install python3-torch`,"
                              + " or name one in NND_TORCH_PYTHON"));
      Path harness = folder.resolve("harness.py");
      Folders.write(harness, TorchProgram.resource("harness.py"));
      List<String> command = List.of(python, harness.toString(), Integer.toString(threads));
      child = Optional.of(new Child(command, folder.resolve("errors")));
    }
    return child.get();
  }

  @Override
  public Contender prepare(Work work, int threads) {
    Child asked = child(threads);
    Path files = Folders.make(folder.resolve("case" + cases++));
    TorchCase.write(work, files);
    String mode = asked.ask("load " + files);
    Path results = files.resolve("results.npz");
    asked.ask("results " + results);
    Map<String, Literal> first = Npz.read(results);
    boolean traces = work instanceof Work.Forward && work.forward().updates().isEmpty();
    Optional<Libtorch.Faster> faster = traces ? libtorch(asked, files, threads) : Optional.empty();
    return faster
        .map(f -> new Running(f.child(), asked, "libtorch 2.7, traced", first, files))
        .orElseGet(() -> new Running(asked, asked, mode, first, files));
  }

  private Optional<Libtorch.Faster> libtorch(Child asked, Path files, int threads) {
    asked.ask("export " + files.resolve("program.pt"));
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      least = Math.min(least, Double.parseDouble(asked.ask("run 1")));
    }
    return libtorch.ifFaster(files, threads, least);
  }

  /**
   * A case that is loaded.
   *
   * @param child that runs it
   * @param python that tells what memory it takes there
   */
  private record Running(
      Child child, Child python, String mode, Map<String, Literal> results, Path files)
      implements Contender {
    @Override
    public double seconds(int runs) {
      return Double.parseDouble(child.ask("run " + runs));
    }

    /** OpenMP's threads spin for 300,000 turns. */
    @Override
    public long spinMillis() {
      return 12;
    }

    @Override
    public Optional<Long> peakBytes() {
      return Optional.of(Long.parseLong(python.ask("memory")));
    }

    @Override
    public void close() {
      Folders.delete(files);
    }
  }

  @Override
  public void close() {
    child.ifPresent(Child::close);
    libtorch.close();
    Folders.delete(folder);
  }
}
