package org.nnd.tests.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher does about OpenCL; apt and dpkg are scripts that note what they are asked. */
class ProvisionTest {
  /** Lists two packages as missing and one as installed in another version, and downloads. */
  private static final String APT =
      """
      #!/bin/sh
      echo "apt-get $*" >>'%1$s/events'
      case " $* " in
          *' -s '*)
              echo 'Inst libc6 [2.36-9] (2.36-10 Debian:12 [amd64])'
              echo 'Inst libpocl2 (3.1-3 Debian:12 [amd64])'
              echo 'Inst ocl-icd-libopencl1 (2.3.1-1 Debian:12 [amd64])' ;;
          *' download '*) touch libpocl2.deb ocl-icd-libopencl1.deb ;;
          *' install '*) touch '%1$s/vendors/pocl.icd' ;;
      esac
      """;

  private static final String DPKG =
      """
      #!/bin/sh
      case $2 in
          */libpocl2.deb) file=libpocl.so.2.10.0 ;;
          *) file=libOpenCL.so.1; [ ! -e '%1$s/broken-package' ] || exit 2 ;;
      esac
      mkdir -p "$3/usr/lib/x86_64-linux-gnu"
      echo library >"$3/usr/lib/x86_64-linux-gnu/$file"
      """;

  private static final String LDCONFIG =
      """
      #!/bin/sh
      for library in libc.so.6 libm.so.6 libgcc_s.so.1; do
          printf '\\t%s (libc6,x86-64) => /lib/%s\\n' $library $library
      done
      [ ! -e '%2$s/vendors/pocl.icd' ] ||
          printf '\\tlibOpenCL.so.1 (libc6,x86-64) => /lib/libOpenCL.so.1\\n'
      """;

  @TempDir Path temporary;
  private Machine machine;
  private Path packages;
  private Path jdk;

