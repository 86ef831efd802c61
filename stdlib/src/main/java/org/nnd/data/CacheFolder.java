package org.nnd.data;

import java.nio.file.Path;
import java.util.Map;

/** Where downloaded files are kept. */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * {@code $NND_CACHE_DIR}, else {@code $XDG_CACHE_HOME/nnd}, else {@code ~/.cache/nnd}. The folder
   * may not exist yet.
   */
  public static Path path() {
    return path(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static Path path(Map<String, String> environment, Path home) {
    String own = environment.getOrDefault("NND_CACHE_DIR", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    // The XDG specification has relative paths ignored.
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = !xdg.isEmpty() && Path.of(xdg).isAbsolute() ? Path.of(xdg) : home.resolve(".cache");
    return base.resolve("nnd");
  }
}
