package org.nnd.opencl.jocl;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.NndException;

/**
 * Compiled kernels on disk, in {@code kernels} below {@link CacheDirectory#root()}: one file per
 * entry, named by its key. A file is a header (magic, key, length, SHA-256 of the content) and the
 * content. Whatever does not agree with its header or its name (damaged, cut short, renamed, not
 * ours) is as good as absent and gets overwritten. Beyond the limit the entries not used for the
 * longest time are deleted. Several threads and processes may use one directory.
 *
 * <p>The cache only ever saves time: where the directory cannot be written, nothing is remembered
 * and nothing fails.
 */
public final class ProgramCache {
  /** An entry: its file's name, size, and when it was written or used last. */
  public record Entry(String name, long bytes, Instant lastUsed) {}

  /** Bytes that the user's cache may take. */
  public static final long LIMIT = 512L << 20;

  private static final byte[] MAGIC = {'N', 'N', 'D', 'k', 'e', 'r', 'n', '1'};
  private static final int DIGEST = 32;
  private static final int HEADER = MAGIC.length + DIGEST + Long.BYTES + DIGEST;
  private static final String PART = ".part-";
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path directory;
  private final long limit;

  ProgramCache(Path directory, long limit) {
    this.directory = directory;
    this.limit = limit;
  }

  /** The user's cache. */
  public static ProgramCache user() {
    return new ProgramCache(CacheDirectory.root().resolve("kernels"), LIMIT);
  }

  public Path directory() {
    return directory;
  }

  /** Every entry, the one used last first. */
  public List<Entry> entries() {
    return scan().stream().sorted(Comparator.comparing(Entry::lastUsed).reversed()).toList();
  }

  /** Bytes of all entries together. */
  public long size() {
    return scan().stream().mapToLong(Entry::bytes).sum();
  }

  /** Deletes every entry and returns how many there were. */
  public int clear() {
    List<Entry> all = scan();
    all.forEach(this::delete);
    return all.size();
  }

  /** The content stored under the name, if it is there and whole; counts as a use. */
  Optional<byte[]> get(String name) {
    Optional<byte[]> content = peek(name);
    if (content.isPresent()) {
      touch(name);
    }
    return content;
  }

  /** Like {@link #get}, but counts as no use. */
  Optional<byte[]> peek(String name) {
    Path file = directory.resolve(name);
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          ? unwrap(name, Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // deleted meanwhile by another process, or not readable
    }
  }

  /** Notes that the entry has been used. */
  private void touch(String name) {
    try {
      Files.setLastModifiedTime(directory.resolve(name), FileTime.from(Instant.now()));
    } catch (IOException e) {
      // Deleted meanwhile by another process, or not ours: only its age is lost.
    }
  }

  /** Stores the content under the name, whatever was there before. */
  void put(String name, byte[] content) {
    try {
      CacheDirectory.create(directory);
      AtomicFiles.write(directory.resolve(name), wrap(name, content));
      evict();
    } catch (IOException | NndException e) {
      System.getLogger(ProgramCache.class.getName())
          .log(System.Logger.Level.DEBUG, "kernel cache entry not written", e);
    }
  }

  /** A name for content that depends on all of the given texts. */
  static String key(String... fields) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      for (String field : fields) {
        byte[] text = field.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length); // so that no two lists of fields run together to the same bytes
        out.write(text);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // memory does not fail so
    }
    return Digest.hex(bytes.toByteArray());
  }

  private static byte[] wrap(String name, byte[] content) {
    return ByteBuffer.allocate(HEADER + content.length)
        .put(MAGIC)
        .put(Digest.of(name.getBytes(StandardCharsets.UTF_8)))
        .putLong(content.length)
        .put(Digest.of(content))
        .put(content)
        .array();
  }

  private static Optional<byte[]> unwrap(String name, byte[] file) {
    if (file.length < HEADER) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(file, HEADER, file.length);
    byte[] header = Arrays.copyOf(wrap(name, content), HEADER);
    return Arrays.equals(header, Arrays.copyOf(file, HEADER))
        ? Optional.of(content)
        : Optional.empty();
  }

  private void evict() throws IOException {
    List<Entry> oldestFirst =
        scan().stream().sorted(Comparator.comparing(Entry::lastUsed)).toList();
    long total = oldestFirst.stream().mapToLong(Entry::bytes).sum();
    // The entry just written goes last, even if it alone exceeds the limit.
    for (Entry entry : oldestFirst) {
      if (total <= limit) {
        return;
      }
      delete(entry);
      total -= entry.bytes();
    }
  }

  private void delete(Entry entry) {
    try {
      Files.deleteIfExists(directory.resolve(entry.name()));
    } catch (IOException e) {
      // It stays and counts; the next eviction tries again.
    }
  }

  /** Regular files; removes what a killed process left half-written. */
  private List<Entry> scan() {
    var found = new ArrayList<Entry>();
    if (!Files.isDirectory(directory)) {
      return found;
    }
    Instant abandoned = Instant.now().minus(ABANDONED);
    try {
      Files.walkFileTree(
          directory,
          EnumSet.noneOf(FileVisitOption.class),
          1,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              String name = file.getFileName().toString();
              Instant modified = attributes.lastModifiedTime().toInstant();
              if (!attributes.isRegularFile()) {
                return FileVisitResult.CONTINUE;
              }
              if (!name.startsWith(PART)) {
                found.add(new Entry(name, attributes.size(), modified));
              } else if (modified.isBefore(abandoned)) {
                Files.deleteIfExists(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // deleted meanwhile by another process
            }
          });
    } catch (IOException e) {
      return found; // what was seen so far
    }
    return found;
  }
}
