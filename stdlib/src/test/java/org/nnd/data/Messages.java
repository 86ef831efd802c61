package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import org.nnd.ir.NndException;

/** Holds that something is refused, and what is said about it. */
public final class Messages {
  private Messages() {}

  public static void assertRefused(String part, Executable action) {
    String message = assertThrows(NndException.class, action).getMessage();
    assertTrue(message.contains(part), () -> "expected \"" + part + "\" in \"" + message + "\"");
  }
}
