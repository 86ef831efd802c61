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
 * NND_TORCH_PYTHON names), in a process of its own.
 */
public final class PyTorch implements Peer {
  private final Path folder = Folders.temporary("nnd-torch");
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
    return new Running(asked, mode, Npz.read(results), files);
  }

  private record Running(Child child, String mode, Map<String, Literal> results, Path files)
      implements Contender {
    @Override
    public double seconds(int runs) {
      return Double.parseDouble(child.ask("run " + runs));
    }

    @Override
    public Optional<Long> peakBytes() {
      return Optional.of(Long.parseLong(child.ask("memory")));
    }

    @Override
    public void close() {
      Folders.delete(files);
    }
  }

  @Override
  public void close() {
    child.ifPresent(Child::close);
    Folders.delete(folder);
  }
}
