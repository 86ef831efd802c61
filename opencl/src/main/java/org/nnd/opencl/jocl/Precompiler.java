package org.nnd.opencl.jocl;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jocl.CL;
import org.nnd.ir.NndException;

/**
 * Has work-group functions compiled by several processes at once.
 *
 * <p>PoCL compiles a kernel for its work-group size when it runs first, 50 ms for each, one after
 * the other whatever the number of threads, and keeps the result on disk. So children of this
 * process launch each kernel over the smallest range on memory of their own, full of zeros; this
 * process then finds the results. A child that fails costs nothing but time: what it did not
 * compile is compiled at its first launch, as if it had not been tried.
 */
final class Precompiler {
  /** Below this, starting a child takes longer than it saves. */
  private static final int WORTHWHILE = 12;

  private static final int PER_CHILD = 6;
  private static final int TIMEOUT_SECONDS = 120;

  private final String deviceKey;
  private final BuildPolicy policy;
  private final ProgramCache cache;

  /** The functions known to be compiled, by entry of the cache, each the entry of one program. */
  private final Map<String, Set<String>> ready = new ConcurrentHashMap<>();

  private record Task(WorkGroupFunction function, String entry, Launch launch) {
    int length() {
      return launch.kernel().program().source().text().length();
    }
  }

  Precompiler(String deviceKey, BuildPolicy policy, ProgramCache cache) {
    this.deviceKey = deviceKey;
    this.policy = policy;
    this.cache = cache;
  }

  void prepare(List<Launch> launches) {
    if (policy != BuildPolicy.JOINED) {
      return;
    }
    List<Task> missing = missing(launches);
    int cores = Runtime.getRuntime().availableProcessors();
    Optional<List<String>> command = command();
    if (missing.size() < WORTHWHILE || cores < 2 || command.isEmpty()) {
      return;
    }
    int children = Math.min(cores, missing.size() / PER_CHILD);
    // Long kernels first, so that the children end together.
    missing.sort(Comparator.comparingInt(Task::length).reversed());
    var shares = new ArrayList<List<Task>>();
    for (int c = 0; c < children; c++) {
      shares.add(new ArrayList<>());
    }
    for (int i = 0; i < missing.size(); i++) {
      shares.get(i % children).add(missing.get(i));
    }
    remember(run(command.get(), shares));
  }

  private List<Task> missing(List<Launch> launches) {
    var seen = new HashSet<WorkGroupFunction>();
    var entries = new HashMap<Source, String>(); // digests of long texts, each made once
    var missing = new ArrayList<Task>();
    for (Launch launch : launches) {
      boolean complete =
          launch.kernel().arguments().stream().noneMatch(a -> a instanceof Argument.Unset);
      // What ends and where it writes is certain for generated kernels only.
      boolean generated = launch.kernel().program().source().written().isEmpty();
      boolean empty = Arrays.stream(launch.global()).anyMatch(extent -> extent == 0);
      WorkGroupFunction function = WorkGroupFunction.of(launch);
      if (generated && complete && !empty && seen.add(function)) {
        String entry = entries.computeIfAbsent(function.compiled(), this::entry);
        if (!readyIn(entry).contains(function.label())) {
          missing.add(new Task(function, entry, launch));
        }
      }
    }
    return missing;
  }

  // What has been done before.

  private Set<String> readyIn(String entry) {
    return ready.computeIfAbsent(
        entry,
        e ->
            cache
                .get(e)
                .map(content -> new String(content, StandardCharsets.UTF_8).lines())
                .orElse(Stream.empty())
                .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet)));
  }

  private String entry(Source compiled) {
    return "ready-" + ProgramCache.key(deviceKey, compiled.text(), compiled.options());
  }

  private void remember(List<Task> done) {
    var changed = new LinkedHashSet<String>();
    for (Task task : done) {
      readyIn(task.entry()).add(task.function().label());
      changed.add(task.entry());
    }
    for (String entry : changed) {
      String lines = readyIn(entry).stream().sorted().collect(Collectors.joining("\n"));
      cache.put(entry, lines.getBytes(StandardCharsets.UTF_8));
    }
  }

  // The children.

  /** The command of a child; empty where this process cannot tell how to start one. */
  private static Optional<List<String>> command() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    var classPath = new ArrayList<String>();
    for (Class<?> needed : List.of(Precompiler.class, CL.class, NndException.class)) {
      CodeSource source = needed.getProtectionDomain().getCodeSource();
      if (source == null || !"file".equals(source.getLocation().getProtocol())) {
        return Optional.empty();
      }
      classPath.add(Path.of(URI.create(source.getLocation().toString())).toString());
    }
    if (!Files.isExecutable(java)) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            java.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+SuppressFatalErrorMessage",
            "-XX:-CreateCoredumpOnCrash",
            "-Dnnd.cache.dir=" + CacheDirectory.root(),
            "-cp",
            String.join(File.pathSeparator, classPath),
            PrecompilerChild.class.getName()));
  }

  /** Runs a child for each share; returns what they have compiled. */
  private List<Task> run(List<String> command, List<List<Task>> shares) {
    var running = new LinkedHashMap<Process, List<Task>>();
    var done = new ArrayList<Task>();
    try {
      for (List<Task> share : shares) {
        var builder = new ProcessBuilder(command);
        running.put(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start(), share);
      }
      for (Map.Entry<Process, List<Task>> child : running.entrySet()) {
        send(child.getKey(), child.getValue());
      }
      for (Map.Entry<Process, List<Task>> child : running.entrySet()) {
        if (child.getKey().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          done.addAll(child.getValue().subList(0, finished(child.getKey())));
        }
      }
    } catch (IOException e) {
      log(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.keySet().forEach(Process::destroyForcibly);
    }
    return done;
  }

  private static void log(IOException e) {
    System.getLogger(Precompiler.class.getName())
        .log(System.Logger.Level.DEBUG, "kernels will be compiled as they run", e);
  }

  /** A child writes one byte for each task it has finished. */
  private static int finished(Process child) throws IOException {
    try (InputStream in = child.getInputStream()) {
      int count = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        count += b == PrecompilerChild.DONE ? 1 : 0;
      }
      return count;
    }
  }

  private void send(Process child, List<Task> share) {
    try (OutputStream pipe = child.getOutputStream();
        var out = new DataOutputStream(new BufferedOutputStream(pipe))) {
      PrecompilerChild.request(out, deviceKey, share.stream().map(Task::launch).toList());
    } catch (IOException e) {
      log(e); // it died; the others go on
    }
  }
}
