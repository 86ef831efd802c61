package org.nnd.jupyter;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.nnd.session.Session;

/**
 * What cells put out. Text is sent 50 ms after it was written, or sooner where much has come
 * together or something else follows: a message for each {@code println} would drown a browser.
 *
 * <p>A thread of its own sends. An interrupt closes the channel that the interrupted thread is
 * writing to, and user code is interrupted at any time.
 */
final class Outlet {
  private static final long DELAY_MILLIS = 50;
  private static final int LONG_TEXT = 1 << 16;
  private static final int MOST_WAITING = 256;

  private final JupyterSocket iopub;
  private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("nnd-output").daemon().factory());
  private final StringBuilder text = new StringBuilder();
  private String stream = "stdout";
  private boolean due;
  private MessageContext cell;

  Outlet(JupyterSocket iopub) {
    this.iopub = iopub;
    Thread.ofPlatform().name("nnd-sender").daemon().start(this::sendAll);
  }

  private void sendAll() {
    while (true) {
      try {
        waiting.take().run();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Waits where much is waiting already; an interrupt does not lose the message. */
  private void enqueue(Runnable send) {
    boolean interrupted = false;
    while (true) {
      try {
        waiting.put(send);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(MessageType<?> type, Map<String, ?> content) {
    Message<?> message = Messages.of(cell, type, content);
    enqueue(() -> iopub.sendMessage(message));
  }

  /** Returns when all that was put out has been sent. */
  void drain() {
    flush();
    var sent = new CompletableFuture<Void>();
    enqueue(() -> sent.complete(null));
    sent.join();
  }

  /** What comes from now on belongs to the request {@code cell}. */
  synchronized void begin(MessageContext cell) {
    flush();
    this.cell = cell;
  }

  /** Sends a message after all that was written before it. */
  synchronized void publish(MessageType<?> type, Map<String, ?> content) {
    Session.endIfLeftBehind();
    flush();
    send(type, content);
  }

  /** Sends the text that waits. */
  synchronized void flush() {
    if (!text.isEmpty()) {
      Map<String, String> content = Map.of("name", stream, "text", text.toString());
      text.setLength(0);
      send(MessageType.PUBLISH_STREAM, content);
    }
  }

  private synchronized void write(String name, CharSequence written) {
    if (!name.equals(stream)) {
      flush();
      stream = name;
    }
    text.append(written);
    if (text.length() >= LONG_TEXT) {
      flush();
    } else if (!due) {
      due = true;
      clock.schedule(this::onTime, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void onTime() {
    due = false;
    flush();
  }

  /** {@return the stream {@code stdout} or {@code stderr} of cells} */
  PrintStream stream(String name) {
    return new PrintStream(new Utf8(name), true, StandardCharsets.UTF_8);
  }

  /** Takes bytes in any pieces and hands whole characters on. */
  private final class Utf8 extends OutputStream {
    private final String name;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Utf8(String name) {
      this.name = name;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      Session.endIfLeftBehind();
      ByteBuffer in = ByteBuffer.allocate(rest.remaining() + length);
      in.put(rest).put(bytes, offset, length).flip();
      CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
      decoder.decode(in, out, false);
      rest = in;
      Outlet.this.write(name, out.flip());
    }
  }
}
