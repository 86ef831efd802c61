package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt ends what runs; what comes after runs. */
@Timeout(60)
public class InterruptTest {
  /** Counted down by the code under test, once it runs. */
  public static volatile CountDownLatch running;

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open();
    running = new CountDownLatch(1);
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Outcome.Failure interrupted(String... lines) throws InterruptedException {
    var source = new Source("cell", String.join("\n", lines));
    var outcome =
        CompletableFuture.supplyAsync(() -> session.eval(source), Thread::startVirtualThread);
    outcome.whenComplete((o, t) -> running.countDown()); // a failure before the signal shows below
    running.await();
    session.interrupt();
    var failure = assertInstanceOf(Outcome.Failure.class, outcome.join());
    assertEquals(Outcome.Kind.INTERRUPTED, failure.kind());
    return failure;
  }

  private static String signal() {
    return "org.nnd.session.InterruptTest.running.countDown();";
  }

  private Optional<Object> value(String text) {
    Outcome outcome = session.eval(new Source("cell", text));
    return assertInstanceOf(Outcome.Value.class, outcome, outcome::toString).value();
  }

  @Test
  void aWaitingCallThrows() throws InterruptedException {
    value("var steps = new ArrayList<Integer>();");
    Outcome.Failure failure =
        interrupted("steps.add(1);", signal(), "Thread.sleep(60_000);", "steps.add(2);");
    assertEquals(
        "cell:3: InterruptedException: sleep interrupted\n    Thread.sleep(60_000);\n           ^",
        failure.toString());
    assertEquals("[1]", value("steps.toString()").orElseThrow());
  }

  @Test
  void codeThatAsksEndsWithItsOwnWords() throws InterruptedException {
    Outcome.Failure failure =
        interrupted(
            "void train() {",
            "  " + signal(),
            "  for (int step = 0; ; step++) {",
            "    if (Thread.currentThread().isInterrupted())",
            "      throw new org.nnd.ir.NndException(\"stopped after a step\");",
            "  }",
            "}",
            "train();");
    assertEquals(5, failure.problem().line());
    assertEquals("stopped after a step", failure.problem().message());
  }

  @Test
  void anEndlessLoopIsLeftBehind() throws InterruptedException {
    value("var go = new java.util.concurrent.atomic.AtomicBoolean(true);");
    Thread first = (Thread) value("Thread.currentThread()").orElseThrow();
    Outcome.Failure failure = interrupted(signal(), "while (go.get()) { }", "go.set(true);");
    assertEquals("interrupted", failure.problem().message());
    assertEquals(1, failure.problem().line());
    Thread second = (Thread) value("go.set(false); Thread.currentThread()").orElseThrow();
    assertEquals(false, first == second);
    first.join(); // it ends once its loop does
    assertEquals(Optional.of(false), value("go.get()"));
  }

  @Test
  void aParallelStreamIsLeftBehindThoughItHoldsAllThreadsOfThePool() throws InterruptedException {
    value("var go = new java.util.concurrent.atomic.AtomicBoolean(true);");
    running = new CountDownLatch(ForkJoinPool.getCommonPoolParallelism() + 1);
    Outcome.Failure failure =
        interrupted(
            "IntStream.range(0, 1000).parallel().forEach(i -> {",
            "  " + signal(),
            "  while (go.get()) { }",
            "});");
    assertEquals("interrupted", failure.problem().message());
    String parallel = "IntStream.rangeClosed(1, 100).parallel().sum()";
    assertEquals(Optional.of(5050), value(parallel));
    value("go.set(false);");
  }

  @Test
  void aDeadlineInterruptsToo() {
    var source = new Source("cell", "Thread.sleep(60_000);");
    Outcome outcome = session.eval(source, Duration.ofMillis(10));
    var failure = assertInstanceOf(Outcome.Failure.class, outcome);
    assertEquals(Outcome.Kind.INTERRUPTED, failure.kind());
    Outcome after = session.eval(new Source("cell", "2 + 2"), Duration.ofMinutes(1));
    assertEquals(Optional.of(4), assertInstanceOf(Outcome.Value.class, after).value());
  }

  @Test
  void anInterruptOfNothingDoesNothing() {
    session.interrupt();
    assertEquals(Optional.of(2), value("1 + 1"));
  }
}
