package org.nnd.jupyter;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.nnd.format.Json;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A kernel with a client of its own, which runs a cell and ends it. */
public final class Rehearsal {
  private static final int PORTS = 5;
  private static final int PATIENCE_MILLIS = 20_000;

  private Rehearsal() {}

  /** Starts a kernel, runs {@code 1 + 1} and shuts it down. */
  public static void run(String version, PrintStream log) throws IOException {
    Path file = Files.createTempFile("nnd-rehearsal", ".json");
    try {
      Json.write(file, connection());
      var properties = KernelConnectionProperties.parse(Files.readString(file));
      Thread.ofPlatform().daemon().name("nnd-client").start(() -> talk(properties, log));
      KernelProcess.run(file, version, log);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Map<String, Object> connection() throws IOException {
    List<Integer> ports = new ArrayList<>();
    List<ServerSocket> open = new ArrayList<>();
    for (int i = 0; i < PORTS; i++) {
      open.add(new ServerSocket(0));
      ports.add(open.getLast().getLocalPort());
    }
    for (ServerSocket socket : open) {
      socket.close();
    }
    Map<String, Object> connection = new LinkedHashMap<>();
    connection.put("ip", "127.0.0.1");
    connection.put("transport", "tcp");
    connection.put("key", "rehearsal");
    connection.put("signature_scheme", "hmac-sha256");
    connection.put("shell_port", ports.get(0));
    connection.put("control_port", ports.get(1));
    connection.put("stdin_port", ports.get(2));
    connection.put("hb_port", ports.get(3));
    connection.put("iopub_port", ports.get(4));
    return connection;
  }

  private static void talk(KernelConnectionProperties properties, PrintStream log) {
    try (var context = new ZContext()) {
      ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
      shell.setReceiveTimeOut(PATIENCE_MILLIS);
      shell.connect("tcp://127.0.0.1:" + properties.getShellPort());
      HMACGenerator signer = properties.createHMACGenerator();
      ask(shell, signer, "kernel_info_request", Map.of());
      ask(shell, signer, "execute_request", Map.of("code", "println(1);\nList.of(1)"));
      ask(shell, signer, "complete_request", Map.of("code", "con", "cursor_pos", 3));
      ask(shell, signer, "shutdown_request", Map.of("restart", false));
    } catch (GeneralSecurityException e) {
      log.println("nnd: the rehearsal failed: " + e);
    }
  }

  /** Sends a request and waits for the reply. */
  private static void ask(
      ZMQ.Socket shell, HMACGenerator signer, String type, Map<String, Object> content) {
    byte[] header =
        bytes(
            Map.of(
                "msg_id",
                type,
                "username",
                "",
                "session",
                "rehearsal",
                "msg_type",
                type,
                "version",
                "5.3",
                "date",
                "2026-01-01T00:00:00.000Z"));
    byte[] none = bytes(Map.of());
    byte[] body = bytes(content);
    shell.sendMore("<IDS|MSG>");
    shell.sendMore(signer.calculateSignature(header, none, none, body));
    shell.sendMore(header);
    shell.sendMore(none);
    shell.sendMore(none);
    shell.send(body);
    shell.recv();
    while (shell.hasReceiveMore()) {
      shell.recv();
    }
  }

  private static byte[] bytes(Map<String, Object> json) {
    return Json.compact(json).getBytes(StandardCharsets.UTF_8);
  }
}
