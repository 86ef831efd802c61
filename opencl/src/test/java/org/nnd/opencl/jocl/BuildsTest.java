package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnd.ir.NndException;

class BuildsTest {
  @TempDir Path temporary;
  private ProgramCache cache;
  private final List<Device> opened = new ArrayList<>();

  @BeforeEach
  void redirectTheCache() {
    System.setProperty("nnd.cache.dir", temporary.toString());
    cache = new ProgramCache(temporary.resolve("kernels"), 64 << 20);
  }

  @AfterEach
  void close() {
    System.clearProperty("nnd.cache.dir");
    opened.forEach(Device::close);
  }

  private Device device(BuildPolicy policy) {
    Device device = Device.open(DeviceQueries.all().get(0), policy, cache);
    opened.add(device);
    return device;
  }

  private List<String> names() {
    return cache.entries().stream().map(ProgramCache.Entry::name).sorted().toList();
  }

  /** A kernel that writes a number. */
  private static Source writes(String name, int number) {
    return Source.of(
        name, "__kernel void %s(__global int* out) { out[0] = %d; }".formatted(name, number));
  }

  private static int run(Device device, Program program, String kernelName) {
    try (Buffer out = device.allocate(4);
        Kernel kernel = program.kernel(kernelName).arg(0, out)) {
      kernel.launch(new long[] {1}, new long[] {1});
      int[] result = new int[1];
      out.read(0, result);
      return result[0];
    }
  }

  private static int run(Device device, Program program) {
    return run(device, program, program.name());
  }

  @ParameterizedTest
  @EnumSource
  void programsComeInTheOrderOfTheSourcesAndAreWhatTheySay(BuildPolicy policy) {
    var sources = new ArrayList<Source>();
    for (int i = 0; i < 7; i++) {
      sources.add(writes("k" + i, i));
    }
    sources.add(sources.get(3));
    sources.add(new Source("otherName", sources.get(4).text(), Source.OPTIONS));
    for (int again = 0; again < 2; again++) {
      Device device = device(policy);
      List<Program> programs = device.buildAll(sources);
      for (int i = 0; i < 7; i++) {
        assertEquals("k" + i, programs.get(i).name());
        assertEquals(i, run(device, programs.get(i)));
      }
      programs.get(3).close();
      assertEquals(3, run(device, programs.get(7)), "an equal source has a program of its own");
      assertEquals("otherName", programs.get(8).name());
      assertEquals(4, run(device, programs.get(8), "k4"));
    }
  }

  @Test
  void sourcesWithDifferentOptionsAreNotMixed() {
    Device device = device(BuildPolicy.JOINED);
    String text = "__kernel void %s(__global int* out) { out[0] = N; }";
    List<Program> programs =
        device.buildAll(
            List.of(
                new Source("a", text.formatted("a"), "-cl-std=CL1.2 -DN=1"),
                new Source("b", text.formatted("b"), "-cl-std=CL1.2 -DN=2"),
                new Source("a", text.formatted("a"), "-cl-std=CL1.2 -DN=3")));
    assertEquals(1, run(device, programs.get(0)));
    assertEquals(2, run(device, programs.get(1)));
    assertEquals(3, run(device, programs.get(2)));
  }

  @Test
  void joinsAreRememberedAndOnlyWhatIsNewIsJoinedAnew() {
    List<Source> first = List.of(writes("a", 1), writes("b", 2), writes("c", 3));
    device(BuildPolicy.JOINED).buildAll(first);
    List<String> remembered = names();
    assertEquals(1, remembered.size());
    device(BuildPolicy.JOINED).buildAll(first.subList(1, 3));
    assertEquals(remembered, names());
    Device device = device(BuildPolicy.JOINED);
    List<Program> programs = device.buildAll(List.of(writes("d", 4), first.get(2), writes("e", 5)));
    assertEquals(2, names().size());
    assertEquals(List.of(4, 3, 5), programs.stream().map(program -> run(device, program)).toList());
  }

  @Test
  void sourcesThatDisagreeAboutANameAreBuiltAlone() {
    String helper =
        "int helper() { return %d; }\n__kernel void %s(__global int* out) { out[0] = helper(); }";
    List<Source> sources =
        List.of(Source.of("a", helper.formatted(1, "a")), Source.of("b", helper.formatted(2, "b")));
    for (int again = 0; again < 2; again++) {
      Device device = device(BuildPolicy.JOINED);
      List<Program> programs = device.buildAll(sources);
      assertEquals(1, run(device, programs.get(0)));
      assertEquals(2, run(device, programs.get(1)));
    }
    assertEquals(2, names().size(), "remembered as not to be joined");
  }

  @Test
  void aDamagedJoinIsForgottenAndMadeAnew() throws Exception {
    List<Source> sources = List.of(writes("a", 1), writes("b", 2));
    device(BuildPolicy.JOINED).buildAll(sources);
    Path file = cache.directory().resolve(names().get(0));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Device device = device(BuildPolicy.JOINED);
    List<Program> programs = device.buildAll(sources);
    assertEquals(2, run(device, programs.get(1)));
    assertTrue(cache.get(file.getFileName().toString()).isPresent(), "rewritten");
  }

