package org.nnd.jupyter;

import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.zeromq.ZMQ;

/**
 * The five sockets of a kernel. JJava's own loops sleep 50 ms between two looks at a socket and end
 * with an error; these wait for messages and go on.
 */
final class Connection extends JupyterConnection {
  /** How long to wait for the rest of the cells that were sent together with one that failed. */
  private static final long STRAGGLERS_MILLIS = 50;

  private final KernelConnectionProperties properties;
  private final PrintStream log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Deque<Message<?>> held = new ArrayDeque<>();

  /** The connection that a connection file describes; what goes wrong in it is told to a log. */
  Connection(KernelConnectionProperties properties, PrintStream log)
      throws GeneralSecurityException {
    super(properties);
    this.properties = properties;
    this.log = log;
  }

  @Override
  public void connect() {
    heartbeat.bind(properties);
    stdin.bind(properties);
    iopub.bind(properties);
    shell.bind(address(properties.getShellPort()));
    control.bind(address(properties.getControlPort()));
    iopub.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    start("nnd-shell", shell);
    start("nnd-control", control);
  }

  StdinChannel stdin() {
    return stdin;
  }

  private String address(int port) {
    return properties.getTransport() + "://" + properties.getIp() + ":" + port;
  }

  private void start(String name, ShellChannel channel) {
    Thread.ofPlatform().name(name).daemon().start(() -> serve(channel));
  }

  private void serve(ShellChannel channel) {
    while (closed.getCount() > 0) {
      try {
        dispatch(channel, channel.readMessage(), false);
        while (!held.isEmpty() && channel == shell) {
          dispatch(channel, held.poll(), true);
        }
      } catch (Exception | Error e) { // the kernel lives, whatever happened to one request
        log.println("nnd: a request could not be answered: " + e);
      }
    }
  }

  private <T> void dispatch(ShellChannel channel, Message<T> message, boolean abort)
      throws Exception {
    MessageType<T> type = message.getHeader().getType();
    ShellHandler<T> handler = getHandler(type);
    ShellReplyEnvironment env = prepareReplyEnv(channel, message);
    if (abort && type == MessageType.EXECUTE_REQUEST) {
      env.setBusyDeferIdle();
      env.reply(Messages.of(message, MessageType.EXECUTE_REPLY, Map.of("status", "aborted")));
      env.resolveDeferrals();
    } else if (handler != null) {
      try {
        handler.handle(env, message);
      } finally {
        env.resolveDeferrals();
      }
      if (env.isMarkedForShutdown()) {
        close();
      }
    }
  }

  /**
   * Takes the requests that wait now, to abort the cells among them after the present one; called
   * by the thread of the shell channel.
   */
  void abortWaiting() throws InterruptedException {
    long end = System.nanoTime() + STRAGGLERS_MILLIS * 1_000_000;
    do {
      while ((shell.getEvents() & ZMQ.Poller.POLLIN) != 0) {
        held.add(shell.readMessage());
      }
      Thread.sleep(1);
    } while (System.nanoTime() < end);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /** Returns when a client has asked for the end. */
  @Override
  public void waitUntilClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
