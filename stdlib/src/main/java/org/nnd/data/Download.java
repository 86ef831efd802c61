package org.nnd.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import org.nnd.ir.NndException;

/**
 * A file to be had from the network, and what its bytes must add up to. It is fetched once: beside
 * its place in the cache, checked, and only then renamed, so that a file in the cache is whole
 * whatever happened while it came.
 */
public record Download(URI uri, Checksum checksum) {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  public Download {
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new NndException("download: expected an http or https address, got " + uri);
    }
  }

  /** The last part of the address. */
  public String fileName() {
    String path = uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The file in {@code folder}, fetched where it is not there or no longer has its checksum.
   *
   * @throws NndException with the address, what the server or the network said, and what to do
   */
  public Path into(Path folder) {
    Path file = folder.resolve(fileName());
    try {
      if (Files.isRegularFile(file) && checksum.of(file).equals(checksum.hex())) {
        return file;
      }
      Files.createDirectories(folder);
      Path part = folder.resolve("." + fileName() + "." + UUID.randomUUID() + ".part");
      try {
        fetch(part);
        String got = checksum.of(part);
        if (!got.equals(checksum.hex())) {
          throw new NndException(
              "%s: the file has %s %s, expected %s: damaged on the way or changed by its owner"
                  .formatted(uri, checksum.algorithm(), got, checksum.hex()));
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw new NndException(
          "%s: cannot be downloaded: %s; to work offline put the file at %s"
              .formatted(uri, reason, file),
          e);
    }
  }

  private void fetch(Path to) throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).GET().build();
      HttpResponse<Path> response =
          client.send(
              request,
              info ->
                  info.statusCode() == 200
                      ? HttpResponse.BodySubscribers.ofFile(to)
                      : HttpResponse.BodySubscribers.replacing(to));
      if (response.statusCode() != 200) {
        throw new NndException(
            "%s: the server answered %d instead of the file".formatted(uri, response.statusCode()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NndException(uri + ": the download was interrupted", e);
    }
  }
}
