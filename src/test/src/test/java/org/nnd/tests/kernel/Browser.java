package org.nnd.tests.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.nnd.format.Json;

/** Headless Chromium, driven over the WebDriver protocol (W3C). */
final class Browser implements AutoCloseable {
  private static final String DRIVER = "/usr/bin/chromedriver";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String address;
  private final String session;

  /** A browser whose profile is in {@code folder}; without Chromium the test is skipped. */
  Browser(Path folder) throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of(DRIVER)) && Files.isExecutable(Path.of("/usr/bin/chromium")),
        "skipped: needs Debian's packages chromium and chromium-driver");
    int port = freePort();
    driver =
        new ProcessBuilder(DRIVER, "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromedriver.log").toFile())
            .start();
    address = "http://127.0.0.1:" + port;
    await();
    Map<String, Object> options =
        Map.of(
            "args",
            List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=1100,1600",
                "--user-data-dir=" + folder.resolve("chromium")));
    var created =
        (Map<?, ?>)
            post(
                "/session",
                Map.of(
                    "capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", options))));
    session = "/session/" + created.get("sessionId");
    post(session + "/timeouts", Map.of("script", 600_000, "pageLoad", 120_000));
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void await() throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      try {
        send(HttpRequest.newBuilder(URI.create(address + "/status")).build());
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new AssertionError("chromedriver did not start");
  }

  void open(String url) throws IOException, InterruptedException {
    post(session + "/url", Map.of("url", url));
  }

  /** {@return what the JavaScript function body {@code script} returns} */
  Object run(String script) throws IOException, InterruptedException {
    return post(session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** Returns once {@code script} returns true. */
  void until(String script) throws IOException, InterruptedException {
    for (int i = 0; i < 1200; i++) {
      if (Boolean.TRUE.equals(run(script))) {
        return;
      }
      Thread.sleep(250);
    }
    throw new AssertionError("it did not become true: " + script);
  }

  void screenshot(Path file) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + session + "/screenshot")).build();
    byte[] png = Base64.getDecoder().decode(send(request).toString());
    Files.createDirectories(file.getParent());
    Files.write(file, png);
  }

  private Object post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofMinutes(10))
            .POST(HttpRequest.BodyPublishers.ofString(Json.compact(body)))
            .build());
  }

  private Object send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    Object value = ((Map<?, ?>) Json.parse(response.body(), "WebDriver")).get("value");
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body());
    }
    return value;
  }

  @Override
  public void close() {
    driver.descendants().forEach(ProcessHandle::destroy);
    driver.destroy();
  }
}
