package org.nnd.session;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.nnd.train.Training;

/**
 * The thread that user code runs on. An interrupt asks the code to end; code that does not, such as
 * an endless loop, is left behind on its thread after a grace period, and the next code gets a new
 * thread. (The JVM offers no way to end it.)
 *
 * <p>Nothing here waits for the common pool of threads, which the user's parallel streams may hold.
 */
final class UserThread implements AutoCloseable {
  /** Recursion over deep networks needs more than the usual 1 MiB; only touched pages count. */
  private static final long STACK_BYTES = 64L << 20;

  private static final long GRACE_MILLIS = 1000;

  /** A training ends after its step, which may have to wait for the driver's compiler. */
  private static final int MOST_GRACES = 60;

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("nnd-clock").daemon().factory());

  private static final String TRAINING = Training.class.getPackageName() + ".";

  private final ClassLoader classLoader;
  private ExecutorService executor;
  private volatile boolean stopped;
  private volatile Running running = new Running();

  private static final class Running {
    final CompletableFuture<UserEngine.End> end = new CompletableFuture<>();
    volatile Thread thread;
  }

  UserThread(ClassLoader classLoader) {
    this.classLoader = classLoader;
    this.executor = start();
  }

  /** A thread that runs user code until it is left behind. */
  private static final class Worker extends Thread {
    volatile boolean leftBehind;

    Worker(Runnable code) {
      super(null, code, "nnd", STACK_BYTES);
    }
  }

  /** Ends code that was left behind; not an exception, so that it is not caught by mistake. */
  private static final class LeftBehind extends Error {
    private static final long serialVersionUID = 1;
  }

  /** {@return whether the calling thread runs user code} */
  static boolean isCurrent() {
    return Thread.currentThread() instanceof Worker;
  }

  /** Throws on a thread that was left behind. */
  static void endIfLeftBehind() {
    if (Thread.currentThread() instanceof Worker worker && worker.leftBehind) {
      throw new LeftBehind();
    }
  }

  private ExecutorService start() {
    return Executors.newSingleThreadExecutor(
        code -> {
          var thread = new Worker(code);
          thread.setDaemon(true);
          thread.setContextClassLoader(classLoader);
          return thread;
        });
  }

  /** Runs {@code code} to its end, or to the end of the grace period after an interrupt. */
  UserEngine.End run(Supplier<UserEngine.End> code) {
    if (stopped) {
      return new UserEngine.End.Abandoned();
    }
    var now = new Running();
    running = now;
    executor.execute(
        () -> {
          now.thread = Thread.currentThread();
          if (stopped) {
            now.thread.interrupt();
          }
          UserEngine.End end = code.get();
          now.thread = null;
          Thread.interrupted(); // an interrupt that came too late is not for the next code
          now.end.complete(end);
        });
    UserEngine.End end = now.end.join();
    running = new Running(); // the value is not held here
    if (end instanceof UserEngine.End.Abandoned) {
      if (now.thread instanceof Worker worker) {
        worker.leftBehind = true;
      }
      executor.shutdown();
      executor = start();
    }
    return end;
  }

  /** {@return what {@code code} gives, which is interrupted when it takes longer than that} */
  <T> T within(long millis, Supplier<T> code) {
    var deadline = new Deadline();
    CLOCK.schedule(deadline::reached, millis, TimeUnit.MILLISECONDS);
    try {
      return code.get();
    } finally {
      deadline.lift();
    }
  }

  /** An interrupt that is to come; once lifted it does not. */
  private final class Deadline {
    private boolean lifted;

    synchronized void reached() {
      if (!lifted) {
        interrupt();
      }
    }

    synchronized void lift() {
      lifted = true;
    }
  }

  /** Asks what runs to end, and whatever would run before {@link #reset}. */
  void interrupt() {
    stopped = true;
    Running now = running;
    Thread thread = now.thread;
    if (thread != null) {
      thread.interrupt();
    }
    later(now, MOST_GRACES);
  }

  /** Gives code up that does not end, but not while a training is on its way to its next step. */
  private static void later(Running now, int graces) {
    CLOCK.schedule(
        () -> {
          Thread thread = now.thread;
          boolean ending = thread == null || isTraining(thread); // by itself
          if (now.end.isDone() || graces == 0 || !ending) {
            now.end.complete(new UserEngine.End.Abandoned());
            return;
          }
          if (thread != null) {
            remind(thread);
          }
          later(now, graces - 1);
        },
        GRACE_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /**
   * Libraries on the way may have swallowed the interrupt; a checkpoint must not be hit by another.
   */
  private static void remind(Thread thread) {
    boolean ending =
        Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().matches("interrupted|writeCheckpoint"));
    if (!ending && !thread.isInterrupted()) {
      thread.interrupt();
    }
  }

  private static boolean isTraining(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(TRAINING));
  }

  boolean stopped() {
    return stopped;
  }

  void reset() {
    stopped = false;
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
