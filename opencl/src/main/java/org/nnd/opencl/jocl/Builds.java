package org.nnd.opencl.jocl;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jocl.CLException;
import org.jocl.cl_program;

/** Builds sources in the way that suits the driver, each distinct one once. */
final class Builds {
  /** Sources per program at most: keeps a rebuild after a lost cache, and its memory, bounded. */
  private static final int LARGEST_JOIN = 256;

  private final Device device;
  private final BuildPolicy policy;
  private final ProgramCache cache;

  /** Programs that somebody still holds. */
  private final Map<Text, WeakReference<Program>> live = new ConcurrentHashMap<>();

  private final JoinStore joins;

  /** What the driver sees of a source: two names for one text are one program. */
  private record Text(String text, String options) {
    static Text of(Source source) {
      return new Text(source.text(), source.options());
    }
  }

  Builds(Device device, BuildPolicy policy, ProgramCache cache) {
    this.device = device;
    this.policy = policy;
    this.cache = cache;
    this.joins = new JoinStore(cache, device.key());
  }

  /** Programs in the order of the sources, each to be closed on its own. */
  List<Program> build(List<Source> sources) {
    var built = new LinkedHashMap<Text, Program>();
    var missing = new LinkedHashMap<Text, Source>();
    try {
      for (Source source : sources) {
        strike(source);
        Text text = Text.of(source);
        if (!built.containsKey(text) && !missing.containsKey(text)) {
          shared(source).ifPresentOrElse(p -> built.put(text, p), () -> missing.put(text, source));
        }
      }
      switch (policy) {
        case JOINED -> joined(missing, built);
        case BINARIES, PLAIN, SERIAL -> separate(missing, built);
      }
    } catch (RuntimeException e) {
      built.values().forEach(Program::close);
      throw e;
    }
    live.values().removeIf(reference -> reference.refersTo(null));
    built.forEach((text, program) -> live.put(text, new WeakReference<>(program)));
    var handedOut = new HashSet<Text>();
    return sources.stream()
        .map(
            source -> {
              Text text = Text.of(source);
              Program program = built.get(text);
              return handedOut.add(text) ? program : program.as(source);
            })
        .toList();
  }

  private void strike(Source source) {
    try {
      Faults.strike(Faults.Operation.BUILD);
    } catch (CLException e) {
      throw Compiler.failure(device, source, "", e);
    }
  }

  private Optional<Program> shared(Source source) {
    WeakReference<Program> reference = live.get(Text.of(source));
    Program program = reference == null ? null : reference.get();
    return program == null ? Optional.empty() : program.tryAs(source);
  }

  // One program per source.

  private void separate(Map<Text, Source> sources, Map<Text, Program> built) {
    if (sources.isEmpty()) {
      return;
    }
    int most = policy == BuildPolicy.SERIAL ? 1 : Runtime.getRuntime().availableProcessors();
    int threads = Math.min(sources.size(), most);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      var pending = new LinkedHashMap<Text, CompletableFuture<Program>>();
      sources.forEach(
          (text, source) ->
              pending.put(text, CompletableFuture.supplyAsync(() -> single(source), pool)));
      pending.forEach((text, future) -> built.put(text, result(future)));
    }
  }

  private static Program result(CompletableFuture<Program> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Program single(Source source) {
    if (policy != BuildPolicy.BINARIES) {
      return new Program(device, source, source, Compiler.fromSource(device, source));
    }
    String name = "binary-" + ProgramCache.key(device.key(), source.text(), source.options());
    Optional<cl_program> remembered =
        cache.get(name).flatMap(binary -> Compiler.fromBinary(device, binary, source.options()));
    if (remembered.isPresent()) {
      return new Program(device, source, source, remembered.get());
    }
    cl_program program = Compiler.fromSource(device, source);
    Compiler.binary(program).ifPresent(binary -> cache.put(name, binary));
    return new Program(device, source, source, program);
  }

  // Many sources per program.

  private void joined(Map<Text, Source> missing, Map<Text, Program> built) {
    List<String> known = missing.isEmpty() ? List.of() : joins.recent();
    Optional<JoinedSources> best = joins.best(known, missing.values());
    int left = Integer.MAX_VALUE;
    while (best.isPresent() && missing.size() < left) {
      left = missing.size();
      buildJoin(best.get(), missing, built);
      best = joins.best(known, missing.values());
    }
    var own = missing.values().stream().filter(source -> source.written().isPresent()).toList();
    own.forEach(source -> buildJoin(new JoinedSources(List.of(source)), missing, built));
    for (JoinedSources join : partition(missing.values())) {
      if (!buildJoin(join, missing, built)) {
        join.sources().forEach(source -> joins.remember(new JoinedSources(List.of(source))));
      } else if (join.sources().size() > 1) {
        joins.remember(join); // one alone is found by the driver
      }
    }
  }

  private static List<JoinedSources> partition(Collection<Source> sources) {
    Map<String, List<Source>> byOptions =
        sources.stream()
            .collect(
                Collectors.groupingBy(Source::options, LinkedHashMap::new, Collectors.toList()));
    var joins = new ArrayList<JoinedSources>();
    for (List<Source> same : byOptions.values()) {
      for (int from = 0; from < same.size(); from += LARGEST_JOIN) {
        int to = Math.min(from + LARGEST_JOIN, same.size());
        joins.add(new JoinedSources(same.subList(from, to)));
      }
    }
    return joins;
  }

  /**
   * Builds the join and moves what it has of the missing sources to the built ones. Where the whole
   * does not build, each missing source is built alone: that finds the guilty one, and two that
   * only disagree about a name both succeed.
   *
   * @return whether the whole was built
   */
  private boolean buildJoin(
      JoinedSources join, Map<Text, Source> missing, Map<Text, Program> built) {
    Optional<Program> whole =
        join.sources().size() == 1
            ? Optional.empty()
            : Compiler.tryFromSource(device, join.whole())
                .map(program -> new Program(device, join.whole(), join.whole(), program));
    for (Text text : join.sources().stream().map(Text::of).toList()) {
      Source source = missing.get(text);
      if (source != null) {
        built.put(
            text,
            whole
                .map(program -> program.as(source))
                .orElseGet(
                    () ->
                        new Program(device, source, source, Compiler.fromSource(device, source))));
        missing.remove(text);
      }
    }
    whole.ifPresent(Program::close);
    return whole.isPresent() || join.sources().size() == 1;
  }
}