  @BeforeEach
  void machineWithoutOpenCl() throws Exception {
    machine = new Machine(temporary);
    jdk = machine.jdk("jvm/jdk", "25.0.1");
    packages = machine.folder.resolve("home/.cache/nnd/packages");
    machine.tool("apt-get", APT.formatted(machine.folder));
    machine.tool("dpkg-deb", DPKG.formatted(machine.folder));
    machine.tool("ldconfig", LDCONFIG.replace("%2$s", machine.folder.toString()));
    machine.tool("id", "#!/bin/sh\necho 1000\n");
    machine.nnd("version");
    Files.delete(machine.folder.resolve("events"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"version", "help", "check", "cache", "--help", "rnu", "run --help", "test -h", ""})
  void whatDoesNotComputeInstallsNothing(String command) throws Exception {
    var words = command.isEmpty() ? new String[0] : command.split(" ");
    assertEquals("", machine.nnd(words).errors());
    assertEquals(List.of(), machine.events());
  }

  @Test
  void rootInstallsThroughApt() throws Exception {
    machine.tool("id", "#!/bin/sh\necho 0\n");
    var outcome = machine.nnd("--debug", "run", "x.nnd");
    assertEquals(0, outcome.exit(), outcome.errors());
    assertTrue(outcome.errors().contains("preflight with vendors of the system"));
    assertEquals(2, machine.events().size());
    assertTrue(
        machine.events().getFirst().endsWith("install pocl-opencl-icd ocl-icd-libopencl1"),
        machine.events().toString());
    assertFalse(Files.exists(packages));
    assertEquals(
        Path.of("/lib/libOpenCL.so.1"),
        Files.readSymbolicLink(machine.folder.resolve("home/.cache/nnd/loader/libOpenCL.so")));
    assertEquals("", machine.nnd("run", "x.nnd").errors());
  }

  @Test
  void anybodyElseUnpacksWhatIsMissing() throws Exception {
    var outcome = machine.nnd("devices");
    assertEquals(0, outcome.exit(), outcome.errors());
    assertEquals("[devices]", outcome.output().getLast());
    Path pocl = packages.resolve("pocl-debian-12-x86_64");
    assertTrue(outcome.errors().contains("preflight with vendors " + pocl.resolve("vendors")));
    assertTrue(
        machine.events().get(1).endsWith("download libpocl2=3.1-3 ocl-icd-libopencl1=2.3.1-1"),
        "the C library stays the machine's own: " + machine.events());
    Path library = pocl.resolve("root/usr/lib/x86_64-linux-gnu/libpocl.so.2.10.0");
    assertEquals(library.toString(), Files.readString(pocl.resolve("vendors/pocl.icd")).strip());
    assertEquals(Path.of("/lib/libm.so.6"), Files.readSymbolicLink(pocl.resolve("link/libm.so")));

    int events = machine.events().size();
    assertEquals("", machine.nnd("devices").errors());
    assertEquals(events, machine.events().size(), "a second run finds it there");
  }

  @Test
  void aHalfUnpackedFolderIsNeverTakenForWhole() throws Exception {
    Path broken = machine.folder.resolve("broken-package");
    Machine.write(broken, "");
    var outcome = machine.nnd("run", "x.nnd");
    assertEquals(1, outcome.exit());
    assertEquals(List.of(), outcome.output());
    assertTrue(outcome.errors().contains("OCL_ICD_VENDORS"), outcome.errors());
    try (Stream<Path> left = Files.list(packages)) {
      assertEquals(List.of(), left.toList());
    }
    Files.delete(broken);
    assertEquals(0, machine.nnd("run", "x.nnd").exit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run x.nnd --help", "x.nnd --help", "--debug bench", "explain x.nnd"})
  void whatComputesGetsADevice(String command) throws Exception {
    assertEquals(0, machine.nnd(command.split(" ")).exit());
    assertEquals("preflight", machine.events().getLast());
  }

  @Test
  void peersAreFetchedAndBuiltForTheBenchmarkWithPeersAlone() throws Exception {
    machine.nnd("bench");
    machine.nnd("bench", "gemm", "--peers", "--help");
    assertEquals(0, builtPeers());
    var outcome = machine.nnd("bench", "gemm", "--peers");
    assertEquals(0, outcome.exit(), outcome.errors());
    assertTrue(outcome.errors().contains("goes on without it"), outcome.errors());
    assertEquals(1, builtPeers());
    machine.nnd("bench", "--peers", "gemm");
    assertEquals(1, builtPeers(), "built once");
    Machine.write(machine.repository.resolve("src/test/src/main/java/Peer.java"), "class P {}");
    machine.nnd("bench", "--peers");
    assertEquals(2, builtPeers(), "a changed source");
  }

  private long builtPeers() throws Exception {
    return machine.events().stream().filter(event -> event.contains("-Ppeers")).count();
  }

  @Test
  void aDriverThatRunsNoKernelIsReportedAndTriedAgain() throws Exception {
    Path broken = jdk.resolve("broken-driver");
    Machine.write(broken, "");
    for (int i = 0; i < 2; i++) {
      var outcome = machine.nnd("devices");
      assertEquals(1, outcome.exit());
      assertEquals(List.of(), outcome.output());
      assertTrue(outcome.errors().contains("no kernel today"), outcome.errors());
      assertTrue(outcome.errors().contains("cannot run a kernel"), outcome.errors());
    }
    Files.delete(broken);
    assertEquals(0, machine.nnd("devices").exit());
  }

  @Test
  void elsewhereItSaysWhatToInstall() throws Exception {
    Files.delete(machine.folder.resolve("tools/apt-get"));
    var outcome = machine.nnd("run", "x.nnd");
    assertEquals(1, outcome.exit());
    assertTrue(outcome.errors().contains("Fedora: dnf install pocl"), outcome.errors());
    assertEquals(1, outcome.errors().lines().count(), "one paragraph");
  }

  @Test
  void whereOpenClIsInstalledNothingHappens() throws Exception {
    Machine.write(machine.folder.resolve("vendors/pocl.icd"), "libpocl.so.2.10.0\n");
    assertEquals("", machine.nnd("run", "x.nnd").errors());
    assertEquals(List.of(), machine.events());
  }

  @Test
  void withoutOclgrindTheTestsRunAllTheSame() throws Exception {
    Machine.write(machine.folder.resolve("vendors/pocl.icd"), "libpocl.so.2.10.0\n");
    machine.tool("apt-get", "#!/bin/sh\nexit 100\n");
    var outcome = machine.nnd("test");
    assertEquals(0, outcome.exit(), outcome.errors());
    assertTrue(outcome.errors().contains("under it are skipped"), outcome.errors());
    assertTrue(machine.events().getLast().contains(" verify"), machine.events().toString());
  }
}
