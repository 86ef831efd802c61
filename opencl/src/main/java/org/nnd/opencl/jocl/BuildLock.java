package org.nnd.opencl.jocl;

import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One build at a time in the process, where the driver's compiler is not for threads.
 *
 * <p>Two builds at once, of whatever programs in whatever contexts, make PoCL 3.1 corrupt its heap
 * now and then: one process in eight that compiled the same graph on three threads was aborted by
 * the allocator. It compiles one thing at a time anyway ({@link BuildPolicy}).
 */
final class BuildLock {
  private static final Set<String> UNSAFE = Set.of("Portable Computing Language", "Oclgrind");
  private static final Lock ONE = new ReentrantLock();

  private BuildLock() {}

  static void run(DeviceInfo info, Runnable build) {
    if (!UNSAFE.contains(info.platform())) {
      build.run();
      return;
    }
    ONE.lock();
    try {
      build.run();
    } finally {
      ONE.unlock();
    }
  }
}
