package org.nnd.tests.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
  @TempDir Path temporary;
  private Machine machine;

  @BeforeEach
  void machine() throws IOException {
    machine = new Machine(temporary);
    machine.jdk("jvm/jdk", "25.0.1");
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    // A newline would only confuse the list of printed lines.
    var arguments =
        List.of("check", "two words", "*", "$HOME", "`id`", "\"", "'", "\\", "", "-x", " ");
    var outcome = machine.nnd(arguments.toArray(String[]::new));
    var printed = arguments.stream().map(argument -> "[" + argument + "]").toList();
    assertEquals(printed, outcome.output().subList(1, outcome.output().size()));
  }

  @Test
  void withoutALocaleTextIsUtf8() throws Exception {
    // Java would read and print every character outside ASCII as a question mark.
    assertEquals("[ C.UTF-8]", machine.nnd("locale").output().getLast());
    machine.environment.put("LC_ALL", "POSIX");
    assertEquals("[ C.UTF-8]", machine.nnd("locale").output().getLast());
    machine.environment.put("LC_ALL", "de_DE.ISO-8859-1");
    assertEquals("[de_DE.ISO-8859-1 ]", machine.nnd("locale").output().getLast());
  }

  @Test
  void signalsAreLeftToJava() throws Exception {
    String before = System.getenv().getOrDefault("LD_PRELOAD", "");
    machine.environment.put("LD_PRELOAD", before);
    assertEquals("[0 " + before + "]", machine.nnd("signals").output().getLast());
    Path ours = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
    Path chain = machine.folder.resolve("jvm/jdk/lib/libjsig.so");
    Files.createDirectories(chain.getParent());
    Files.copy(ours, chain);
    String with = chain + (before.isEmpty() ? "" : ":" + before);
    assertEquals("[0 " + with + "]", machine.nnd("signals").output().getLast());
  }

  @Test
  void largePagesAreAskedForUnlessTheUserSaysOtherwise() throws Exception {
    String asked = "glibc.malloc.hugetlb=1";
    machine.environment.put("GLIBC_TUNABLES", "");
    assertEquals("[" + asked + "]", machine.nnd("pages").output().getLast());
    // Of two values glibc takes the later one.
    machine.environment.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=0");
    assertEquals("[" + asked + ":glibc.malloc.hugetlb=0]", machine.nnd("pages").output().getLast());
  }

  @Test
  void threadsOfTheDriverHaveACoreEachUnlessTheUserSaysOtherwise() throws Exception {
    machine.environment.put("POCL_AFFINITY", "");
    assertEquals("[1]", machine.nnd("cores").output().getLast());
    machine.environment.put("POCL_AFFINITY", "0");
    assertEquals("[0]", machine.nnd("cores").output().getLast());
  }

  @Test
  void noArgumentsArriveAsNone() throws Exception {
    assertEquals(1, machine.nnd().output().size());
  }

  @Test
  void theExitCodeIsJavas() throws Exception {
    assertEquals(0, machine.nnd("version").exit());
    assertEquals(2, machine.nnd("fail", "2").exit());
    assertEquals(77, machine.nnd("fail", "77").exit());
  }

  @Test
  void linksLeadToTheRepository() throws Exception {
    Path bin = Files.createDirectory(machine.folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("absolute"), machine.repository.resolve("nnd"));
    Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));
    assertEquals("[version]", machine.run(bin.resolve("relative"), "version").output().getLast());
  }

  @Test
  void itBuildsOnlyWhenSourcesAreNewer() throws Exception {
    assertTrue(machine.nnd("version").errors().contains("building"));
    assertEquals("", machine.nnd("version").errors());
    assertEquals(1, machine.events().size());

    Machine.write(machine.source(), "class Net { int x; }");
    machine.nnd("version");
    assertEquals(2, machine.events().size(), "a changed source");

    Files.delete(machine.source());
    machine.nnd("version");
    assertEquals(3, machine.events().size(), "a removed source");

    Machine.write(machine.repository.resolve("opencl/pom.xml"), "<project></project>");
    machine.nnd("version");
    assertEquals(4, machine.events().size(), "a changed pom");

    Machine.write(machine.repository.resolve("dsl/src/test/java/NetTest.java"), "class NetTest {}");
    machine.nnd("version");
    assertEquals(4, machine.events().size(), "a changed test");
  }

  @Test
  void aFailedBuildShowsItsErrorAndIsTriedAgain() throws Exception {
    Path broken = machine.repository.resolve("broken");
    Machine.write(broken, "");
    for (int i = 1; i <= 2; i++) {
      var outcome = machine.nnd("version");
      assertEquals(1, outcome.exit());
      assertEquals(List.of(), outcome.output());
      assertTrue(outcome.errors().contains("[ERROR] Net.java:[3,7] cannot find symbol"));
      assertEquals(i, machine.events().size());
    }
    Files.delete(broken);
    assertEquals(0, machine.nnd("version").exit());
  }

  @Test
  void aFailedBuildLeavesTheLastGoodOneAlone() throws Exception {
    machine.nnd("version");
    Path current = machine.repository.resolve("target/nnd/current");
    String before = Files.readString(current);
    Machine.write(machine.source(), "class Net {");
    Machine.write(machine.repository.resolve("broken"), "");
    assertEquals(1, machine.nnd("version").exit());
    assertEquals(before, Files.readString(current));
    assertTrue(Files.isDirectory(current.resolveSibling(before.strip())));
  }

  @Test
  void aBuildDoesNotTouchTheFilesOfTheOneInUse() throws Exception {
    machine.nnd("version");
    Path builds = machine.repository.resolve("target/nnd");
    Path used = builds.resolve(Files.readString(builds.resolve("current")).strip());
    Path jar = used.resolve("lib/nnd-all.jar");
    var key = Files.readAttributes(jar, "unix:ino,lastModifiedTime");
    Machine.write(machine.source(), "class Net { int x; }");
    machine.nnd("version");
    assertFalse(
        Files.readString(builds.resolve("current")).contains(used.getFileName().toString()));
    assertEquals(key, Files.readAttributes(jar, "unix:ino,lastModifiedTime"));
  }

  @Test
  void othersMayUseABuild() throws Exception {
    machine.nnd("version");
    Path builds = machine.repository.resolve("target/nnd");
    Path used = builds.resolve(Files.readString(builds.resolve("current")).strip());
    assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(used)));
  }

  @Test
  void launchersAtTheSameTimeBuildOnce() throws Exception {
    Machine.write(machine.repository.resolve("slow"), "");
    var running = new ArrayList<Process>();
    for (int i = 0; i < 4; i++) {
      running.add(machine.start(machine.repository.resolve("nnd"), "version"));
    }
    for (Process process : running) {
      var outcome = Machine.Outcome.of(process);
      assertEquals(0, outcome.exit(), outcome.errors());
      assertEquals("[version]", outcome.output().getLast());
    }
    assertEquals(1, machine.events().size());
  }

  @Test
  void theLockOfADeadProcessIsTakenOver() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path builds = Files.createDirectories(machine.repository.resolve("target/nnd"));
    Files.createSymbolicLink(builds.resolve("lock"), Path.of(Long.toString(dead.pid())));
    assertEquals(0, machine.nnd("version").exit());
    assertFalse(Files.isSymbolicLink(builds.resolve("lock")));
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws Exception {
    Machine.write(machine.repository.resolve("target"), "a file where a folder should be");
    var outcome = machine.nnd("version");
    assertEquals(1, outcome.exit());
    assertTrue(outcome.errors().contains("target/nnd cannot be written to"), outcome.errors());
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    Files.delete(machine.folder.resolve("tools/mvn"));
    var outcome = machine.nnd("version");
    assertEquals(1, outcome.exit());
    assertTrue(outcome.errors().contains("install it (`apt install maven`)"), outcome.errors());
  }

  @Test
  void testRunsMavenWithTheArgumentsAndSumsSurefiresTotals() throws Exception {
    machine.environment.put("OCL_ICD_VENDORS", "/any");
    machine.tool("ldconfig", "#!/bin/sh\necho '\tlibOpenCL.so.1 (libc6) => /any/libOpenCL.so.1'\n");
    machine.tool("oclgrind", "#!/bin/sh\n");
    Path old = machine.repository.resolve("stdlib/target/surefire-reports/Old.txt");
    Machine.write(old, "Tests run: 500, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s\n");
    assertEquals(0, machine.nnd("version").exit());
    machine.tool(
        "mvn",
        """
        #!/bin/sh
        for argument in "$@"; do printf '[%s]' "$argument"; done
        echo
        sleep 1 # reports count when they are newer than the start of the run
        mkdir -p dsl/target/surefire-reports opencl/target/surefire-reports
        t='Tests run: 3, Failures: 1, Errors: 0, Skipped: 2, Time elapsed: 0.1 s <<< FAILURE!'
        echo "$t" >dsl/target/surefire-reports/A.txt
        echo "$t" >opencl/target/surefire-reports/B.txt
        exit 9
        """);
    var outcome = machine.nnd("test", "-Dtest=A B");
    assertEquals(9, outcome.exit());
    assertTrue(outcome.output().getFirst().contains("[verify][-Dtest=A B]"), outcome.toString());
    assertEquals("Tests run: 6, Failures: 2, Errors: 0, Skipped: 4", outcome.output().getLast());
  }
}
