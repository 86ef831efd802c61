package org.nnd.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnd.ir.NndException;

/**
 * Starts scripts in processes of their own: first with no compiled kernel anywhere, NND's or the
 * driver's, then again. The clock runs from the start of the process, which is a JVM with the
 * options of this one, to the line by which the script says that it has its first result.
 */
public final class Starts {
  /** What a script writes at its first result. */
  private static final String MARK = "first result";

  private final List<String> command;
  private final String main;

  /**
   * @param main the class of the command line, which runs a script
   */
  public Starts(String main) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.removeIf(word -> word.startsWith("-Dnnd.cache.dir=") || word.startsWith("-agentlib"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command = List.copyOf(words);
    this.main = main;
  }

  /** {@return what there is to start, by name} */
  public static List<String> names() {
    return List.of("glyphs, first step of training", "UniRepLKNet-A, first prediction");
  }

  private static String resource(String name) {
    return name.startsWith("glyphs") ? "start/glyphs.nnd" : "start/unireplknet-a.nnd";
  }

  /** {@return what starting a script came to; a script that fails is told, not thrown} */
  public StartResult measure(String name) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("nnd-start");
      Path script = folder.resolve("start.nnd");
      try (InputStream in = Starts.class.getResourceAsStream(resource(name))) {
        Files.write(script, in.readAllBytes());
      }
      StartResult.Run cold = run(script, folder);
      StartResult.Run warm = run(script, folder);
      return new StartResult(name, Optional.of(cold), Optional.of(warm), "");
    } catch (NndException e) {
      return new StartResult(name, Optional.empty(), Optional.empty(), e.getMessage());
    } catch (IOException e) {
      return new StartResult(name, Optional.empty(), Optional.empty(), e.toString());
    } finally {
      delete(folder);
    }
  }

  private StartResult.Run run(Path script, Path folder) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.add("-Dnnd.cache.dir=" + folder.resolve("nnd"));
    words.addAll(List.of(main, "run", script.toString()));
    Path driver = Files.createDirectories(folder.resolve("driver"));
    long before = kernels(driver);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("POCL_CACHE_DIR", driver.toString());
    long start = System.nanoTime();
    Process process = builder.start();
    String last = "it wrote nothing";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(MARK)) {
          double seconds = (System.nanoTime() - start) / 1e9;
          process.waitFor();
          long now = kernels(driver);
          return new StartResult.Run(
              seconds, now == 0 ? Optional.empty() : Optional.of((int) (now - before)));
        }
        last = line.isBlank() ? last : line;
      }
      throw new NndException("the script has ended without a result: " + last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NndException("interrupted", e);
    } finally {
      process.destroy();
    }
  }

  /** PoCL keeps a shared object of every kernel, for the local size that it was compiled for. */
  private static long kernels(Path driver) throws IOException {
    try (Stream<Path> files = Files.walk(driver)) {
      return files.filter(file -> file.toString().endsWith(".so")).count();
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new NndException("%s cannot be deleted: %s".formatted(folder, e), e);
    }
  }
}
