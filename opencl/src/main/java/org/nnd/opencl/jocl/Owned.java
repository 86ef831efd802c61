package org.nnd.opencl.jocl;

import java.lang.ref.Cleaner;
import java.util.function.Consumer;

/**
 * A handle of the driver that is released once: by {@link #close()}, or after its owner has become
 * unreachable. Release and use exclude each other through the device's lock.
 *
 * @param <T> the handle's type
 */
final class Owned<T> {
  private static final Cleaner CLEANER = Cleaner.create();

  private final State<T> state;
  private final Cleaner.Cleanable cleanable;

  /** What outlives the owner; it must not refer to it. */
  private static final class State<T> implements Runnable {
    private final Device device;
    private final T handle;
    private final Consumer<T> release;
    private boolean released;

    State(Device device, T handle, Consumer<T> release) {
      this.device = device;
      this.handle = handle;
      this.release = release;
    }

    @Override
    public void run() {
      device.exclusively(
          () -> {
            released = true;
            release.accept(handle);
          });
    }
  }

  /**
   * @param release must not refer to the owner
   */
  Owned(Object owner, Device device, T handle, Consumer<T> release) {
    this.state = new State<>(device, handle, release);
    this.cleanable = CLEANER.register(owner, state);
  }

  /** Whether it has been released; to be asked inside {@link Device#submit}. */
  boolean released() {
    return state.released;
  }

  /** The handle; to be used inside {@link Device#submit}, outside which it may be released. */
  T get(String owner) {
    if (state.released) {
      throw new IllegalStateException(owner + " is used after its close()");
    }
    return state.handle;
  }

  void close() {
    cleanable.clean();
  }
}
