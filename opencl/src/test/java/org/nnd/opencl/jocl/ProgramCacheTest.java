package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
  private static final byte[] CONTENT = "a binary, as it were".getBytes();

  @TempDir Path temporary;
  private Path directory;
  private ProgramCache cache;

  @BeforeEach
  void open() {
    directory = temporary.resolve("kernels");
    cache = new ProgramCache(directory, 1 << 20);
  }

  @Test
  void whatWasPutIsThereForOthersToo() {
    assertEquals(Optional.empty(), cache.get("one"));
    cache.put("one", CONTENT);
    cache.put("empty", new byte[0]);
    var other = new ProgramCache(directory, 1 << 20);
    assertArrayEquals(CONTENT, other.get("one").orElseThrow());
    assertArrayEquals(new byte[0], other.get("empty").orElseThrow());
    assertEquals(2, other.entries().size());
    assertEquals(other.entries().stream().mapToLong(ProgramCache.Entry::bytes).sum(), other.size());
  }

  @Test
  void oneFlippedBitAnywhereMakesAnEntryAbsent() throws IOException {
    cache.put("one", CONTENT);
    Path file = directory.resolve("one");
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 << (i % 8));
      Files.write(file, damaged);
      assertEquals(Optional.empty(), cache.get("one"), "bit flipped in byte " + i);
    }
    cache.put("one", CONTENT);
    assertArrayEquals(CONTENT, cache.get("one").orElseThrow());
  }

  @Test
  void aCutOrLengthenedEntryIsAbsent() throws IOException {
    cache.put("one", CONTENT);
    Path file = directory.resolve("one");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertEquals(Optional.empty(), cache.get("one"), "cut to " + length);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertEquals(Optional.empty(), cache.get("one"));
  }

  @Test
  void aForeignOrRenamedFileIsAbsentAndOverwritten() throws IOException {
    cache.put("one", CONTENT);
    Files.copy(directory.resolve("one"), directory.resolve("two"));
    assertEquals(Optional.empty(), cache.get("two"));
    Files.writeString(directory.resolve("three"), "something else");
    assertEquals(Optional.empty(), cache.get("three"));
    Files.createDirectory(directory.resolve("four"));
    assertEquals(Optional.empty(), cache.get("four"));
    cache.put("two", new byte[] {2});
    assertArrayEquals(new byte[] {2}, cache.get("two").orElseThrow());
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    cache.put("one", CONTENT);
    Path elsewhere = temporary.resolve("one");
    Files.move(directory.resolve("one"), elsewhere);
    Files.createSymbolicLink(directory.resolve("one"), elsewhere);
    assertEquals(Optional.empty(), cache.get("one"));
  }

  @Test
  void theEntryNotUsedForLongestGoesFirst() throws IOException {
    var small = new ProgramCache(directory, 3500);
    for (String name : List.of("a", "b", "c")) {
      small.put(name, new byte[1000]);
    }
    age("a", 3);
    age("b", 2);
    age("c", 1);
    assertTrue(small.get("a").isPresent(), "which makes it the youngest");
    small.put("d", new byte[1000]);
    assertEquals(
        List.of("a", "c", "d"),
        small.entries().stream().map(ProgramCache.Entry::name).sorted().toList());
    assertTrue(small.size() <= 3500);
  }

  private void age(String name, int hours) throws IOException {
    Files.setLastModifiedTime(
        directory.resolve(name), FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
  }

  @Test
  void clearingRemovesEveryEntry() {
    cache.put("one", CONTENT);
    cache.put("two", CONTENT);
    assertEquals(2, cache.clear());
    assertEquals(0, cache.size());
    assertEquals(List.of(), cache.entries());
    assertEquals(0, cache.clear());
  }

  @Test
  void whatAKilledProcessLeftHalfWrittenIsRemovedInTime() throws IOException {
    cache.put("one", CONTENT);
    Path fresh = Files.write(directory.resolve(".part-1"), new byte[10]);
    Path old = Files.write(directory.resolve(".part-2"), new byte[10]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    assertEquals(1, cache.entries().size());
    assertTrue(Files.exists(fresh), "another process may be writing it");
    assertFalse(Files.exists(old));
  }

  @Test
  void aDirectoryThatCannotBeWrittenOnlyCostsTime() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "in the way");
    var nowhere = new ProgramCache(file.resolve("kernels"), 1 << 20);
    nowhere.put("one", CONTENT);
    assertEquals(Optional.empty(), nowhere.get("one"));
    assertEquals(0, nowhere.size());
  }

  @Test
  void keysDependOnEveryFieldAndOnTheBordersBetweenThem() {
    assertEquals(ProgramCache.key("a", "b"), ProgramCache.key("a", "b"));
    assertNotEquals(ProgramCache.key("a", "b"), ProgramCache.key("b", "a"));
    assertNotEquals(ProgramCache.key("ab", ""), ProgramCache.key("a", "b"));
    assertNotEquals(ProgramCache.key("a", "b"), ProgramCache.key("a", "b", ""));
  }

  /** Writes and reads the same few names again and again; what it reads must be whole. */
  static final class Hammer {
    public static void main(String[] args) {
      hammer(Path.of(args[0]), Integer.parseInt(args[1]));
      System.out.println("whole");
    }

    static int hammer(Path directory, int seed) {
      var cache = new ProgramCache(directory, 40_000);
      var random = new Random(seed);
      int found = 0;
      for (int i = 0; i < 150; i++) {
        int entry = random.nextInt(8);
        if (random.nextBoolean()) {
          byte[] content = new byte[10_000];
          Arrays.fill(content, (byte) entry);
          cache.put("entry" + entry, content);
        } else {
          Optional<byte[]> content = cache.get("entry" + entry);
          if (content.isPresent()) {
            found++;
            for (byte b : content.get()) {
              if (b != entry || content.get().length != 10_000) {
                throw new IllegalStateException("entry " + entry + " is not whole");
              }
            }
          }
        }
      }
      return found;
    }
  }

  @Test
  void threadsMayShareADirectory() throws Exception {
    try (var pool = Executors.newFixedThreadPool(4)) {
      var running = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 4; i++) {
        int seed = i;
        running.add(pool.submit(() -> Hammer.hammer(directory, seed)));
      }
      for (Future<Integer> one : running) {
        assertTrue(one.get() > 0);
      }
    }
    assertTrue(cache.size() <= 45_000, cache.size() + " bytes");
  }

  @Test
  void processesMayShareADirectory() throws Exception {
    Process a = ChildJvm.start(Hammer.class, List.of(), Map.of(), directory.toString(), "1");
    Process b = ChildJvm.start(Hammer.class, List.of(), Map.of(), directory.toString(), "2");
    Hammer.hammer(directory, 3);
    for (Process process : List.of(a, b)) {
      assertEquals(new ChildJvm.Outcome(0, "whole\n"), ChildJvm.await(process));
    }
  }
}
