package org.nnd.jupyter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnd.format.AtomicFile;
import org.nnd.format.Json;
import org.nnd.ir.NndException;

/**
 * The folder by which Jupyter knows the kernel.
 *
 * @param folder {@code .../kernels/nnd}
 */
public record KernelSpec(Path folder) {
  private static final String NAME = "nnd";
  private static final String FILE = "kernel.json";
  private static final List<String> LOGOS =
      List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

  /** {@return the one among the user's own files; {@code environment} may say where these are} */
  public static KernelSpec ofUser(Map<String, String> environment) {
    return in(
        variable(environment, "JUPYTER_DATA_DIR")
            .orElseGet(
                () ->
                    variable(environment, "XDG_DATA_HOME")
                        .orElseGet(() -> shared(environment))
                        .resolve("jupyter")));
  }

  /** {@return the one of the installation at {@code prefix}, such as {@code /usr/local}} */
  public static KernelSpec ofPrefix(Path prefix) {
    return in(prefix.resolve("share").resolve("jupyter"));
  }

  private static KernelSpec in(Path data) {
    return new KernelSpec(data.resolve("kernels").resolve(NAME).toAbsolutePath().normalize());
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }

  /** The home folder is what {@code HOME} says, as for Jupyter, else that of the user's account. */
  private static Path shared(Map<String, String> environment) {
    Path home =
        variable(environment, "HOME").orElseGet(() -> Path.of(System.getProperty("user.home")));
    return System.getProperty("os.name").startsWith("Mac")
        ? home.resolve("Library")
        : home.resolve(".local").resolve("share");
  }

  /**
   * Writes it, in place of an older one.
   *
   * @param launcher the absolute path of {@code nnd}, which Jupyter will start; it sets what
   *     drivers need
   */
  public void install(Path launcher) {
    for (String logo : LOGOS) {
      byte[] bytes = logo(logo);
      AtomicFile.write(
          folder.resolve(logo),
          channel -> {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
              channel.write(left);
            }
          });
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("argv", List.of(launcher.toString(), "kernel", "run", "{connection_file}"));
    spec.put("display_name", "NND (Java)");
    spec.put("language", "java");
    spec.put("interrupt_mode", "message");
    spec.put("env", Map.of());
    spec.put("metadata", Map.of("debugger", false));
    Json.write(folder.resolve(FILE), spec);
  }

  /**
   * Removes it.
   *
   * @return whether it was there
   */
  public boolean uninstall() {
    if (!Files.exists(folder.resolve(FILE))) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
      return true;
    } catch (IOException e) {
      throw new NndException(folder + ": cannot be removed", e);
    }
  }

  private static byte[] logo(String name) {
    try (InputStream resource = KernelSpec.class.getResourceAsStream(name)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
