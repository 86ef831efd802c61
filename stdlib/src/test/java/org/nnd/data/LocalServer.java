package org.nnd.data;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that serves what a test gives it. */
final class LocalServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  final AtomicInteger requests = new AtomicInteger();

  LocalServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          String path = exchange.getRequestURI().getPath();
          try (exchange) {
            if (path.startsWith("/moved/")) {
              exchange.getResponseHeaders().add("Location", path.substring("/moved".length()));
              exchange.sendResponseHeaders(302, -1);
            } else if (path.startsWith("/cut/")) {
              // Promises more than it sends.
              byte[] body = files.get(path.substring("/cut".length()));
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body, 0, body.length / 2);
              exchange.getResponseBody().flush();
            } else if (files.containsKey(path)) {
              byte[] body = files.get(path);
              exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
              exchange.getResponseBody().write(body);
            } else {
              exchange.sendResponseHeaders(404, -1);
            }
          }
        });
    server.start();
  }

  /** Serves {@code body} at {@code /name}. */
  void put(String name, byte[] body) {
    files.put("/" + name, body);
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
