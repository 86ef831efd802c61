package org.nnd.opencl.jocl;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Remembers on disk which sources were joined to one program, so that they are joined in the same
 * way again: the driver knows the whole text only.
 */
final class JoinStore {
  /** Joins looked at: bounds what is read at the start of a process. */
  private static final int RECENT = 128;

  private final ProgramCache cache;
  private final String prefix;

  /** Digests of a join's sources by its name, which stands for its content: each is read once. */
  private final Map<String, Set<String>> digests = new ConcurrentHashMap<>();

  JoinStore(ProgramCache cache, String deviceKey) {
    this.cache = cache;
    this.prefix = "joined-" + ProgramCache.key(deviceKey).substring(0, 16) + "-";
  }

  void remember(JoinedSources join) {
    cache.put(prefix + ProgramCache.key(join.whole().text()), join.encode());
  }

  /** The names of the joins used last. */
  List<String> recent() {
    return cache.entries().stream()
        .map(ProgramCache.Entry::name)
        .filter(name -> name.startsWith(prefix))
        .limit(RECENT)
        .toList();
  }

  /** The join that has the most of these sources, if one has any of them. */
  Optional<JoinedSources> best(List<String> names, Collection<Source> sources) {
    Set<String> wanted = sources.stream().map(JoinStore::digest).collect(Collectors.toSet());
    record Candidate(String name, long covered) {}
    return names.stream()
        .map(name -> new Candidate(name, digests(name).stream().filter(wanted::contains).count()))
        .filter(candidate -> candidate.covered() > 0)
        .max(Comparator.comparingLong(Candidate::covered))
        .flatMap(best -> cache.get(best.name()))
        .flatMap(JoinedSources::decode);
  }

  private Set<String> digests(String name) {
    Set<String> known = digests.get(name);
    if (known != null) {
      return known;
    }
    Optional<Set<String>> read =
        cache
            .peek(name)
            .flatMap(JoinedSources::decode)
            .map(
                join -> join.sources().stream().map(JoinStore::digest).collect(Collectors.toSet()));
    read.ifPresent(found -> digests.put(name, found));
    return read.orElse(Set.of());
  }

  private static String digest(Source source) {
    return ProgramCache.key(source.text(), source.options());
  }
}
