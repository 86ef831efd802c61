package org.nnd.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.format.Json;

/** The folder by which Jupyter knows the kernel. */
class KernelSpecTest {
  @TempDir private Path folder;

  @Test
  void jupyterIsToStartTheLauncher() throws IOException {
    KernelSpec spec = KernelSpec.ofPrefix(folder);
    spec.install(Path.of("/opt/nnd/nnd"));
    Path kernel = folder.resolve("share/jupyter/kernels/nnd");
    assertEquals(kernel, spec.folder());
    var json = (Map<?, ?>) Json.read(kernel.resolve("kernel.json"));
    assertEquals(List.of("/opt/nnd/nnd", "kernel", "run", "{connection_file}"), json.get("argv"));
    assertEquals("NND (Java)", json.get("display_name"));
    assertEquals("message", json.get("interrupt_mode"));
    assertEquals(32, ImageIO.read(kernel.resolve("logo-32x32.png").toFile()).getWidth());
    assertEquals(64, ImageIO.read(kernel.resolve("logo-64x64.png").toFile()).getWidth());
  }

  @Test
  void uninstallingLeavesNothing() throws IOException {
    KernelSpec spec = KernelSpec.ofPrefix(folder);
    assertFalse(spec.uninstall());
    spec.install(Path.of("/opt/nnd/nnd"));
    spec.install(Path.of("/usr/nnd/nnd"));
    assertTrue(spec.uninstall());
    try (Stream<Path> left = Files.list(folder.resolve("share/jupyter/kernels"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void usersHaveTheirOwnPlace() {
    assertEquals(
        Path.of("/a/kernels/nnd"),
        KernelSpec.ofUser(Map.of("JUPYTER_DATA_DIR", "/a", "XDG_DATA_HOME", "/b")).folder());
    assertEquals(
        Path.of("/b/jupyter/kernels/nnd"),
        KernelSpec.ofUser(Map.of("XDG_DATA_HOME", "/b")).folder());
    Path home = KernelSpec.ofUser(Map.of("HOME", "/h")).folder();
    assertTrue(home.startsWith("/h"), home::toString);
    assertTrue(KernelSpec.ofUser(Map.of()).folder().startsWith(System.getProperty("user.home")));
  }
}
