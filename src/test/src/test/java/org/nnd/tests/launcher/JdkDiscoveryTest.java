package org.nnd.tests.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkDiscoveryTest {
  @TempDir Path temporary;
  private Machine machine;

  @BeforeEach
  void machine() throws IOException {
    machine = new Machine(temporary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm/a", "jvm/b", "java home", "home/.sdkman/candidates/java/c", "other"})
  void theNewestIsTakenWhereverItIs(String newest) throws Exception {
    for (String home :
        List.of("jvm/a", "jvm/b", "java home", "home/.sdkman/candidates/java/c", "other")) {
      machine.jdk(home, home.equals(newest) ? "25.0.10" : "25.0.9");
    }
    machine.environment.put("JAVA_HOME", machine.folder + "/java home");
    // As Debian does it: the PATH leads to a JDK through links.
    Files.createSymbolicLink(
        machine.folder.resolve("tools/javac"), machine.folder.resolve("other/bin/javac"));
    assertEquals(jdk(newest), machine.nnd("version").output().getFirst());
  }

  @Test
  void versionsAreComparedAsNumbers() throws Exception {
    machine.jdk("jvm/a", "21.0.9");
    machine.jdk("jvm/b", "21.0.10");
    machine.jdk("jvm/c", "9.0.4");
    machine.jdk("jvm/d", "1.8.0_402");
    assertEquals(jdk("jvm/b"), machine.nnd("version").output().getFirst());
  }

  @Test
  void amongEqualsJavaHomeComesFirst() throws Exception {
    machine.jdk("jvm/a", "25");
    machine.environment.put("JAVA_HOME", machine.jdk("mine", "25").toString());
    assertEquals(jdk("mine"), machine.nnd("version").output().getFirst());
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws Exception {
    machine.environment.put("JAVA_HOME", machine.jdk("old", "17.0.15").toString());
    machine.jdk("jvm/new", "21");
    assertEquals(jdk("jvm/new"), machine.nnd("version").output().getFirst());
    assertTrue(machine.events().getFirst().startsWith("mvn " + machine.folder + "/jvm/new "));
  }

  @Test
  void aJreIsNoJdk() throws Exception {
    Files.delete(machine.jdk("jvm/jre", "25").resolve("bin/javac"));
    Files.delete(machine.jdk("jvm/no-shell", "25").resolve("bin/jshell"));
    machine.jdk("jvm/jdk", "21.0.1");
    assertEquals(jdk("jvm/jdk"), machine.nnd("version").output().getFirst());
  }

  @Test
  void withoutOneItSaysWhatToInstall() throws Exception {
    machine.jdk("jvm/old", "17.0.15");
    var outcome = machine.nnd("version");
    assertEquals(1, outcome.exit());
    assertEquals(List.of(), outcome.output());
    assertEquals(
        "nnd: NND needs a JDK (not a JRE) of version 21 or newer and found none in JAVA_HOME, PATH,"
            + " /usr/lib/jvm, SDKMAN or /Library/Java: install one, for example with `apt install"
            + " openjdk-21-jdk-headless`, `sdk install java` or from https://adoptium.net.",
        outcome.errors().strip().replace(machine.folder + "/jvm", "/usr/lib/jvm"));
    assertEquals(List.of(), machine.events());
  }

  private String jdk(String path) {
    return "jdk " + machine.folder.resolve(path);
  }
}