  @Test
  void binariesAreKeptAndTaken() {
    Source one = writes("k", 1);
    device(BuildPolicy.BINARIES).build(one);
    device(BuildPolicy.BINARIES).build(writes("k", 2));
    List<String> names = names();
    assertEquals(2, names.size());
    byte[] a = cache.get(names.get(0)).orElseThrow();
    byte[] b = cache.get(names.get(1)).orElseThrow();
    cache.put(names.get(0), b);
    cache.put(names.get(1), a);
    Device device = device(BuildPolicy.BINARIES);
    assertEquals(2, run(device, device.build(one)), "the binary was taken, not the source");
  }

  @Test
  void aBinaryThatTheDriverRefusesIsBuiltFromSourceAndReplaced() {
    Source one = writes("k", 1);
    device(BuildPolicy.BINARIES).build(one);
    String name = names().get(0);
    cache.put(name, "no binary of any driver".getBytes());
    Device device = device(BuildPolicy.BINARIES);
    assertEquals(1, run(device, device.build(one)));
    assertNotEquals("no binary of any driver", new String(cache.get(name).orElseThrow()));
  }

  @Test
  void driversWithACacheOfTheirOwnGetNoneOfOurs() {
    Device device = device(BuildPolicy.PLAIN);
    assertEquals(1, run(device, device.build(writes("k", 1))));
    assertEquals(List.of(), names());
  }

  @ParameterizedTest
  @EnumSource
  void severalThreadsMayBuildAtOnce(BuildPolicy policy) throws Exception {
    Device device = device(policy);
    try (var pool = Executors.newFixedThreadPool(4)) {
      var running = new ArrayList<Future<Integer>>();
      for (int t = 0; t < 4; t++) {
        int thread = t;
        running.add(
            pool.submit(
                () -> {
                  int sum = 0;
                  for (int i = 0; i < 3; i++) {
                    String name = "t" + thread + "_" + i;
                    List<Program> programs =
                        device.buildAll(List.of(writes(name, thread), writes("same" + i, 10)));
                    sum += run(device, programs.get(0)) + run(device, programs.get(1));
                    programs.forEach(Program::close);
                  }
                  return sum;
                }));
      }
      for (int t = 0; t < 4; t++) {
        assertEquals(30 + 3 * t, running.get(t).get());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBuildFailureNamesTheProgramTheErrorsAndTheSavedSource(BuildPolicy policy) throws Exception {
    Device device = device(policy);
    Source wrong =
        Source.of("gemm 8x32", "__kernel void gemm(__global int* out) { out[0] = ink; }");
    NndException e =
        assertThrows(
            NndException.class,
            () -> device.buildAll(List.of(writes("fine", 1), wrong, writes("fine2", 1))));
    String message = e.getMessage();
    assertTrue(
        message.startsWith(
            "the OpenCL driver of "
                + device.info().name()
                + " could not compile gemm 8x32 (CL_BUILD_PROGRAM_FAILURE):\n"),
        message);
    assertTrue(message.contains("undeclared identifier 'ink'"), message);
    String last = message.lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.startsWith("The source was saved to " + temporary.resolve("failed")), message);
    Path saved = Path.of(last.substring("The source was saved to ".length()));
    assertTrue(saved.getFileName().toString().matches("gemm_8x32-[0-9a-f]{12}\\.cl"), message);
    assertEquals("// gemm 8x32\n" + wrong.text(), Files.readString(saved));
    assertEquals(1, run(device, device.build(writes("fine", 1))), "the device still works");
  }

  @Test
  void anInjectedBuildFailureLooksLikeARealOne() {
    Device device = device(BuildPolicy.JOINED);
    Faults.during(
        Faults.Operation.BUILD,
        2,
        -6,
        () -> {
          NndException e =
              assertThrows(
                  NndException.class,
                  () -> device.buildAll(List.of(writes("first", 1), writes("second", 2))));
          assertTrue(
              e.getMessage().contains("could not compile second (CL_OUT_OF_HOST_MEMORY)"),
              e.getMessage());
        });
  }

  @Test
  void aKernelThatIsNotThereIsNamed() {
    Device device = device(BuildPolicy.JOINED);
    Program program = device.build(writes("k", 1));
    NndException e = assertThrows(NndException.class, () -> program.kernel("other"));
    assertEquals("program k has no kernel other: CL_INVALID_KERNEL_NAME", e.getMessage());
    program.close();
    assertThrows(IllegalStateException.class, () -> program.kernel("k"));
  }

  @Test
  void thePolicyFollowsThePlatform() {
    DeviceInfo first = Devices.list().get(0);
    assumeTrue(first.platform().equals("Portable Computing Language"));
    assertEquals(BuildPolicy.JOINED, BuildPolicy.of(first));
  }
}
