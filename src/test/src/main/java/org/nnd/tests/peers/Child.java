package org.nnd.tests.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.nnd.ir.NndException;

/**
 * A process that is asked by lines and answers {@code ok ...} or {@code error ...}. One that has
 * died or is silent for too long is ended, and started again for the next question.
 */
final class Child implements AutoCloseable {
  private static final long PATIENCE_MINUTES = 15;

  private final List<String> command;
  private final Path errors;
  private Process process;
  private BufferedReader answers;
  private Writer questions;

  /**
   * @param errors where its standard error goes
   */
  Child(List<String> command, Path errors) {
    this.command = List.copyOf(command);
    this.errors = errors;
  }

  /**
   * {@return what follows the word ok, or nothing}
   *
   * @throws NndException with what follows the word error, or saying that the process has ended
   */
  synchronized String ask(String question) {
    try {
      if (process == null) {
        start();
      }
      return answer(question);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private void start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    // After a pause Linux may wake all threads on one core, and leaves them there for a while.
    builder.environment().put("OMP_PROC_BIND", "true");
    process = builder.start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
    read();
  }

  private String answer(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
    return read();
  }

  private String read() throws IOException {
    Process asked = process;
    var guard =
        CompletableFuture.runAsync(
            asked::destroyForcibly,
            CompletableFuture.delayedExecutor(PATIENCE_MINUTES, TimeUnit.MINUTES));
    String line = answers.readLine();
    guard.cancel(false);
    if (line == null) {
      throw new IOException("no answer");
    }
    if (line.startsWith("error ")) {
      throw new NndException(line.substring("error ".length()));
    }
    return line.substring("ok".length()).strip();
  }

  private NndException ended(IOException e) {
    String words = "";
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(errors), StandardCharsets.UTF_8))) {
      words = lines.lines().reduce("", (first, second) -> second);
    } catch (IOException unread) {
      e.addSuppressed(unread);
    }
    close();
    return new NndException("its process has ended" + (words.isEmpty() ? "" : ": " + words), e);
  }

  synchronized boolean running() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }
}
