package org.nnd.jupyter;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.zeromq.ZMQ;

/**
 * Standard input of cells: asks the client for a line when one is needed. Waiting for it can be
 * interrupted, unlike in JJava's own.
 */
final class Keyboard extends InputStream {
  private static final long LOOK_MILLIS = 20;

  private final StdinChannel channel;
  private final Runnable before;
  private volatile Optional<MessageContext> asked = Optional.empty();
  private byte[] line = {};
  private int at;

  /**
   * @param before done before the client is asked: what was printed is to be seen then
   */
  Keyboard(StdinChannel channel, Runnable before) {
    this.channel = channel;
    this.before = before;
  }

  /** From now on the client of {@code cell} is asked; nobody where that is empty. */
  void begin(Optional<MessageContext> cell) {
    asked = cell;
  }

  @Override
  public synchronized int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) throws InterruptedIOException {
    if (length == 0) {
      return 0;
    }
    if (at == line.length) {
      Optional<MessageContext> cell = asked;
      if (cell.isEmpty()) {
        return -1;
      }
      line = (ask(cell.get()) + "\n").getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, into, offset, count);
    at += count;
    return count;
  }

  @Override
  public synchronized int available() {
    return line.length - at;
  }

  private String ask(MessageContext cell) throws InterruptedIOException {
    before.run();
    while (hasReply()) {
      channel.readMessage(); // the answer to a question that was interrupted
    }
    channel.sendMessage(
        Messages.of(cell, MessageType.INPUT_REQUEST, Map.of("prompt", "", "password", false)));
    try {
      while (!hasReply()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for input");
    }
    Message<?> reply = channel.readMessage();
    return reply.getContent() instanceof InputReply input ? input.getValue() : "";
  }

  private boolean hasReply() {
    return (channel.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }
}
