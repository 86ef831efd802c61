package org.nnd.session;

import java.nio.file.Path;
import java.util.Optional;

/** The screen that this process shows on: standard output, until somebody says otherwise. */
public final class CurrentScreen {
  private static volatile Screen current = new TerminalScreen(Optional.<Path>empty());

  private CurrentScreen() {}

  /** {@return the screen in use} */
  public static Screen get() {
    return current;
  }

  /** From now on {@code screen} is in use. */
  public static void use(Screen screen) {
    current = screen;
  }
}
