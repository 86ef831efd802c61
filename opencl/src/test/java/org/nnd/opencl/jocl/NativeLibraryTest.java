package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jocl.LibUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.NndException;

class NativeLibraryTest {
  private static final String FILE =
      LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName("JOCL_2_0_6"));

  @TempDir Path cache;
  @TempDir Path shared;

  /** Prints the devices, the temporary directory, and every file mapped into the process. */
  static final class Probe {
    public static void main(String[] args) throws IOException {
      try {
        System.out.println("devices " + Devices.list().size());
        try (Device device = Devices.open()) {
          System.out.println("opened " + device);
        }
      } catch (NndException e) {
        System.out.println("message " + e.getMessage());
      }
      System.out.println("tmpdir " + System.getProperty("java.io.tmpdir"));
      Path maps = Path.of("/proc/self/maps");
      if (Files.exists(maps)) {
        Files.readAllLines(maps).forEach(System.out::println);
      }
    }
  }

  private ChildJvm.Outcome probe(Map<String, String> env) throws Exception {
    return ChildJvm.run(
        Probe.class,
        List.of("-Djava.io.tmpdir=" + shared, "-Dnnd.cache.dir=" + cache, "-XX:-UsePerfData"),
        env);
  }

  @Test
  void nothingIsWrittenToOrLoadedFromTheSharedTemporaryDirectory() throws Exception {
    Path planted = Files.writeString(shared.resolve(FILE), "planted by somebody else");
    ChildJvm.Outcome outcome = probe(Map.of());
    assertEquals(0, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("opened 0: "), outcome.output());
    assertTrue(outcome.output().contains("tmpdir " + shared + "\n"), outcome.output());
    assertEquals(
        List.of(),
        outcome
            .output()
            .lines()
            .filter(line -> line.contains(shared.toString()) && !line.startsWith("tmpdir"))
            .toList());
    try (var files = Files.list(shared)) {
      assertEquals(List.of(planted), files.toList());
    }
    assertEquals("planted by somebody else", Files.readString(planted));
    if (Files.exists(Path.of("/proc/self/maps"))) {
      assertTrue(outcome.output().contains(cache.resolve("native").resolve(FILE).toString()));
    }
  }

  @Test
  void aLibraryThatIsNotTheOneInTheJarIsReplaced() throws Exception {
    NativeLibrary.unpack(FILE, cache);
    byte[] genuine = Files.readAllBytes(cache.resolve(FILE));
    byte[] changed = genuine.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(cache.resolve(FILE), changed);
    NativeLibrary.unpack(FILE, cache);
    assertArrayEquals(genuine, Files.readAllBytes(cache.resolve(FILE)));
    try (var files = Files.list(cache)) {
      assertEquals(1, files.count(), "nothing is left beside it");
    }
  }

  @Test
  void aLinkInItsPlaceIsReplacedAndNotFollowed() throws Exception {
    Path elsewhere = Files.writeString(shared.resolve("elsewhere"), "not to be touched");
    Files.createSymbolicLink(cache.resolve(FILE), elsewhere);
    NativeLibrary.unpack(FILE, cache);
    assertFalse(Files.isSymbolicLink(cache.resolve(FILE)));
    assertEquals("not to be touched", Files.readString(elsewhere));
  }

  @Test
  void theDirectoryIsItsOwnersAlone() throws Exception {
    probe(Map.of());
    Path directory = cache.resolve("native");
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
  }

  @Test
  void aMissingLoaderIsExplainedInOneParagraph() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    // What cannot be loaded stands before the system's own in the search path.
    for (String name : List.of("libOpenCL.so.1", "libOpenCL.so")) {
      Files.write(shared.resolve(name), new byte[0]);
    }
    ChildJvm.Outcome outcome = probe(Map.of("LD_LIBRARY_PATH", shared.toString()));
    String message =
        outcome.output().lines().filter(line -> line.startsWith("message ")).findFirst().orElse("");
    assertTrue(
        message.startsWith("message OpenCL is not available on this machine. Install"),
        outcome.output());
    assertTrue(message.contains("apt install ocl-icd-libopencl1 pocl-opencl-icd"), message);
    assertFalse(outcome.output().contains("UnsatisfiedLinkError"), outcome.output());
  }

  @Test
  void aLoaderWithoutDriversIsExplained() throws Exception {
    ChildJvm.Outcome outcome = probe(Map.of("OCL_ICD_VENDORS", shared.toString()));
    assertTrue(outcome.output().contains("devices 0\n"), outcome.output());
    assertTrue(
        outcome
            .output()
            .contains(
                "message no OpenCL device was found: an OpenCL loader is installed, but no driver."
                    + " Install"),
        outcome.output());
  }

  @Test
  void aCacheDirectoryThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(shared.resolve("file"), "in the way");
    NndException e =
        assertThrows(NndException.class, () -> CacheDirectory.create(file.resolve("native")));
    assertTrue(
        e.getMessage().startsWith("cannot create the cache directory " + file.resolve("native")),
        e.getMessage());
    assertTrue(e.getMessage().contains("set NND_CACHE_DIR"), e.getMessage());
  }
}
