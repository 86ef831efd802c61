package org.nnd.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nnd.ir.NndException;

/** The environment variables of IJava. */
class SettingsTest {
  @Test
  void withoutThemNothingIsSet() {
    var none = Settings.of(Map.of());
    assertEquals(List.of(), none.classPath());
    assertEquals(Optional.empty(), none.timeout());
    assertTrue(none.extensions());
  }

  @Test
  void theNamesOfIJavaAndOfItsSuccessorMeanTheSame() {
    for (String prefix : List.of("IJAVA_", "JJAVA_", "NND_")) {
      var set =
          Settings.of(
              Map.of(
                  prefix + "CLASSPATH", "a.jar:lib/*.jar",
                  prefix + "COMPILER_OPTS", " -Xlint:all  -parameters",
                  prefix + "TIMEOUT", "1500",
                  prefix + "STARTUP_SCRIPT", "int a = 1;",
                  prefix + "LOAD_EXTENSIONS", "0"));
      assertEquals(List.of("a.jar", "lib/*.jar"), set.classPath());
      assertEquals(List.of("-Xlint:all", "-parameters"), set.compilerOptions());
      assertEquals(Optional.of(Duration.ofMillis(1500)), set.timeout());
      assertEquals("int a = 1;", set.script());
      assertFalse(set.extensions());
    }
  }

  @Test
  void aTimeoutThatIsNotPositiveIsNone() {
    assertEquals(Optional.empty(), Settings.of(Map.of("IJAVA_TIMEOUT", "-1")).timeout());
    var e = assertThrows(NndException.class, () -> Settings.of(Map.of("IJAVA_TIMEOUT", "soon")));
    assertEquals("IJAVA_TIMEOUT is 'soon'; it is a number of milliseconds", e.getMessage());
  }
}
