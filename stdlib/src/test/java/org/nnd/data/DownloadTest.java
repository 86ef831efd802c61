package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.data.Messages.assertRefused;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  @TempDir Path dir;
  private LocalServer server;
  private final byte[] body = new byte[200_000];

  static Checksum checksum(String algorithm, byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes);
      return new Checksum(algorithm, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void serve() throws IOException {
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31 >> 3);
    }
    server = new LocalServer();
    server.put("data.bin", body);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void assertNothingBeside(int files) throws IOException {
    try (var list = Files.list(dir)) {
      assertEquals(files, list.count());
    }
  }

  @Test
  void aFileComesOnceAndIsKept() throws IOException {
    Download download = new Download(server.uri("data.bin"), checksum("SHA-256", body));
    assertArrayEquals(body, Files.readAllBytes(download.into(dir)));
    assertEquals(dir.resolve("data.bin"), download.into(dir));
    assertEquals(1, server.requests.get());
    assertNothingBeside(1);
  }

  @Test
  void aDamagedFileInTheCacheIsFetchedAgain() throws IOException {
    Files.write(dir.resolve("data.bin"), new byte[] {1, 2, 3});
    Download download = new Download(server.uri("data.bin"), checksum("MD5", body));
    assertArrayEquals(body, Files.readAllBytes(download.into(dir)));
    assertNothingBeside(1);
  }

  @Test
  void aRedirectionIsFollowed() throws IOException {
    Download download = new Download(server.uri("moved/data.bin"), checksum("SHA-256", body));
    assertArrayEquals(body, Files.readAllBytes(download.into(dir)));
  }

  @Test
  void whatIsNotTheFileIsRefusedAndNotKept() throws IOException {
    Checksum other = checksum("SHA-256", new byte[1]);
    assertRefused(
        "data.bin: the file has SHA-256 " + checksum("SHA-256", body).hex() + ", expected ",
        () -> new Download(server.uri("data.bin"), other).into(dir));
    assertRefused(
        "missing.bin: the server answered 404 instead of the file",
        () -> new Download(server.uri("missing.bin"), other).into(dir));
    assertRefused(
        "cut/data.bin: cannot be downloaded",
        () -> new Download(server.uri("cut/data.bin"), other).into(dir));
    assertNothingBeside(0);
  }

  @Test
  void aServerThatIsNotThereIsNamedWithTheWayOut() throws IOException {
    URI uri = server.uri("data.bin");
    server.close();
    assertRefused(
        "to work offline put the file at " + dir.resolve("data.bin"),
        () -> new Download(uri, checksum("MD5", body)).into(dir));
    assertNothingBeside(0);
  }

  @Test
  void addressesAndChecksumsAreChecked() {
    assertRefused(
        "expected an http or https address, got file:/etc/passwd",
        () -> new Download(URI.create("file:/etc/passwd"), checksum("MD5", body)));
    assertRefused("a MD5 checksum has 32 hexadecimal digits", () -> Checksum.md5("xyz"));
  }

  @Test
  void theCacheIsWhereTheUserSaysOrWhereTheSystemKeepsIt() {
    Path home = Path.of("/home/u");
    assertEquals(Path.of("/c"), CacheFolder.path(Map.of("NND_CACHE_DIR", "/c"), home));
    assertEquals(
        Path.of("/x/nnd"),
        CacheFolder.path(Map.of("NND_CACHE_DIR", "", "XDG_CACHE_HOME", "/x"), home));
    assertEquals(
        Path.of("/home/u/.cache/nnd"), CacheFolder.path(Map.of("XDG_CACHE_HOME", "x"), home));
  }
}
