package org.nnd.session;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A line that says how far something has come. On a terminal it is one line, written over; in a
 * file it is a plain line every ten seconds, so that the log of a night stays short.
 */
public final class LiveLine implements AutoCloseable {
  private static final long REDRAW = Duration.ofMillis(50).toNanos();
  private static final long LOG = Duration.ofSeconds(10).toNanos();
  private static final String CLEAR_TO_END = "\u001b[K";

  private final PrintStream out;
  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private long next;
  private boolean open;

  /** A line on {@code out}, which ends at {@code terminal}. */
  public LiveLine(PrintStream out, Terminal terminal) {
    this(out, terminal, System::nanoTime);
  }

  LiveLine(PrintStream out, Terminal terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong() + (terminal.interactive() ? 0 : LOG);
  }

  /** Shows {@code text}, unless something was shown a moment ago. */
  public synchronized void update(String text) {
    long now = nanoTime.getAsLong();
    if (now - next < 0) {
      return;
    }
    if (terminal.interactive()) {
      // The last column stays free: some terminals break the line once it is written.
      int room = Math.max(1, terminal.columns() - 1);
      out.print("\r" + (text.length() > room ? text.substring(0, room) : text) + CLEAR_TO_END);
      out.flush();
      open = true;
      next = now + REDRAW;
    } else {
      out.println(text);
      next = now + LOG;
    }
  }

  /** Shows {@code text} as the last word and ends the line. */
  public synchronized void done(String text) {
    out.println(terminal.interactive() ? "\r" + text + CLEAR_TO_END : text);
    open = false;
  }

  /** Takes the line away again where it can be. */
  public synchronized void clear() {
    if (open) {
      out.print("\r" + CLEAR_TO_END);
      out.flush();
      open = false;
    }
  }

  /** Ends the line if it stands unfinished, as after a failure. */
  @Override
  public synchronized void close() {
    if (open) {
      out.println();
      open = false;
    }
  }
}
