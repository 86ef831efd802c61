package org.nnd.model;

import org.nnd.ir.NndException;

/**
 * What an interrupt of a thread means to the loops that run on it, a user's own over models and
 * tensors among them: nothing more is begun. What is on the device already is completed there, so
 * that variables are never those of half a step.
 */
public final class Interruption {
  private Interruption() {}

  /**
   * Does nothing unless this thread has been interrupted, which it stays.
   *
   * @throws NndException with the message, formatted
   */
  public static void check(String message, Object... arguments) {
    if (Thread.currentThread().isInterrupted()) {
      throw new NndException(message.formatted(arguments));
    }
  }
}
